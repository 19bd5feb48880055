import type { BridgeEntity } from '../../domain/realtime/entities';

/** A connection between the router and a log that other processes share. */
export interface Bridge {
  readonly name: string;
  /** Resolves when the bridge runs; trouble with the log is a status, never a rejection. */
  start(): Promise<void>;
  /** Finishes what is in flight, then lets go of the log. */
  stop(): Promise<void>;
  /** Something was published here: forward it now instead of at the next look. Cheap; call it as often as you like. */
  notify(): void;
  status(): BridgeEntity;
}

/** What a bridge needs of a logger; pino's has it. */
export interface BridgeLog {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

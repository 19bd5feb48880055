import type { JsonObject } from '../../../../domain/json';

/** An event of the shared queue, as a poll returns it. */
export interface QueueEvent {
  readonly eventId: number;
  readonly eventType: string;
  /** The parsed payload; `{}` where the row's text is no JSON object (then `payloadError` says why). */
  readonly payload: JsonObject;
  readonly payloadError: string | null;
  readonly source: string;
  readonly hostname: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

export interface QueueStats {
  readonly totalEvents: number;
  readonly eventsByType: ReadonlyMap<string, number>;
  readonly activeSubscribers: readonly {
    readonly subscriberId: string;
    readonly processName: string;
    readonly hostname: string;
    readonly secondsSinceLastPoll: number;
  }[];
  readonly retentionSeconds: number;
}

export interface QueueHealth {
  readonly healthy: boolean;
  /** One clear line. */
  readonly message: string;
  readonly totalEvents: number;
  readonly activeSubscribers: number;
}

export interface CleanupCounts {
  readonly events: number;
  readonly subscribers: number;
  readonly acks: number;
}

export interface QueueOptions {
  readonly hostname?: string;
  readonly pid?: number;
  /** Epoch seconds. */
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** How long one statement may hold up the thread on a locked file; waits between retries never do. */
  readonly busyTimeoutMs?: number;
  readonly retentionSeconds?: number;
  readonly subscriberTimeoutSeconds?: number;
}

/** RingRift's own values. */
export const RETENTION_SECONDS = 24 * 3600;
export const SUBSCRIBER_TIMEOUT_SECONDS = 300;
/** Waits before the second to the sixth attempt on a locked file. */
export const RETRY_WAITS_MS = [100, 200, 400, 800, 1600] as const;

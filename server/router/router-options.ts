import type { History } from '../history/types';
import type { DuplicateOptions } from './duplicates/duplicate-index';
import type { RouterLog } from './log';
import type { Timers } from './timers';
import type { PublishRequest } from './types';

export type PublishOptions = Omit<PublishRequest, 'eventType' | 'payload'>;

/** A connection to a log that other processes share, as far as the flow check is concerned. */
export interface QueueProbe {
  readonly name: string;
  /** Whether it works now. */
  readonly ok: () => boolean;
}

export interface RouterOptions {
  readonly history: Pick<History, 'append' | 'appendFromLog' | 'addDeadLetters' | 'recentHashes'>;
  /** Epoch seconds; default: wall clock. */
  readonly clock?: () => number;
  readonly duplicates?: DuplicateOptions;
  /** Default 30,000. */
  readonly handlerTimeoutMs?: number;
  /** Events that may wait for one busy handler; further ones become dead letters. Default 100,000. */
  readonly maxQueued?: number;
  /** Events that may wait for their commit; then `publish` rejects with RouterOverloadedError. Default 250,000. */
  readonly maxInFlight?: number;
  /** Events kept in memory for `history()`. Default 1,000. */
  readonly historySize?: number;
  /** Stands in where a publisher names no machine. Default: this machine's. */
  readonly hostname?: string;
  /** Stands in where a publisher names no component. Default `ringside`. */
  readonly source?: string;
  readonly log?: RouterLog;
  readonly timers?: Timers;
  /** False leaves a bus out; the flow check then says so. */
  readonly dataBus?: boolean;
  readonly stageBus?: boolean;
}

import type { Origin, StoredEvent } from '../../domain/events/envelope';
import type { JsonObject } from '../../domain/json';
import type { NewAction } from '../history/actions/action-types';

/** One event as a publisher hands it in. Times are epoch seconds; absent means now. */
export interface PublishRequest {
  readonly eventType: string;
  readonly payload: JsonObject;
  readonly source?: string;
  readonly hostname?: string;
  readonly timestamp?: number;
  readonly eventId?: string;
  readonly idempotencyKey?: string;
  readonly correlationId?: string;
  readonly parentEventId?: string;
  readonly origin?: Origin;
  /** The entry in the log of actions that is committed with it; never taken from a publisher. */
  readonly action?: NewAction;
}

export type PublishResult =
  | { readonly status: 'stored'; readonly eventId: string; readonly seq: number }
  | { readonly status: 'duplicate'; readonly eventId: string; readonly seq: number }
  | { readonly status: 'rejected'; readonly error: { readonly code: string; readonly message: string } };

/** One row of a shared log (events.db), parsed by its bridge. */
export interface LogRow {
  readonly rowId: number;
  readonly eventType: string;
  readonly payload: JsonObject;
  /** Derived from the row's whole content, so that the same row read twice, by whatever path, is one event. UUID v7 shaped. */
  readonly eventId: string;
  readonly source: string;
  readonly hostname: string;
  readonly timestamp: number;
}

/** What became of rows of a log or an import. */
export interface RowsSummary {
  readonly stored: number;
  /** Rows that history held already, by their event id. */
  readonly existing: number;
  /** Of the stored ones, those that repeat an earlier event. */
  readonly duplicates: number;
}

/** A subscriber's function. Sync or async; a rejection or a throw is a handler failure of its own and touches nobody else. */
export type EventHandler = (event: StoredEvent) => void | Promise<void>;

import type { NewDeadLetter } from '../../../history/letters/letter-types';
import type { LogRow } from '../../../router/types';
import type { Trouble } from '../errors';
import type { RawRow } from '../rows/parse-row';
import type { CreateMode } from '../place';

/** How far reading got; the reading half of a BridgeCursor. */
export interface ReadPosition {
  readonly incarnation: string;
  readonly readRowId: number;
  readonly backfill: { readonly next: number; readonly end: number } | null;
}

/** A row as forwarding writes it. `seq` is the event's position in history. */
export interface OutRow {
  readonly seq: number;
  readonly eventType: string;
  readonly payloadText: string;
  readonly source: string;
  readonly hostname: string;
  /** Epoch seconds. */
  readonly createdAt: number;
}

export interface ForwardedRow {
  readonly seq: number;
  readonly queueEventId: number;
}

/** A subscriber of the shared queue. Times are epoch seconds. */
export interface Peer {
  readonly subscriberId: string;
  readonly processName: string;
  readonly hostname: string;
  readonly pid: number;
  /** As the process wrote them; empty: all types. */
  readonly types: readonly string[];
  readonly lastPollAt: number;
  readonly createdAt: number;
  /** The highest row that it acked; null for none. */
  readonly ackedRowId: number | null;
  readonly pending: number;
  /** False when more events are within the retention than were looked at: there may be more pending. */
  readonly pendingExact: boolean;
}

export interface PeerReport {
  /** Those that polled last first. */
  readonly peers: readonly Peer[];
  /** All that are registered, also those not listed. */
  readonly total: number;
  /** The highest that the file ever gave out. */
  readonly newestRowId: number;
  /** When it was counted, epoch seconds. */
  readonly at: number;
}

/** A subscriber's distance from one row. */
export interface RowPeer extends Peer {
  /** Rows of its types above the highest that it acked, up to and including this one. */
  readonly behind: number;
  /** False: counted among the last rows before this one only, there may be more. */
  readonly behindExact: boolean;
}

/** What the file knows of one row and of who read it. */
export interface RowReport {
  /** Null when the file does not have it (any more). */
  readonly row: RawRow | null;
  /** The highest that the file ever gave out. */
  readonly newestRowId: number;
  readonly acks: readonly { readonly subscriberId: string; readonly ackedAt: number }[];
  /** Those that polled last first. */
  readonly peers: readonly RowPeer[];
  readonly total: number;
  /** Epoch seconds. */
  readonly at: number;
}

export interface Tuning {
  /** How often the file is asked whether somebody committed. What came meanwhile is one transaction in history. */
  readonly pollMs: number;
  /** How often the file's identity is checked, and how long a failed opening waits. */
  readonly checkMs: number;
  readonly batchRows: number;
  /** Older rows per batch: small, because a live row may have to wait for one such batch. */
  readonly backfillRows: number;
  /** More unread rows than this at an opening are read behind the live end instead of before it. */
  readonly backfillAbove: number;
  /** So many rows not read yet are told as a backlog, though they are read in order. */
  readonly catchUpAbove: number;
  readonly heartbeatMs: number;
  readonly ackMs: number;
}

export interface WorkerSettings {
  readonly file: string;
  readonly create: CreateMode;
  readonly processName: string;
  readonly hostname: string;
  readonly position: ReadPosition | null;
  readonly tuning: Tuning;
}

export type ToWorker =
  /** Answer to `opened`: row ids known to be ours, and events whose insertion is not certain, to be looked up above a row id. */
  | {
      readonly kind: 'begin';
      readonly opening: number;
      readonly own: readonly number[];
      readonly adopt: readonly OutRow[];
      readonly above: number;
    }
  /** The batch is committed in history. */
  | { readonly kind: 'ingested'; readonly batch: number }
  | {
      readonly kind: 'forward';
      readonly request: number;
      readonly rows: readonly OutRow[];
      readonly lookUpAbove: number | null;
    }
  | { readonly kind: 'peers'; readonly request: number }
  | { readonly kind: 'row'; readonly request: number; readonly rowId: number }
  | { readonly kind: 'delivery'; readonly request: number; readonly rowId: number }
  | { readonly kind: 'stop' };

export interface Batch {
  readonly kind: 'batch';
  readonly batch: number;
  readonly rows: readonly LogRow[];
  readonly deadLetters: readonly NewDeadLetter[];
  /** Rows looked at, own ones included. */
  readonly looked: number;
  readonly position: ReadPosition;
  /** Of the older rows of a long backlog, or else of those up to the live end; null where it is near. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  /** When the worker noticed that there was something to read, epoch milliseconds. */
  readonly noticedAt: number;
  readonly live: boolean;
}

export type FromWorker =
  /** The file is open; `fresh` when it is another log than the position spoke of. */
  | {
      readonly kind: 'opened';
      readonly opening: number;
      readonly fresh: boolean;
      readonly position: ReadPosition;
      /** Rows of a long backlog, which are told as one; 0 where there is none. */
      readonly total: number;
    }
  | { readonly kind: 'adopted'; readonly opening: number; readonly rows: readonly ForwardedRow[] }
  | Batch
  | { readonly kind: 'forwarded'; readonly request: number; readonly rows: readonly ForwardedRow[] }
  | { readonly kind: 'peers'; readonly request: number; readonly report: PeerReport }
  | { readonly kind: 'row'; readonly request: number; readonly row: RawRow | null }
  | { readonly kind: 'delivery'; readonly request: number; readonly report: RowReport }
  | { readonly kind: 'refused'; readonly request: number; readonly trouble: Trouble }
  /** Trouble with reading or with writing began, changed or ended. */
  | { readonly kind: 'trouble'; readonly reading: Trouble | null; readonly writing: Trouble | null };

export const DEFAULT_TUNING: Tuning = {
  // The wake-up is what costs, not the look: at 10 ms an idle bridge takes 2 % of a core.
  pollMs: 15,
  checkMs: 250,
  batchRows: 1000,
  backfillRows: 500,
  // About a second of reading; what two busy writers leave in an outage of 50 s keeps its order.
  backfillAbove: 20_000,
  // A burst that is read within half a second is none.
  catchUpAbove: 4_000,
  heartbeatMs: 30_000,
  ackMs: 1000,
};

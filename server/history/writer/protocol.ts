import type { RecordChange } from '../../../db/records';
import type { RemovalPass, RemovalPlace } from '../retention/removal-sql';
import type { SliceOutcome } from '../retention/remover';
import type { FileSize } from '../retention/size';
import type { PackedRows } from './packed-rows';
import type { NewAction } from '../actions/action-types';
import type { DeadLetter, DeadLetterSelection, NewDeadLetter } from '../letters/letter-types';
import type { BridgeCursor } from '../types';
import type { StripeValues } from '../values/stripe';
import type { ViewChange, ViewOutcome } from '../views/view-store';

/** What the main thread asks of the writer thread. All operations of one message are one transaction. */
export type WriteOperation =
  | { readonly kind: 'append'; readonly rows: PackedRows }
  /** Follows the append of its event. */
  | { readonly kind: 'action'; readonly action: NewAction }
  | { readonly kind: 'cursor'; readonly cursor: BridgeCursor }
  /** A change of the tables of accounts. */
  | { readonly kind: 'record'; readonly change: RecordChange }
  | {
      readonly kind: 'forwarded';
      readonly rows: readonly { readonly seq: number; readonly queueEventId: number }[];
    }
  | { readonly kind: 'dead_letters'; readonly letters: readonly NewDeadLetter[] }
  | {
      readonly kind: 'resolve_dead_letters';
      readonly selection: DeadLetterSelection;
      readonly status: DeadLetter['status'];
    }
  | {
      readonly kind: 'explain_dead_letters';
      readonly reasons: readonly { readonly id: number; readonly reason: string }[];
    }
  | { readonly kind: 'view'; readonly change: ViewChange }
  | {
      readonly kind: 'snapshot';
      readonly name: string;
      readonly version: string;
      readonly seq: number;
      readonly data: Uint8Array;
    }
  | {
      readonly kind: 'setting';
      readonly name: string;
      readonly value: string;
      readonly changedBy: string;
    }
  | {
      readonly kind: 'remove';
      readonly pass: RemovalPass;
      readonly after: RemovalPlace;
      /** At most so many events. */
      readonly most: number;
    }
  | { readonly kind: 'tidy' }
  | { readonly kind: 'values'; readonly values: StripeValues };

/** Result of an append: a run of fresh seqs, and where it was not one, the rows that were already there. */
export interface AppendOutcome {
  /** Seq per row, in order; an existing row's seq is its own. */
  readonly firstSeq: number;
  readonly receivedAt: number;
  /** Index of each row that existed already; all others were stored, with consecutive seqs from `firstSeq`. */
  readonly existing: readonly {
    readonly index: number;
    readonly seq: number;
    readonly eventId: string;
    readonly contentHash: string;
  }[];
}

/** Rows that an operation changed, for those that say so. */
export interface ChangeOutcome {
  readonly changed: number;
}

export type WriteOutcome = AppendOutcome | ChangeOutcome | ViewOutcome | SliceOutcome | FileSize | null;

export interface WriteRequest {
  readonly id: number;
  readonly operations: readonly WriteOperation[];
  /** Bring the full-text index up to this transaction before the answer: somebody is about to search. */
  readonly index?: boolean;
}

export type WriteReply =
  | {
      readonly id: number;
      readonly outcomes: readonly WriteOutcome[];
      readonly commitMs: number;
      /** The transaction is on disk, but the index could not be brought up to it. */
      readonly indexError?: { readonly code: string; readonly message: string };
    }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** Sent once by a worker: ready, or why it cannot be. */
export type WorkerReady =
  | { readonly ready: true; readonly headSeq: number }
  | { readonly ready: false; readonly code: string; readonly message: string };

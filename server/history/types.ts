import type { DriftFinding, EventRow, Origin, Severity, StoredEvent } from '../../domain/events/envelope';
import type { EventFilter } from '../../domain/realtime/contract';
import type { Chain } from '../../domain/chains';
import type { JsonObject } from '../../domain/json';
import type { Surroundings } from './around/surroundings';
import type { KeptView } from '../../domain/views/view';
import type { ViewChange, ViewOutcome } from './views/view-store';
import type { NewAction } from './actions/action-types';
import type {
  DeadLetter,
  DeadLetterCount,
  DeadLetterFilter,
  DeadLetterGroup,
  DeadLetterSelection,
  NewDeadLetter,
} from './letters/letter-types';
import type {
  EventPage,
  NewestMatches,
  ExportAsk,
  ExportSlice,
  Facets,
  Neighbours,
  PayloadValue,
  QueryOptions,
  Summary,
  SummaryOptions,
  TimePlace,
} from './query-types';
import type { SeenHash } from './readers/seen-hashes';

/** An event ready to be committed: everything but what history itself assigns (`seq`, `receivedAt`). */
export interface NewEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly wireType: string | null;
  readonly payload: JsonObject;
  /** JSON text of `payload`, exactly as it will be stored. */
  readonly payloadText: string;
  readonly source: string;
  readonly hostname: string;
  readonly origin: Origin;
  readonly timestamp: number;
  readonly contentHash: string;
  readonly correlationId: string | null;
  readonly parentEventId: string | null;
  readonly duplicateOf: string | null;
  readonly queueEventId: number | null;
  readonly idempotencyKey: string | null;
  /** True for what was published here and bridges shall forward; false for rows that came from a log or an import. */
  readonly outbound: boolean;
  readonly category: string;
  readonly severity: Severity;
  readonly config: string | null;
  readonly node: string | null;
  readonly model: string | null;
  readonly drift: readonly DriftFinding[];
  /** The entry that an operator's action leaves in the log of actions, in the transaction of its event. */
  readonly action?: NewAction;
}

/** `stored`: committed now. `exists`: this event id or idempotency key is already there, under that seq and id. */
export type AppendResult =
  | { readonly status: 'stored'; readonly seq: number; readonly receivedAt: number }
  | {
      readonly status: 'exists';
      readonly seq: number;
      readonly eventId: string;
      readonly contentHash: string;
    };

/** How far a bridge got: reading (row id and which incarnation of the file) and forwarding (our seq). */
export interface BridgeCursor {
  readonly bridge: string;
  /** Identity of the log (inode and creation mark); a different one starts reading from 0. */
  readonly incarnation: string;
  readonly readRowId: number;
  readonly forwardedSeq: number;
  /** Highest row id that forwarding wrote, to recognise own rows after a crash. */
  readonly forwardedRowId: number;
  /** Older rows still to be read while the live tail already runs: ids from `next` up to and including `end`. */
  readonly backfill?: { readonly next: number; readonly end: number } | null;
}

/** The durable record. A promise from a method that writes resolves only after the commit (`synchronous=FULL`). */
export interface History {
  /** Commits in the order of calls; all that waits goes into one transaction. Rejects with HistoryUnavailableError (nothing of the batch was stored). */
  append(events: readonly NewEvent[]): Promise<readonly AppendResult[]>;
  /** Appends rows from a log and moves that bridge's cursor in the same transaction. */
  appendFromLog(
    events: readonly NewEvent[],
    deadLetters: readonly NewDeadLetter[],
    cursor: BridgeCursor,
  ): Promise<readonly AppendResult[]>;
  addDeadLetters(letters: readonly NewDeadLetter[]): Promise<void>;
  /** Newest first. `total` counts all that match the filter, wherever the page stands. */
  listDeadLetters(
    options: DeadLetterFilter & { readonly limit: number; readonly before?: number },
  ): Promise<{ letters: readonly DeadLetter[]; total: number }>;
  /** Open letters of these ids, or above an id in ascending order: what a retry works through. */
  openDeadLetters(
    selection: DeadLetterSelection,
    aboveId: number,
    limit: number,
  ): Promise<readonly DeadLetter[]>;
  countDeadLetters(selection: DeadLetterSelection): Promise<DeadLetterCount>;
  /** Open letters by kind, handler and type, the largest groups first. */
  deadLetterGroups(limit: number): Promise<readonly DeadLetterGroup[]>;
  /** Resolves to the number of letters that were open until now. */
  resolveDeadLetters(ids: readonly number[], status: 'retried' | 'discarded'): Promise<number>;
  /** Discards all open letters of a selection in one transaction; resolves to their number. */
  discardDeadLetters(selection: DeadLetterSelection): Promise<number>;
  /** Writes down why open letters stay: what the last try ran into. */
  explainDeadLetters(reasons: readonly { readonly id: number; readonly reason: string }[]): Promise<void>;
  /** Adds, changes or removes a saved view, where the names and the number of views allow it. */
  changeView(change: ViewChange): Promise<ViewOutcome>;
  listViews(): Promise<readonly KeptView[]>;
  cursorOf(bridge: string): Promise<BridgeCursor | null>;
  /** Saves the cursor and notes which row of the log each forwarded event became. */
  markForwarded(
    cursor: BridgeCursor,
    rows: readonly { readonly seq: number; readonly queueEventId: number }[],
  ): Promise<void>;
  /** Outbound events above a seq, ascending. */
  outbox(aboveSeq: number, limit: number): Promise<readonly StoredEvent[]>;
  outboxPending(aboveSeq: number): Promise<number>;
  /** Matching events; `order` by seq. Throws BadQueryError for a text that is no cursor. Rejects once `signal` is aborted. */
  query(filter: EventFilter, options: QueryOptions, signal?: AbortSignal): Promise<EventPage>;
  /** Rows (not whole events) with seq above `afterSeq`, ascending, duplicates included; for feeds and the fold. */
  rowsAfter(
    filter: EventFilter,
    afterSeq: number,
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly EventRow[]>;
  /** The newest rows that match; after `ms` those that were found by then, and how far that was. */
  newestRows(filter: EventFilter, limit: number, ms?: number, signal?: AbortSignal): Promise<NewestMatches>;
  /** Whole events with seq above `afterSeq`, ascending, for the fold and exports. */
  eventsAfter(afterSeq: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Whole events with seq up to `upTo` in order of event time, of one time in order of seq; `after` the place of the last one got. */
  eventsInTime(upTo: number, after: TimePlace | null, limit: number): Promise<readonly StoredEvent[]>;
  /** Events that retention has removed so far. */
  removedEvents(): Promise<number>;
  /** The next part of an export; a reader thread writes it. */
  exportSlice(filter: EventFilter, ask: ExportAsk): Promise<ExportSlice>;
  /** Matches with seq up to `upTo`, at most 100,000; -1 where counting takes too long. */
  countUpTo(filter: EventFilter, upTo: number, signal?: AbortSignal): Promise<number>;
  byId(eventId: string): Promise<StoredEvent | null>;
  bySeq(seq: number): Promise<StoredEvent | null>;
  /** The nearest events before and after with the same config / the same node. */
  neighbours(event: StoredEvent): Promise<Neighbours>;
  /** The chains that the event at this seq belongs to; see `domain/chains`. */
  chains(seq: number): Promise<readonly Chain[]>;
  /** What happened right before and after an event, by event time. */
  surroundings(event: StoredEvent): Promise<Surroundings>;
  /** The newest events within `windowSeconds` of event time (looking at the last `limit` events), oldest first, to warm the duplicate index. To be gone through once. */
  recentHashes(windowSeconds: number, limit: number): Promise<Iterable<SeenHash>>;
  facets(limit: number): Promise<Facets>;
  /** Short values that a payload field held in the newest few hundred events that have it, the commonest first. */
  payloadValues(path: readonly string[], signal?: AbortSignal): Promise<readonly PayloadValue[]>;
  /** Somebody has opened what shows counts: the first of them is answered sooner. */
  expectCounts(): void;
  /** Counts of what a filter matches, within a fraction of a second: exact, or an estimate that says so. Rejects once `signal` is aborted. */
  summary(filter: EventFilter, options: SummaryOptions, signal?: AbortSignal): Promise<Summary>;
  /** The same, counted on for up to a minute: exact up to 100,000 matches. */
  exactSummary(filter: EventFilter, options: SummaryOptions, signal?: AbortSignal): Promise<Summary>;
  readonly headSeq: number;
  close(): Promise<void>;
}

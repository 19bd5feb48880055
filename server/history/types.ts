import type { EventRow, Origin, Severity, StoredEvent, DriftFinding } from '../../domain/events/envelope';
import type { Actor } from '../../domain/actions/actor';
import type { ExportFormat } from '../../domain/export';
import type { EventFilter } from '../../domain/realtime/contract';
import type { Chain } from '../../domain/chains';
import type { JsonObject } from '../../domain/json';
import type { Surroundings } from './surroundings';
import type { Dimension } from './facets/block';
import type { KeptView } from '../../domain/views/view';
import type { ViewChange, ViewOutcome } from './view-store';

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

/** What an operator did. `actionId` is also the id of the event that it publishes. */
export interface NewAction {
  readonly actionId: string;
  /** One per press, however often it is repeated. */
  readonly key: string;
  readonly kind: string;
  readonly at: number;
  readonly actor: Actor;
  /** The model, node, config, … that it is about. */
  readonly subject: string | null;
  readonly config: string | null;
  readonly reason: string;
  readonly eventType: string;
  /** Canonical JSON of what was asked, without the key. */
  readonly input: string;
  /** JSON of what the operator decided on. */
  readonly evidence: string;
}

/** An entry of the log of actions, chained to the one before. */
export interface ActionEntry extends NewAction {
  readonly id: number;
  readonly previous: string;
  readonly hash: string;
}

export interface ActionFilter {
  /** Words that must all occur, whatever their case. */
  readonly text?: string;
  readonly kind?: string;
  readonly subject?: string;
}

/** The log of actions. */
export interface ActionLog {
  actionByKey(key: string): Promise<ActionEntry | null>;
  actionById(actionId: string): Promise<ActionEntry | null>;
  /** Newest first, below `before`. `total` counts all that match the filter. */
  listActions(
    filter: ActionFilter,
    options: { readonly limit: number; readonly before?: number },
  ): Promise<{ actions: readonly ActionEntry[]; total: number }>;
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

/** A row that could not become an event, or an event that a handler failed on. */
export interface NewDeadLetter {
  readonly kind: 'row' | 'publish' | 'handler' | 'bridge';
  /** One clear line. */
  readonly reason: string;
  /** What was received, as text, cut at 64 KiB. */
  readonly content: string;
  readonly eventType: string | null;
  readonly eventId: string | null;
  readonly source: string;
  /** The log's row id, or the handler's name. */
  readonly reference: string | null;
  readonly at: number;
}
export interface DeadLetter extends NewDeadLetter {
  readonly id: number;
  readonly status: 'open' | 'retried' | 'discarded';
}

/** Which dead letters; an absent field does not filter. */
export interface DeadLetterFilter {
  /** Default: open. */
  readonly status?: DeadLetter['status'];
  readonly kind?: DeadLetter['kind'];
  readonly eventType?: string;
  /** The handler's name, or the log's row id. */
  readonly reference?: string;
  /** Text within the reason, whatever its case. */
  readonly text?: string;
}

/** Open letters by their ids, or all that match a filter up to an id: those that came after a preview stay out. */
export type DeadLetterSelection =
  { readonly ids: readonly number[] } | { readonly filter: DeadLetterFilter; readonly upToId: number };

export interface DeadLetterCount {
  readonly count: number;
  /** The highest id among them; 0 for none. */
  readonly upToId: number;
}

export interface DeadLetterGroup {
  readonly kind: DeadLetter['kind'];
  readonly eventType: string | null;
  /** The handler's name; null for letters that no handler left. */
  readonly handler: string | null;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

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

export interface QueryOptions {
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** False: `total` is not wanted. */
  readonly count?: boolean;
  /** Milliseconds after which a page that has something is given, full or not; in a third of them one that fills a screen. */
  readonly first?: number;
  /** Milliseconds that the search may take in any case. */
  readonly ms?: number;
}

export interface EventPage {
  readonly events: readonly StoredEvent[];
  /** Pass back as `cursor` for the next page; null at the end. */
  readonly nextCursor: string | null;
  /** Matches in all, counted up to 100,000; -1 where nobody asked or counting took too long. */
  readonly total: number;
  /** The search ran out of time here, before the page was full; `nextCursor` goes on. */
  readonly partial?: { readonly scannedTo: number };
}

/** One step of an export: where the last one ended, and how far all of them go. */
export interface ExportAsk {
  readonly format: ExportFormat;
  readonly order: 'asc' | 'desc';
  /** Later events do not belong to it, so that it ends while events arrive. */
  readonly upTo: number;
  /** `at` of the step before; null for the first. */
  readonly after: number | null;
  /** `span` of the step before. */
  readonly span?: number;
  /** No event was written yet. */
  readonly first: boolean;
}

/** A part of an export in its format. May be empty where nothing matched for a while. */
export interface ExportSlice {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly events: number;
  /** The seq up to which every event has been looked at, in the export's order. */
  readonly at: number;
  readonly span: number;
  readonly done: boolean;
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
  /** The newest rows that match, ascending; within `ms` those that were found by then. */
  newestRows(
    filter: EventFilter,
    limit: number,
    ms?: number,
    signal?: AbortSignal,
  ): Promise<readonly EventRow[]>;
  /** Whole events with seq above `afterSeq`, ascending, for the fold and exports. */
  eventsAfter(afterSeq: number, limit: number): Promise<readonly StoredEvent[]>;
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
  /** The newest events within `windowSeconds` of event time (looking at the last `limit` events), oldest first, to warm the duplicate index. */
  recentHashes(windowSeconds: number, limit: number): Promise<readonly SeenHash[]>;
  facets(limit: number): Promise<Facets>;
  /** Short values that a payload field held in the newest few hundred events that have it, the commonest first. */
  payloadValues(path: readonly string[], signal?: AbortSignal): Promise<readonly PayloadValue[]>;
  /** Counts of what a filter matches, within a fraction of a second: exact, or an estimate that says so. Rejects once `signal` is aborted. */
  summary(filter: EventFilter, options: SummaryOptions, signal?: AbortSignal): Promise<Summary>;
  /** The same, counted on for up to a minute: exact up to 100,000 matches. */
  exactSummary(filter: EventFilter, options: SummaryOptions, signal?: AbortSignal): Promise<Summary>;
  readonly headSeq: number;
  close(): Promise<void>;
}

export interface Neighbours {
  readonly prevByConfig: EventRow | null;
  readonly nextByConfig: EventRow | null;
  readonly prevByNode: EventRow | null;
  readonly nextByNode: EventRow | null;
}

/** What the duplicate index remembers of an event. */
export interface SeenHash {
  readonly contentHash: string;
  readonly eventId: string;
  readonly seq: number;
  readonly eventType: string;
  readonly hostname: string;
  readonly timestamp: number;
  readonly payload: JsonObject;
}

/** Values that occur among the newest 200,000 events, with their number, most frequent first. */
export type Facets = Record<
  'types' | 'categories' | 'nodes' | 'configs' | 'sources' | 'severities',
  [name: string, count: number][]
>;

export type PayloadValue = readonly [value: string | number | boolean | null, count: number];

export interface SummaryOptions {
  /** Bars of the histogram at most; 0 for none. */
  readonly buckets: number;
  /** Milliseconds after which an estimate is given. */
  readonly ms?: number;
}

/** What a filter matches, by dimension and over time. */
export interface Summary {
  readonly total: number;
  /** False: all counts are estimated from the events that were looked at. */
  readonly exact: boolean;
  /** An estimate of so few matches that `exactSummary` counts them. */
  readonly countable: boolean;
  readonly sampled: { readonly events: number; readonly of: number } | null;
  /** Events that retention has removed, of which the bars alone know. */
  readonly removed: number;
  /** The most frequent values, and how many others there are. */
  readonly facets: Readonly<
    Record<
      Dimension,
      { readonly values: readonly (readonly [name: string, count: number])[]; readonly others: number }
    >
  >;
  /** Bars of `width` seconds from `from` on, by category; null where no time is known. */
  readonly histogram: {
    readonly from: number;
    readonly width: number;
    readonly count: number;
    readonly series: readonly (readonly [category: string, counts: readonly number[]])[];
  } | null;
}

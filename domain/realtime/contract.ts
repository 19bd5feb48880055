import type { Mistake, QueryField, QueryNode } from '../query/ast';
import type { EventRow, Severity } from '../events/envelope';
import type { Json } from '../json';
import type { PackedDots } from './packed-dots';
import type { PackedRows } from './packed-rows';

/**
 * The socket.io contract between gateway and browser (default namespace).
 *
 * State travels as topics: tables of keyed entities. A subscriber gets a snapshot, then patches; each patch names the
 * revision it builds on (`prev`) and the one it leads to (`rev`). A client that reconnects names the epoch and revision
 * it holds and gets the patches in between, or an explicit fresh snapshot when the server no longer has them.
 * Entries are pairs, not object members, so that a key such as `__proto__` stays an ordinary key.
 */

/** A browser gets at most ten updates a second. The first after a pause comes at once. */
export const UPDATE_INTERVAL_MS = 100;
/** What a topic may send to a browser, and what a feed of rows may; the rest waits, or is left out and said to be. */
export const TOPIC_BYTES_PER_SECOND = 12_000;
export const FEED_BYTES_PER_SECOND = 45_000;

export type Entry = readonly [key: string, entity: Json];

export interface TopicSnapshot {
  readonly kind: 'snapshot';
  readonly topic: string;
  /** Changes whenever revisions start over (server restart, state rebuilt). */
  readonly epoch: string;
  readonly rev: number;
  /** The last event folded into this state. */
  readonly as_of_seq: number;
  readonly entries: readonly Entry[];
}

export interface TopicPatch {
  readonly kind: 'patch';
  readonly topic: string;
  readonly epoch: string;
  readonly prev: number;
  readonly rev: number;
  readonly as_of_seq: number;
  /** Whole entities: new ones, and those whose set of fields changed. */
  readonly set: readonly Entry[];
  /** The fields that changed of entities that were sent before; the other fields stay as they are. */
  readonly merge: readonly Entry[];
  readonly del: readonly string[];
}

/** What a client already holds of a topic; leave `epoch` and `rev` out for nothing. */
export interface TopicRequest {
  readonly topic: string;
  readonly epoch?: string;
  readonly rev?: number;
}

/** Answer to `live:subscribe`: per topic a snapshot or the patches since the revision that the client holds. */
export type TopicAnswer =
  | TopicSnapshot
  | { readonly kind: 'resumed'; readonly topic: string; readonly patches: readonly TopicPatch[] }
  | { readonly kind: 'unknown'; readonly topic: string };

/** A query as its door read it, and the moment that its relative times count from, epoch seconds. */
export interface AskedQuery {
  readonly node: QueryNode;
  readonly now: number;
}

/** What a filter lists values of; whoever reads or tells a filter goes by this list. Each is a field of queries, too. */
export const FILTER_LISTS = [
  'type',
  'category',
  'node',
  'config',
  'model',
  'source',
  'severity',
] as const satisfies readonly QueryField[];
export type FilterList = (typeof FILTER_LISTS)[number];

/** Filters of a feed and of `GET /api/events`; an absent field does not filter. Times are epoch seconds. */
export interface EventFilter extends Readonly<
  Partial<Record<Exclude<FilterList, 'severity'>, readonly string[]>>
> {
  /** Text: on the wire in the query language, within the server plain words. */
  readonly q?: string;
  /** Within the server only: what the door made of the `q` that it was sent. */
  readonly asked?: AskedQuery;
  readonly severity?: readonly Severity[];
  readonly since?: number;
  readonly until?: number;
}

export interface FeedRequest {
  /** Chosen by the client; names the feed in later frames of this connection. */
  readonly feed_id: string;
  /** Pages ask for rows packed, programs as they are. */
  readonly shape: 'row' | 'packed_row' | 'dot';
  readonly filter: EventFilter;
  /** The last seq that the client holds; null for "the newest `limit`". */
  readonly after_seq: number | null;
  /** Rows wanted at most at the start (1..5000). */
  readonly limit: number;
  /** True for a program that must see every row, whatever their rate; a page leaves out what nobody could read. */
  readonly complete?: boolean;
}

/** Answer to `feed:subscribe`; rows ascend by seq. `reset`: more was missed than a resume carries, so drop what you hold. */
export interface FeedAnswer {
  readonly feed_id: string;
  readonly reset: boolean;
  readonly rows: readonly EventRow[];
  readonly packed_rows?: PackedRows;
  readonly dots: PackedDots;
  /** Every event up to here has been considered for this feed. */
  readonly head_seq: number;
  /** With `reset`: time ran out at this seq, before there were as many rows as wanted; below it there may be more. */
  readonly scanned_to?: number;
}

/** Why a feed is not given. */
export interface FeedError {
  readonly code: 'bad_request' | 'bad_query' | 'too_many_feeds' | 'search_deadline' | 'history_unavailable';
  readonly message: string;
  /** With `bad_query`: what is wrong with `filter.q`, and where, in UTF-16 offsets. */
  readonly mistake?: Mistake;
}

/** New matches of a feed, ascending by seq, each once. */
export interface FeedFrame {
  readonly feed_id: string;
  readonly rows: readonly EventRow[];
  readonly packed_rows?: PackedRows;
  readonly dots: PackedDots;
  readonly head_seq: number;
  /** Set when more arrived than a frame carries (an import, or more rows a second than anybody reads): drop what you hold, these are the newest. */
  readonly reset?: boolean;
}

/** All that happened since the last update, for the topics and feeds of one browser. */
export interface LiveUpdate {
  readonly patches: readonly TopicPatch[];
  readonly frames: readonly FeedFrame[];
}

/** Sent every second: what the status line shows, and proof that the connection lives. */
export interface UnseenProblems {
  readonly unseen: number;
  readonly worst: Severity | null;
}

export interface ServerStatus {
  /** Server wall clock, epoch seconds. */
  readonly now: number;
  readonly as_of_seq: number;
  /** Timestamp of the newest event folded (event time), null before the first. */
  readonly clock: number | null;
  /** Milliseconds that the slowest bridge is behind its log right now; null without a bridge that is running. */
  readonly lag_ms: number | null;
  /** A backlog being imported, or the state being rebuilt; null when nothing of the kind is under way. */
  readonly progress: { readonly what: string; readonly done: number; readonly total: number } | null;
  /** Events committed per second, mean over the last 10 s. */
  readonly events_per_second: number;
  /** The gravest check of `/healthz` that fails now: its name, and what is wrong and what to do. */
  readonly trouble: { readonly name: string; readonly detail: string } | null;
  /** Rows that could not become events, and events that a handler failed on, of which nobody has disposed yet. */
  readonly dead_letters: number;
  /** Open problems that nobody has acknowledged, and the severity of the worst of them. */
  readonly problems: UnseenProblems;
  readonly demo: boolean;
  /** Changes with each build of the pages: one that was opened from another build is out of date. */
  readonly build: string;
}

/** Something changed for the account or key of this connection: its role, or it may not stay. */
export interface AccessChange {
  readonly state: 'changed' | 'ended';
  readonly message: string;
}

export interface ClientToServer {
  'live:subscribe': (
    topics: readonly TopicRequest[],
    answer: (answers: readonly TopicAnswer[]) => void,
  ) => void;
  'live:unsubscribe': (topics: readonly string[]) => void;
  'feed:subscribe': (
    request: FeedRequest,
    answer: (answer: FeedAnswer | { error: FeedError }) => void,
  ) => void;
  'feed:unsubscribe': (feedId: string) => void;
}

export interface ServerToClient {
  'live:update': (update: LiveUpdate) => void;
  'server:status': (status: ServerStatus) => void;
  'server:access': (change: AccessChange) => void;
}

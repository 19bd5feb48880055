import type { EventRow } from '@/domain/events/envelope';

/** How many rows the browser keeps: what it does not keep is fetched again from history when someone scrolls there. */
export interface FeedLimits {
  readonly body: number;
  readonly head: number;
}
export const FEED_LIMITS: FeedLimits = { body: 4000, head: 1000 };

/**
 * The rows of a live feed, as a value. Two stretches, both ascending by seq and both without a hole:
 *
 *     body   what the reader scrolls through. It grows with the live tail, unless the feed is held.
 *     head   while held (paused, or the reader has scrolled away): the newest matches up to the last that arrived.
 *
 * Rows that fit neither are dropped and noted in `lostUpTo`; they are still in history, and every page fetched from
 * there is joined by seq. So whatever the order of frames, holds, releases and pages, no row is skipped or shown twice.
 */
export interface FeedState {
  readonly limits: FeedLimits;
  readonly body: readonly EventRow[];
  readonly head: readonly EventRow[];
  readonly held: boolean;
  /** Newest seq of the body when the hold began: until the release the body does not grow past it. */
  readonly heldAt: number;
  /** How many rows between the body and `heldAt` were dropped to make room: the space they need above it. */
  readonly above: number;
  /** Highest seq dropped from the head; above it, body and head together have every match. 0: nothing dropped. */
  readonly lostUpTo: number;
  /** Newest row taken so far; a row at or below it is a repeat. */
  readonly lastSeq: number;
  /** Every event up to here has been considered by the server: where a reconnect resumes. */
  readonly considered: number;
  /** Matches that arrived since the hold began. */
  readonly waiting: number;
  /** False when a reconnect skipped an unknown number of them. */
  readonly waitingExact: boolean;
  /** Matches that arrived live since the feed began. */
  readonly arrived: number;
  /** History may have matches older than the body's first row. */
  readonly older: boolean;
}

const seqOf = (rows: readonly EventRow[]): number => rows.at(-1)?.seq ?? 0;

/** @param rows the newest matches, ascending. @param older whether history may hold more below them. */
export function startFeed(
  rows: readonly EventRow[],
  considered: number,
  older: boolean,
  limits = FEED_LIMITS,
): FeedState {
  const lastSeq = seqOf(rows);
  return {
    limits,
    body: rows.slice(-limits.body),
    head: [],
    held: false,
    heldAt: 0,
    above: 0,
    lostUpTo: 0,
    lastSeq,
    considered: Math.max(considered, lastSeq),
    waiting: 0,
    waitingExact: true,
    arrived: 0,
    older: older || rows.length > limits.body,
  };
}

/** Rows of a frame or of a resumed subscription. Repeats are ignored. */
export function receive(state: FeedState, rows: readonly EventRow[], considered: number): FeedState {
  const fresh: EventRow[] = [];
  let lastSeq = state.lastSeq;
  for (const row of rows) {
    if (row.seq <= lastSeq) continue;
    fresh.push(row);
    lastSeq = row.seq;
  }
  const arrived = state.arrived + fresh.length;
  const next = { ...state, arrived, lastSeq, considered: Math.max(state.considered, considered, lastSeq) };
  if (fresh.length === 0) return next;
  if (!state.held) return keepNewest(next, state.body.concat(fresh));
  return { ...keepHead(next, state.head.concat(fresh)), waiting: state.waiting + fresh.length };
}

/**
 * The server's answer to a reconnect that missed more than it resends: `rows` are the newest matches, with a hole of
 * unknown size below them. A held body stays as it is; the hole is read from history when the reader gets there.
 */
export function receiveReset(state: FeedState, rows: readonly EventRow[], considered: number): FeedState {
  const startedOver = considered < state.lastSeq;
  if (!state.held || startedOver) {
    const fresh = startFeed(rows, considered, true, state.limits);
    return state.held ? { ...fresh, held: true, heldAt: fresh.lastSeq } : fresh;
  }
  const unseen = rows.filter((row) => row.seq > state.lastSeq);
  const head = rows.slice(-state.limits.head);
  return {
    ...state,
    head,
    lostUpTo: Math.max(state.lostUpTo, (head[0]?.seq ?? considered) - 1),
    lastSeq: Math.max(state.lastSeq, seqOf(rows)),
    considered,
    waiting: state.waiting + unseen.length,
    waitingExact: false,
  };
}

/** From now on the body stands still and arrivals are counted instead. */
export function hold(state: FeedState): FeedState {
  if (state.held) return state;
  return { ...state, held: true, heldAt: seqOf(state.body), waiting: 0, waitingExact: true };
}

/** Back to the live tail. What no longer fits between body and head is read from history by scrolling. */
export function release(state: FeedState): FeedState {
  if (!state.held) return state;
  const live = {
    ...state,
    held: false,
    heldAt: 0,
    above: 0,
    lostUpTo: 0,
    head: [],
    waiting: 0,
    waitingExact: true,
  };
  if (!joined(state)) return keepNewest({ ...live, older: true }, state.head);
  const top = seqOf(state.body);
  return keepNewest(live, state.body.concat(state.head.filter((row) => row.seq > top)));
}

/**
 * A page of older rows from history, in any order.
 * @param before what was asked for: the body's first seq at that time, null for the newest page. A page that was
 *   overtaken (the body begins elsewhere by now) is ignored; ask again.
 * @param more whether history has still older matches.
 */
export function addOlder(
  state: FeedState,
  before: number | null,
  rows: readonly EventRow[],
  more: boolean,
): FeedState {
  if ((state.body[0]?.seq ?? null) !== before) return state;
  const page = ascending(rows).filter((row) => before === null || row.seq < before);
  const lastSeq = Math.max(state.lastSeq, seqOf(page));
  const next = { ...state, older: more, lastSeq, considered: Math.max(state.considered, lastSeq) };
  const body = page.concat(state.body);
  if (!state.held) return keepNewest(next, body);
  if (before !== null) return keepOldest(next, body);
  const heldAt = Math.max(state.heldAt, seqOf(page));
  return keepNewest({ ...next, heldAt, head: state.head.filter((row) => row.seq > heldAt) }, body);
}

/** A page of newer rows from history, to refill the top of a held body. Ignored when overtaken, as in {@link addOlder}. */
export function addNewer(state: FeedState, after: number, rows: readonly EventRow[]): FeedState {
  if (!state.held || seqOf(state.body) !== after) return state;
  const page = ascending(rows).filter((row) => row.seq > after && row.seq <= state.heldAt);
  // Nothing is there any more: history has let go of those rows.
  if (page.length === 0) return { ...state, heldAt: after, above: 0 };
  return keepNewest({ ...state, above: state.above - page.length }, state.body.concat(page));
}

/** How many of the rows held are newer than `seq`. */
export function countAbove({ body, head }: FeedState, seq: number): number {
  const top = seqOf(body);
  const above = (row: EventRow): boolean => row.seq > seq;
  return body.filter(above).length + head.filter((row) => above(row) && row.seq > top).length;
}

/** True while rows above the body, up to where the hold began, were dropped and can be read again. */
export function hasNewer(state: FeedState): boolean {
  return state.held && seqOf(state.body) < state.heldAt;
}

/** True when nothing is missing between body and head. */
function joined(state: FeedState): boolean {
  return state.lostUpTo <= seqOf(state.body);
}

function keepNewest(state: FeedState, body: readonly EventRow[]): FeedState {
  const over = body.length - state.limits.body;
  return over > 0 ? { ...state, body: body.slice(over), older: true } : { ...state, body };
}

/** Makes room at the top; what goes is still worth keeping in the head as long as the two join up. */
function keepOldest(state: FeedState, body: readonly EventRow[]): FeedState {
  const kept = body.slice(0, state.limits.body);
  const dropped = body.slice(state.limits.body);
  const next = { ...state, body: kept, above: state.above + dropped.length };
  if (!joined(state)) return next;
  const headFrom = state.head[0]?.seq ?? Infinity;
  return keepHead(next, dropped.filter((row) => row.seq < headFrom).concat(state.head));
}

function keepHead(state: FeedState, head: readonly EventRow[]): FeedState {
  const over = head.length - state.limits.head;
  if (over <= 0) return { ...state, head };
  const lost = head[over - 1]?.seq ?? 0;
  return { ...state, head: head.slice(over), lostUpTo: Math.max(state.lostUpTo, lost) };
}

const ascending = (rows: readonly EventRow[]): EventRow[] => [...rows].sort((a, b) => a.seq - b.seq);

import type { EventDot, EventRow, StoredEvent } from '../../../domain/events/envelope';
import { rowWriter } from '../../../domain/query';
import type { FeedAnswer, FeedFrame, FeedRequest } from '../../../domain/realtime/contract';
import { NO_DOTS, packDots } from '../../../domain/realtime/packed-dots';
import { packRows } from '../../../domain/realtime/packed-rows';
import type { History } from '../../history/types';
import type { Allowance } from '../allowance';
import { feedFilter } from './feed-filter';

/** More than this missed, or arrived between two frames, is not replayed row by row: the client starts afresh. */
export const FEED_RESUME_LIMIT = 2_000;

/** Where more rows match than a page may get, it gets the newest so many, as often as its bytes allow. */
export const RUSH_ROWS = 100;
/** What a row takes as JSON, at most as a rule. */
export const ROW_BYTES = { row: 400, packed_row: 200, dot: 10 };

/** Milliseconds that a page's feed looks for its first rows. */
const PAGE_MS = 400;

const EMPTY: readonly never[] = [];

/**
 * One browser's view of the stream. It registers first, then reads history up to the event that was delivered last at
 * that moment, and lets through what came after: no gap, no repeat, by sequence rather than by time.
 */
export class Feed {
  readonly #passes: (event: StoredEvent) => boolean;
  readonly #toRow: (event: StoredEvent) => EventRow;
  #pending: StoredEvent[] = [];
  #overflowed = false;
  #primed = false;
  #headSeq: number;
  readonly #follower = new AbortController();

  constructor(
    readonly request: FeedRequest,
    private readonly history: Pick<History, 'rowsAfter' | 'newestRows'>,
    deliveredSeq: number,
    /** Null: every row is sent, whatever their rate. */
    private readonly allowance: Allowance | null = null,
  ) {
    this.#passes = feedFilter(request.filter);
    this.#toRow = rowWriter(request.filter.asked?.node);
    this.#headSeq = deliveredSeq;
  }

  /** Takes what the router delivered. Cheap for events that do not pass. */
  offer(events: readonly StoredEvent[]): void {
    for (const event of events)
      if (event.seq > this.#headSeq && this.#passes(event)) this.#pending.push(event);
    if (this.#pending.length <= Math.max(FEED_RESUME_LIMIT, this.request.limit)) return;
    this.#pending = this.#pending.slice(-this.request.limit);
    this.#overflowed = true;
  }

  /** Something passed that was not sent. */
  get waits(): boolean {
    return this.#pending.length > 0;
  }

  /** Nobody follows any more: what history is asked for ends. */
  close(): void {
    this.#follower.abort();
  }

  /** The first answer, from history. Rejects with what history rejects with. */
  async prime(): Promise<FeedAnswer> {
    const head = this.#headSeq;
    const { after_seq: after, filter, limit } = this.request;
    // A client that is ahead of us followed another history: what it holds is not ours.
    const resumes = after !== null && after <= head;
    const { signal } = this.#follower;
    const most = FEED_RESUME_LIMIT + 1;
    const missed = resumes ? await this.history.rowsAfter(filter, after, most, signal) : null;
    const reset = missed === null || missed.length > FEED_RESUME_LIMIT;
    const { rows, scannedTo } = reset
      ? await this.history.newestRows(filter, limit, this.#newestMs(), signal)
      : { rows: missed, scannedTo: null };
    this.#primed = true;
    return {
      feed_id: this.request.feed_id,
      reset,
      head_seq: head,
      ...this.#shape(rows.filter((row) => row.seq <= head)),
      ...(scannedTo !== null && { scanned_to: scannedTo }),
    };
  }

  /** A page reads on by itself where a search takes long; whoever wants all gets what can be found in time. */
  #newestMs(): number | undefined {
    return this.request.complete === true ? undefined : PAGE_MS;
  }

  /** What passed since the last frame; null when there is nothing to say, or nothing may be said yet. `now`: milliseconds. */
  take(deliveredSeq: number, now = 0): FeedFrame | null {
    if (!this.#primed || this.#pending.length === 0) return null;
    const rows = this.#overflowed ? this.#pending.slice(-this.request.limit) : this.#pending;
    const sent = this.#affordable(rows, now);
    if (sent.length === 0) return null;
    const reset = this.#overflowed || sent.length < rows.length;
    this.#pending = [];
    this.#overflowed = false;
    this.#headSeq = deliveredSeq;
    return {
      feed_id: this.request.feed_id,
      head_seq: deliveredSeq,
      ...this.#shape(sent.map(this.#toRow)),
      ...(reset ? { reset: true } : {}),
    };
  }

  /** All rows where there are bytes for them; else the newest few, once there are bytes for those; else none yet. */
  #affordable(events: readonly StoredEvent[], now: number): readonly StoredEvent[] {
    const { shape, limit } = this.request;
    if (this.allowance === null || shape === 'dot') return events;
    const affords = Math.floor(this.allowance.at(now) / ROW_BYTES[shape]);
    const few = events.slice(-Math.min(RUSH_ROWS, limit));
    const sent = events.length <= affords ? events : few.length <= affords ? few : EMPTY;
    this.allowance.spend(sent.length * ROW_BYTES[shape]);
    return sent;
  }

  #shape(rows: readonly EventRow[]): Pick<FeedFrame, 'rows' | 'packed_rows' | 'dots'> {
    const { shape } = this.request;
    if (shape === 'row') return { rows, dots: NO_DOTS };
    if (shape === 'packed_row') return { rows: EMPTY, packed_rows: packRows(rows), dots: NO_DOTS };
    const dots = rows.map(({ seq, timestamp, event_type, severity }): EventDot => [
      seq,
      timestamp,
      event_type,
      severity,
    ]);
    return { rows: EMPTY, dots: packDots(dots) };
  }
}

import type { StoredEvent } from '../../domain/events/envelope';
import { matcher } from '../../domain/query';
import type { EventFilter } from '../../domain/realtime/contract';
import type { Connection } from '../../db/client';
import { decodeCursor, encodeCursor } from './cursor';
import { toStoredEvent, type EventColumns } from './event-columns';
import { filterSql } from './filter-sql';
import type { EventPage } from './types';

/** A search looks so long, then says how far it came. */
export const SEARCH_MS = 5_000;
/** Counting goes on for so long after the page is found: the number is worth less than the rows. */
const COUNT_MS = 1_000;
const COUNT_LIMIT = 100_000;

const FIRST_SLICE = 4_000;
const LARGEST_SLICE = 1_000_000;
/** A slice that took less is followed by a larger one; nothing can stop a statement that is looking for its next row. */
const SLICE_MS = 50;

type Order = 'asc' | 'desc';
interface Ask {
  readonly order: Order;
  /** The scan begins behind this seq, in its direction. */
  readonly after: number | null;
  readonly limit: number;
  readonly ms: number;
}
export interface Found {
  readonly events: StoredEvent[];
  /** The seq up to which was looked when time or limit ran out; null at the end of history. */
  readonly reached: number | null;
}

/**
 * Answers queries in slices of seq, with a look at the clock between rows and between slices. No read transaction
 * outlives its slice, so the write-ahead log can be checkpointed.
 */
export class SearchScan {
  constructor(private readonly db: Connection) {}

  /** One page. Where time ran out first, it is marked `partial` and its cursor goes on from there. */
  page(
    filter: EventFilter,
    options: { order: Order; limit: number; cursor?: string; count?: boolean },
  ): EventPage {
    const { order, limit, cursor, count } = options;
    const after = cursor === undefined ? null : decodeCursor(cursor, order);
    const { events: found, reached } = this.find(filter, { order, after, limit: limit + 1, ms: SEARCH_MS });
    const events = found.slice(0, limit);
    const last = events.at(-1);
    const more = found.length > limit;
    const end = more && last ? last.seq : reached;
    return {
      events,
      nextCursor: end === null ? null : encodeCursor(end, order),
      total: count === false ? -1 : this.count(filter),
      ...(reached !== null && !more ? { partial: { scannedTo: reached } } : {}),
    };
  }

  /** All matches (with seq up to `upTo`), at most COUNT_LIMIT; -1 where counting takes too long. */
  count(filter: EventFilter, upTo?: number): number {
    let count = 0;
    const reached = this.#scan(
      filter,
      { order: 'desc', after: upTo === undefined ? null : upTo + 1, limit: COUNT_LIMIT, ms: COUNT_MS },
      () => {
        count += 1;
      },
    );
    return reached === null || count === COUNT_LIMIT ? count : -1;
  }

  find(filter: EventFilter, ask: Ask): Found {
    const events: StoredEvent[] = [];
    const reached = this.#scan(filter, ask, (event) => events.push(event));
    return { events, reached };
  }

  #scan(filter: EventFilter, ask: Ask, found: (event: StoredEvent) => void): number | null {
    const deadline = performance.now() + ask.ms;
    const slices = this.#slices(filter, ask);
    let left = ask.limit;
    for (const { event, at, passes } of slices) {
      if (passes && event) {
        found(event);
        left -= 1;
      }
      if (left === 0 || performance.now() > deadline) return at;
    }
    return null;
  }

  /** Every candidate in order, and a word at each slice's end. */
  *#slices(filter: EventFilter, { order, after }: Ask): Generator<Step> {
    const { from, where, params, seq, exact } = filterSql(filter);
    const sql = `SELECT e.* FROM ${from} WHERE ${where} AND ${seq} BETWEEN ? AND ? ORDER BY ${seq} ${order}`;
    const statement = this.db.prepare<unknown[], EventColumns>(sql);
    const test = filter.asked && !exact ? matcher(filter.asked.node) : null;
    const now = filter.asked?.now ?? 0;
    const head = this.#head();
    let size = FIRST_SLICE;
    let at = after ?? (order === 'asc' ? 0 : head + 1);
    while (order === 'asc' ? at < head : at > 1) {
      const began = performance.now();
      const end = order === 'asc' ? Math.min(head, at + size) : Math.max(1, at - size);
      const range = order === 'asc' ? [at + 1, end] : [end, at - 1];
      for (const row of statement.iterate(...params, ...range)) {
        const event = toStoredEvent(row);
        yield { event, at: row.seq, passes: test === null || test(event, now) };
      }
      at = end;
      const more = performance.now() - began < SLICE_MS;
      size = more ? Math.min(size * 2, LARGEST_SLICE) : Math.max(FIRST_SLICE, Math.floor(size / 2));
      yield { event: null, at, passes: false };
    }
  }

  #head(): number {
    return this.db.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM events').get()?.seq ?? 0;
  }
}

interface Step {
  readonly event: StoredEvent | null;
  readonly at: number;
  readonly passes: boolean;
}

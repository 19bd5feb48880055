import type { Statement } from 'better-sqlite3';
import type { StoredEvent } from '../../../domain/events/envelope';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import { decodeCursor, encodeCursor } from './cursor';
import { toStoredEvent, type EventColumns } from '../sql/event-columns';
import type { EventPage, QueryOptions } from '../query-types';
import { ScanRun, ScanSources, type KeptSearch, type ScanAsk } from './scan-run';
import { warmSteps } from './warm';

/** A search looks so long, then says how far it came. */
export const SEARCH_MS = 5_000;
/** Counting goes on for so long after the page is found: the number is worth less than the rows. */
const COUNT_MS = 1_000;
const COUNT_LIMIT = 100_000;

type Cancelled = () => boolean;
export interface Found {
  readonly events: StoredEvent[];
  /** The seq up to which was looked when time or limit ran out; null at the end of history. */
  readonly reached: number | null;
}

/**
 * Answers queries block by block, with a look at the clock between events. No read transaction outlives a statement, so
 * the write-ahead log can be checkpointed.
 */
export class SearchScan {
  readonly #sources: ScanSources;
  readonly #event: Statement<[number], EventColumns>;

  constructor(db: Connection, tuning?: ScanSources['tuning']) {
    this.#sources = new ScanSources(db, tuning);
    this.#event = db.prepare('SELECT * FROM events WHERE seq = ?');
  }

  /** Reads beforehand what the first searches would have to read, a few milliseconds a step. */
  warm(): Iterator<void> {
    return warmSteps(this.#sources);
  }

  /** Tells of the seqs that match, one after the other; the seq up to which it came, null at the end of history. */
  each(filter: EventFilter, ask: ScanAsk, found: (seq: number) => boolean, kept?: KeptSearch): number | null {
    return new ScanRun(this.#sources, filter, ask, found, kept).run();
  }

  /** One page. Where time ran out first, it is marked `partial` and its cursor goes on from there. */
  page(
    filter: EventFilter,
    {
      order,
      limit,
      cursor,
      count,
      first,
      ms = SEARCH_MS,
      cancelled,
    }: QueryOptions & { cancelled?: Cancelled },
  ): EventPage {
    const after = cursor === undefined ? null : decodeCursor(cursor, order);
    const ask = { order, after, limit: limit + 1, ms, first, cancelled };
    const { events: found, reached } = this.find(filter, ask);
    const events = found.slice(0, limit);
    const last = events.at(-1);
    const more = found.length > limit;
    const end = more && last ? last.seq : reached;
    const counted = (): number => {
      // The page holds them all.
      if (after === null && end === null) return events.length;
      // Of the moment of the first row, so that who counts on with what arrives counts nothing twice.
      const upTo = order === 'desc' && after === null ? events[0]?.seq : undefined;
      return this.count(filter, upTo, cancelled);
    };
    return {
      events,
      nextCursor: end === null ? null : encodeCursor(end, order),
      total: count === false ? -1 : counted(),
      ...(reached !== null && !more ? { partial: { scannedTo: reached } } : {}),
    };
  }

  /** All matches (with seq up to `upTo`), at most COUNT_LIMIT; -1 where counting takes too long. */
  count(filter: EventFilter, upTo?: number, cancelled?: Cancelled): number {
    let count = 0;
    const after = upTo === undefined ? null : upTo + 1;
    const ask = { order: 'desc' as const, after, limit: COUNT_LIMIT, ms: COUNT_MS, cancelled };
    const reached = new ScanRun(this.#sources, filter, ask, () => {
      count += 1;
      return true;
    }).run();
    return reached === null || count === COUNT_LIMIT ? count : -1;
  }

  find(filter: EventFilter, ask: ScanAsk): Found {
    const events: StoredEvent[] = [];
    const reached = new ScanRun(this.#sources, filter, ask, (seq) => {
      const row = this.#event.get(seq);
      if (row) events.push(toStoredEvent(row));
      return row !== undefined;
    }).run();
    return { events, reached };
  }
}

import type { EventRow, StoredEvent } from '../../domain/events/envelope';
import { toRow } from '../../domain/events/row';
import type { EventFilter } from '../../domain/realtime/contract';
import type { Connection } from '../../db/client';
import type { JsonObject } from '../../domain/json';
import type { Chain } from '../../domain/chains';
import { bytesToUuid, uuidToBytes } from './bytes';
import { ChainReader } from './chain-reader';
import { surroundings, type Surroundings } from './surroundings';
import { decodeCursor, encodeCursor } from './cursor';
import { toStoredEvent, type EventColumns } from './event-columns';
import { FacetCounter } from './facets/counter';
import { exportSlice } from './export-scan';
import { filterSql } from './filter-sql';
import { KeptReads } from './kept-reads';
import { SearchDeadlineError } from './errors';
import { SEARCH_MS, SearchScan } from './search-scan';
import { previewSlice, type PreviewSlice } from './retention/preview-sql';
import type { RemovalPass, RemovalPlace } from './retention/removal-sql';
import { fileSize, type FileSize } from './retention/size';
import type {
  EventPage,
  ExportAsk,
  ExportSlice,
  Facets,
  Neighbours,
  SeenHash,
  Summary,
  SummaryOptions,
} from './types';

/** Matches are counted no further: beyond that the answer is "100,000 or more". */
export const COUNT_LIMIT = 100_000;

/** Facets look at so many of the newest events: enough for what a filter offers, quick at any size of history. */
const FACET_EVENTS = 200_000;

/**
 * The questions that history answers: about events here, about what is kept beside them in KeptReads. Runs in reader threads
 * on read-only connections. Each method is one short statement.
 */
export class ReadStore extends KeptReads {
  readonly #search: SearchScan;
  readonly #chains: ChainReader;
  #counter: FacetCounter | null = null;

  constructor(db: Connection) {
    super(db);
    this.#search = new SearchScan(db);
    this.#chains = new ChainReader((sql, params) => this.#all(sql, params));
  }

  query(
    filter: EventFilter,
    options: { order: 'asc' | 'desc'; limit: number; cursor?: string; count?: boolean },
  ): EventPage {
    if (filter.asked) return this.#search.page(filter, options);
    const { from, where, params, seq } = filterSql(filter);
    const ascending = options.order === 'asc';
    const position = options.cursor === undefined ? null : decodeCursor(options.cursor, options.order);
    const bound = position === null ? '' : ` AND ${seq} ${ascending ? '>' : '<'} ?`;
    const sql = `SELECT e.* FROM ${from} WHERE ${where}${bound} ORDER BY ${seq} ${ascending ? 'ASC' : 'DESC'} LIMIT ?`;
    const rows = this.#all<EventColumns>(sql, [
      ...params,
      ...(position === null ? [] : [position]),
      options.limit + 1,
    ]);
    const events = rows.slice(0, options.limit).map(toStoredEvent);
    const last = events.at(-1);
    return {
      events,
      nextCursor: rows.length > options.limit && last ? encodeCursor(last.seq, options.order) : null,
      total: options.count === false ? -1 : this.count(filter),
    };
  }

  /** Matches of a filter, at most COUNT_LIMIT. */
  count(filter: EventFilter): number {
    const { from, where, params } = filterSql(filter);
    const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${COUNT_LIMIT})`;
    return this.#all<{ n: number }>(sql, params)[0]?.n ?? 0;
  }

  countUpTo(filter: EventFilter, upTo: number): number {
    if (filter.asked) return this.#search.count(filter, upTo);
    const { from, where, params, seq } = filterSql(filter);
    const sql = `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${where} AND ${seq} <= ? LIMIT ${COUNT_LIMIT})`;
    return this.#all<{ n: number }>(sql, [...params, upTo])[0]?.n ?? 0;
  }

  exportSlice(filter: EventFilter, ask: ExportAsk): ExportSlice {
    return exportSlice(this.db, filter, ask);
  }

  rowsAfter(filter: EventFilter, afterSeq: number, limit: number): EventRow[] {
    if (filter.asked) {
      const found = this.#search.find(filter, { order: 'asc', after: afterSeq, limit, ms: SEARCH_MS });
      // A feed that resumes must not have a gap: it says so instead.
      if (found.reached !== null && found.events.length < limit) throw new SearchDeadlineError();
      return found.events.map(toRow);
    }
    const { from, where, params, seq } = filterSql(filter);
    const sql = `SELECT e.* FROM ${from} WHERE ${where} AND ${seq} > ? ORDER BY ${seq} LIMIT ?`;
    return this.#all<EventColumns>(sql, [...params, afterSeq, limit]).map((row) => toRow(toStoredEvent(row)));
  }

  newestRows(filter: EventFilter, limit: number): EventRow[] {
    const { events } = this.query(filter, { order: 'desc', limit, count: false });
    return events.map(toRow).reverse();
  }

  eventsAfter(afterSeq: number, limit: number): StoredEvent[] {
    return this.#all<EventColumns>('SELECT e.* FROM events e WHERE e.seq > ? ORDER BY e.seq LIMIT ?', [
      afterSeq,
      limit,
    ]).map(toStoredEvent);
  }

  outbox(aboveSeq: number, limit: number): StoredEvent[] {
    const sql = 'SELECT e.* FROM events e WHERE e.outbound = 1 AND e.seq > ? ORDER BY e.seq LIMIT ?';
    return this.#all<EventColumns>(sql, [aboveSeq, limit]).map(toStoredEvent);
  }

  outboxPending(aboveSeq: number): number {
    return (
      this.#all<{ n: number }>('SELECT count(*) AS n FROM events WHERE outbound = 1 AND seq > ?', [
        aboveSeq,
      ])[0]?.n ?? 0
    );
  }

  byId(eventId: string): StoredEvent | null {
    const row = this.#all<EventColumns>('SELECT e.* FROM events e WHERE e.event_id = ?', [
      uuidToBytes(eventId),
    ])[0];
    return row ? toStoredEvent(row) : null;
  }

  bySeq(seq: number): StoredEvent | null {
    const row = this.#all<EventColumns>('SELECT e.* FROM events e WHERE e.seq = ?', [seq])[0];
    return row ? toStoredEvent(row) : null;
  }

  neighbours(event: { seq: number; config: string | null; node: string | null }): Neighbours {
    return {
      prevByConfig: this.#neighbour('config', event.config, event.seq, '<'),
      nextByConfig: this.#neighbour('config', event.config, event.seq, '>'),
      prevByNode: this.#neighbour('node', event.node, event.seq, '<'),
      nextByNode: this.#neighbour('node', event.node, event.seq, '>'),
    };
  }

  #neighbour(column: 'config' | 'node', value: string | null, seq: number, side: '<' | '>'): EventRow | null {
    if (value === null) return null;
    const { from, where, params, seq: at } = filterSql({ [column]: [value] });
    const sql = `SELECT e.* FROM ${from} WHERE ${where} AND ${at} ${side} ? ORDER BY ${at} ${side === '<' ? 'DESC' : 'ASC'} LIMIT 1`;
    const row = this.#all<EventColumns>(sql, [...params, seq])[0];
    return row ? toRow(toStoredEvent(row)) : null;
  }

  /** The chains of the event at a seq; none for a seq that is not there. */
  chains(seq: number): Chain[] {
    const event = this.bySeq(seq);
    return event === null ? [] : this.#chains.chains(event);
  }

  surroundings(event: {
    seq: number;
    timestamp: number;
    config: string | null;
    node: string | null;
  }): Surroundings {
    return surroundings((sql, params) => this.#all(sql, params), event);
  }

  /** The newest events' hashes within a window of event time, oldest first. */
  recentHashes(windowSeconds: number, limit: number): SeenHash[] {
    const newest =
      this.#all<{ at: number | null }>('SELECT max(timestamp) AS at FROM events', [])[0]?.at ?? null;
    if (newest === null) return [];
    const sql =
      'SELECT seq, event_id, content_hash, event_type, hostname, timestamp, payload FROM events WHERE duplicate_of IS NULL ' +
      'AND seq > (SELECT max(seq) FROM events) - ? AND timestamp >= ? ORDER BY seq';
    return this.#all<EventColumns>(sql, [limit, newest - windowSeconds]).map((row) => ({
      seq: row.seq,
      eventId: bytesToUuid(row.event_id),
      contentHash: row.content_hash.toString('hex'),
      eventType: row.event_type,
      hostname: row.hostname,
      timestamp: row.timestamp,
      payload: JSON.parse(row.payload) as JsonObject,
    }));
  }

  retentionPreview(pass: RemovalPass, after: RemovalPlace, now: number): PreviewSlice {
    return previewSlice(this.db, pass, after, now);
  }

  storeSize(): FileSize & { events: number } {
    const events = this.#all<{ n: number }>('SELECT count(*) AS n FROM events', [])[0]?.n ?? 0;
    return { ...fileSize(this.db), events };
  }

  /** Names with their number among the newest events, most frequent first: the options of a page's filters. */
  facets(limit: number): Facets {
    const counted = (column: string): [string, number][] =>
      this.#all<{ name: string; n: number }>(
        `SELECT ${column} AS name, count(*) AS n FROM events WHERE seq > (SELECT max(seq) FROM events) - ? AND ${column} IS NOT NULL ` +
          'GROUP BY 1 ORDER BY n DESC LIMIT ?',
        [FACET_EVENTS, limit],
      ).map(({ name, n }) => [name, n]);
    return {
      types: counted('event_type'),
      categories: counted('category'),
      nodes: counted('node'),
      configs: counted('config'),
      sources: counted('source'),
      severities: counted('severity'),
    };
  }

  /** `cancel[0]` becomes 1 when nobody waits for the answer any more. */
  summary(filter: EventFilter, options: SummaryOptions, cancel: Int32Array<SharedArrayBuffer>): Summary {
    this.#counter ??= new FacetCounter(this.db);
    return this.#counter.count(filter, options, () => Atomics.load(cancel, 0) === 1);
  }

  #all<Row>(sql: string, params: readonly unknown[]): Row[] {
    return this.statements.all<Row>(sql, params);
  }
}

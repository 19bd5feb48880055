import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventRow, StoredEvent } from '../../../domain/events/envelope';
import { toRow } from '../../../domain/events/row';
import { rowWriter } from '../../../domain/query';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import type { Chain } from '../../../domain/chains';
import { uuidToBytes } from '../sql/uuid-bytes';
import { ChainReader } from '../around/chain-reader';
import { watching, type CancelFlag } from './cancel';
import { StripeReader, type NextStripe } from '../values/stripe-reader';
import { surroundings, type Surroundings } from '../around/surroundings';
import { toStoredEvent, type EventColumns } from '../sql/event-columns';
import { FacetCounter } from '../facets/counter';
import { ExportScan } from '../export/scan';
import { KeptReads } from './kept-reads';
import { SearchDeadlineError } from '../errors';
import { filterSql } from '../sql/filter-sql';
import { payloadValues } from '../search/payload-values';
import { SEARCH_MS, SearchScan } from '../search/scan';
import { previewSlice, type PreviewSlice } from '../retention/preview-sql';
import type { RemovalPass, RemovalPlace } from '../retention/removal-sql';
import { fileSize, type FileSize } from '../retention/size';
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
} from '../query-types';
import { readSeenHashes, type PackedHashes } from './seen-hashes';

/** Facets look at so many of the newest events: enough for what a filter offers, quick at any size of history. */
const FACET_EVENTS = 200_000;

/**
 * The questions that history answers: about events here, about what is kept beside them in KeptReads. Runs in reader threads
 * on read-only connections. Each method is one short statement.
 */
export class ReadStore extends KeptReads {
  readonly #search: SearchScan;
  readonly #exports: ExportScan;
  readonly #chains: ChainReader;
  readonly #stripes: StripeReader;
  #counter: FacetCounter | null = null;

  constructor(db: Connection) {
    super(db);
    this.#search = new SearchScan(db);
    this.#exports = new ExportScan(db, this.#search);
    this.#stripes = new StripeReader(db);
    this.#chains = new ChainReader((sql, params) => this.#all(sql, params));
  }

  /** Reads beforehand what the first searches would have to read, a little at a time: the steps are to be taken one by one. */
  warm(): Iterator<void> {
    return this.#search.warm();
  }

  query(filter: EventFilter, options: QueryOptions, cancel?: CancelFlag): EventPage {
    return this.#search.page(filter, { ...options, cancelled: watching(cancel) });
  }

  /** Matches with seq up to `upTo`, at most 100,000; -1 where counting takes too long. */
  countUpTo(filter: EventFilter, upTo: number, cancel?: CancelFlag): number {
    return this.#search.count(filter, upTo, watching(cancel));
  }

  exportSlice(filter: EventFilter, ask: ExportAsk): ExportSlice {
    return this.#exports.slice(filter, ask);
  }

  rowsAfter(filter: EventFilter, after: number, limit: number, cancel?: CancelFlag): EventRow[] {
    const ask = { order: 'asc' as const, after, limit, ms: SEARCH_MS, cancelled: watching(cancel) };
    const { events, reached } = this.#search.find(filter, ask);
    // A feed that resumes must not have a gap: it says so instead.
    if (reached !== null && events.length < limit) throw new SearchDeadlineError();
    return events.map(rowWriter(filter.asked?.node));
  }

  newestRows(filter: EventFilter, limit: number, ms = SEARCH_MS, cancel?: CancelFlag): NewestMatches {
    const ask = { order: 'desc' as const, after: null, limit, ms, cancelled: watching(cancel) };
    const { events, reached } = this.#search.find(filter, ask);
    const rows = events.map(rowWriter(filter.asked?.node)).reverse();
    return { rows, scannedTo: rows.length < limit ? reached : null };
  }

  payloadValues(path: readonly string[], cancel?: CancelFlag): PayloadValue[] {
    return payloadValues(this.#search, path, watching(cancel));
  }

  eventsAfter(afterSeq: number, limit: number): StoredEvent[] {
    return this.#all<EventColumns>('SELECT e.* FROM events e WHERE e.seq > ? ORDER BY e.seq LIMIT ?', [
      afterSeq,
      limit,
    ]).map(toStoredEvent);
  }

  eventsInTime(upTo: number, after: TimePlace | null, limit: number): StoredEvent[] {
    const sql =
      'SELECT e.* FROM events e WHERE (e.timestamp, e.seq) > (?, ?) AND e.seq <= ? ORDER BY e.timestamp, e.seq LIMIT ?';
    const { timestamp, seq } = after ?? { timestamp: -Infinity, seq: 0 };
    return this.#all<EventColumns>(sql, [timestamp, seq, upTo, limit]).map(toStoredEvent);
  }

  removedEvents(): number {
    const sql = 'SELECT total(events) AS n FROM removed_counts WHERE unit = 86400';
    return this.#all<{ n: number }>(sql, [])[0]?.n ?? 0;
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

  recentHashes(windowSeconds: number, limit: number): PackedHashes {
    return readSeenHashes(this.db, windowSeconds, limit);
  }

  /** The payload values of the newest of the first `full` stripes that lacks them; takes a while, and lets others be answered. */
  nextValues(full: number): Promise<NextStripe | null> {
    return this.#stripes.next(full);
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

  /** Reads what the first counts need, before or between them. */
  prepareCounts(): void {
    this.#counts().prepare();
  }

  summary(filter: EventFilter, options: SummaryOptions, cancel?: CancelFlag): Promise<Summary> {
    return this.#counts().answer(filter, options, watching(cancel));
  }

  /** Takes up to a minute, and lets others be answered meanwhile. */
  exactSummary(filter: EventFilter, options: SummaryOptions, cancel?: CancelFlag): Promise<Summary> {
    return this.#counts().exact(filter, options, watching(cancel));
  }

  #counts(): FacetCounter {
    if (this.#counter === null) {
      this.#counter = new FacetCounter(this.db);
      // Only ever a gain of time: who counts meets the same trouble, and tells.
      this.#warmUp(this.#counter).catch(() => undefined);
    }
    return this.#counter;
  }

  /** A step at a time: whoever asks meanwhile waits for one of them at the most. */
  async #warmUp(counter: FacetCounter): Promise<void> {
    const steps = counter.warm();
    do await nextTurn();
    while (this.db.open && steps.next().done !== true);
  }

  #all<Row>(sql: string, params: readonly unknown[]): Row[] {
    return this.statements.all<Row>(sql, params);
  }
}

import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../db/client';
import { WRITERS, type ExportFormat, type ExportRow } from '../../domain/export';
import type { EventFilter } from '../../domain/realtime/contract';
import { filterTree } from './facets/filter-tree';
import type { SearchScan } from './search/scan';
import type { KeptSearch, ScanAsk } from './search/scan-run';
import type { ExportAsk, ExportSlice } from './types';

/** A slice ends after so long or so many bytes: whoever else asks this reader waits no longer than that. */
const SLICE_MS = 20;
const SLICE_BYTES = 512 * 1024;
/** Most events are smaller than this, so that the bytes of a slice rarely have to grow. */
const ROOM = 64 * 1024;
/** Asking for the time costs a tenth of a row. */
const CLOCK_EVERY = 16;
/** A statement looks at so many seqs at first, at twice as many after one that was quick. */
const FIRST_SPAN = 4_000;
const LARGEST_SPAN = 128_000;

/** Matches of a search that are read together. */
const AT_ONCE = 32;

/** Ids come as hex text: a Buffer for each would cost more than the rest of its row. */
const CELLS =
  'lower(hex(e.event_id)), e.seq, e.event_type, e.wire_type, e.payload, e.source, e.hostname, e.origin, e.timestamp, e.received_at, ' +
  "lower(hex(e.content_hash)), e.correlation_id, e.parent_event_id, lower(hex(e.duplicate_of)), e.queue_event_id, e.category, e.severity, e.config, e.node, e.model, ifnull(e.drift, '[]')";
const EVENT_ID = 0;
const SEQ = 1;
const DUPLICATE_OF = 13;

type Cells = (string | number | null)[];

/** Exports whose plan is kept for their next slice: as many as there may be at a time. */
const MOST_PLANS = 8;

/** Exports in slices: no statement and no read transaction stays open between two of them. */
export class ExportScan {
  readonly #between: Record<ExportAsk['order'], Statement<[number, number], Cells>>;
  readonly #these: Record<ExportAsk['order'], Statement<[number[]], Cells>>;
  readonly #plans = new Map<string, KeptSearch>();

  constructor(
    db: Connection,
    private readonly search: SearchScan,
  ) {
    const between = (order: string) =>
      db
        .prepare<[number, number], Cells>(
          `SELECT ${CELLS} FROM events e WHERE e.seq BETWEEN ? AND ? ORDER BY e.seq ${order}`,
        )
        .raw();
    this.#between = { asc: between('asc'), desc: between('desc') };
    const these = (order: string) =>
      db
        .prepare<[number[]], Cells>(
          `SELECT ${CELLS} FROM events e WHERE e.seq IN (${Array(AT_ONCE).fill('?').join(', ')}) ORDER BY e.seq ${order}`,
        )
        .raw();
    this.#these = { asc: these('asc'), desc: these('desc') };
  }

  /** The next part of an export, as bytes of its format. It says how far it came, and the next call goes on from there. */
  slice(filter: EventFilter, ask: ExportAsk): ExportSlice {
    return Object.keys(filter).length === 0 ? this.#everything(ask) : this.#matches(filter, ask);
  }

  #everything(ask: ExportAsk): ExportSlice {
    const deadline = performance.now() + SLICE_MS;
    const statement = this.#between[ask.order];
    const bytes = new SliceBytes(ask.format, ask.first);
    let looked = 0;
    let span = ask.span ?? FIRST_SPAN;
    let at = ask.after ?? (ask.order === 'asc' ? 0 : ask.upTo + 1);
    while (ask.order === 'asc' ? at < ask.upTo : at > 1) {
      const began = performance.now();
      const [low, high] = range(ask, at, span);
      for (const cells of statement.iterate(low, high)) {
        bytes.add(cells);
        looked += 1;
        if (!bytes.full && (looked % CLOCK_EVERY !== 0 || performance.now() < deadline)) continue;
        return bytes.slice({ at: cells[SEQ] as number, span, done: false });
      }
      at = ask.order === 'asc' ? high : low;
      const quick = performance.now() - began < SLICE_MS / 2;
      span = quick ? Math.min(span * 2, LARGEST_SPAN) : Math.max(FIRST_SPAN, Math.floor(span / 2));
      if (performance.now() >= deadline) break;
    }
    return bytes.slice({ at, span, done: ask.order === 'asc' ? at >= ask.upTo : at <= 1 });
  }

  /** A search that goes on from slice to slice: what it has looked up holds for all of them. */
  #matches(filter: EventFilter, { format, first, order, after, upTo }: ExportAsk): ExportSlice {
    const bytes = new SliceBytes(format, first);
    const ask: ScanAsk = {
      ...{ order, upTo, limit: Infinity, ms: SLICE_MS },
      after: after ?? (order === 'asc' ? 0 : upTo + 1),
      cancelled: () => bytes.full,
    };
    const rows = new MatchedRows(this.#these[order], (cells) => bytes.add(cells));
    const key = JSON.stringify([filter, order, upTo]);
    const reached = this.search.each(filter, ask, (seq) => rows.add(seq), this.#planOf(key, filter));
    rows.flush();
    if (reached === null) this.#plans.delete(key);
    const end = order === 'asc' ? upTo : 1;
    return bytes.slice({ at: reached ?? end, span: FIRST_SPAN, done: reached === null });
  }

  #planOf(key: string, filter: EventFilter): KeptSearch {
    const kept = this.#plans.get(key) ?? { node: filterTree(filter), plan: null };
    this.#plans.delete(key);
    this.#plans.set(key, kept);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > MOST_PLANS && oldest !== undefined) this.#plans.delete(oldest);
    return kept;
  }
}

/** Reads the events of a search many at a time, in its order: a statement for each takes as long as its row. */
class MatchedRows {
  readonly #waiting: number[] = [];

  constructor(
    private readonly statement: Statement<[number[]], Cells>,
    private readonly told: (cells: Cells) => void,
  ) {}

  /** True: whether it is still there is found out with the others. */
  add(seq: number): true {
    this.#waiting.push(seq);
    if (this.#waiting.length === AT_ONCE) this.flush();
    return true;
  }

  flush(): void {
    const last = this.#waiting.at(-1);
    if (last === undefined) return;
    while (this.#waiting.length < AT_ONCE) this.#waiting.push(last);
    for (const cells of this.statement.all(this.#waiting)) this.told(cells);
    this.#waiting.length = 0;
  }
}

function range({ order, upTo }: ExportAsk, at: number, span: number): [low: number, high: number] {
  return order === 'asc' ? [at + 1, Math.min(upTo, at + span)] : [Math.max(1, at - span), at - 1];
}

/** The bytes of a slice. Each line goes into them at once: a text of thousands of lines takes twice as long to encode. */
class SliceBytes {
  /** Not from Node's pool: it changes hands to another thread. */
  #buffer = Buffer.allocUnsafeSlow(SLICE_BYTES + ROOM);
  #length = 0;
  #events = 0;
  readonly #event: (row: ExportRow, first: boolean) => string;

  constructor(
    format: ExportFormat,
    private first: boolean,
  ) {
    this.#event = WRITERS[format].event;
  }

  get full(): boolean {
    return this.#length >= SLICE_BYTES;
  }

  add(cells: Cells): void {
    readIds(cells);
    const line = this.#event(cells, this.first);
    // A UTF-16 unit becomes 3 bytes at most.
    const needed = this.#length + line.length * 3;
    if (needed > this.#buffer.length) this.#grow(needed);
    this.#length += this.#buffer.write(line, this.#length);
    this.first = false;
    this.#events += 1;
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(needed);
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }

  slice(end: Pick<ExportSlice, 'at' | 'span' | 'done'>): ExportSlice {
    const bytes = new Uint8Array(this.#buffer.buffer, 0, this.#length);
    return { ...end, bytes, events: this.#events };
  }
}

/** Ids in place from hex digits; `hex(NULL)` is an empty text. */
function readIds(cells: Cells): void {
  cells[EVENT_ID] = uuidOf(cells[EVENT_ID] as string);
  cells[DUPLICATE_OF] = cells[DUPLICATE_OF] === '' ? null : uuidOf(cells[DUPLICATE_OF] as string);
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

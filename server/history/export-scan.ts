import type { Connection } from '../../db/client';
import { fromWire, type WireEvent } from '../../domain/events/envelope';
import { EXPORT_COLUMNS, WRITERS, type ExportFormat, type ExportRow } from '../../domain/export';
import { matcher } from '../../domain/query';
import type { AskedQuery, EventFilter } from '../../domain/realtime/contract';
import { filterSql } from './filter-sql';
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

/** Ids come as hex text: a Buffer for each would cost more than the rest of its row. */
const CELLS =
  'lower(hex(e.event_id)), e.seq, e.event_type, e.wire_type, e.payload, e.source, e.hostname, e.origin, e.timestamp, e.received_at, ' +
  "lower(hex(e.content_hash)), e.correlation_id, e.parent_event_id, lower(hex(e.duplicate_of)), e.queue_event_id, e.category, e.severity, e.config, e.node, e.model, ifnull(e.drift, '[]')";
const EVENT_ID = 0;
const SEQ = 1;
const DUPLICATE_OF = 13;

type Cells = (string | number | null)[];

/**
 * The next part of an export, as bytes of its format. It says how far it came, and the next call goes on from there:
 * no statement and no read transaction stays open between two calls.
 */
export function exportSlice(db: Connection, filter: EventFilter, ask: ExportAsk): ExportSlice {
  const deadline = performance.now() + SLICE_MS;
  const { from, where, params, seq, exact } = filterSql(filter);
  const sql = `SELECT ${CELLS} FROM ${from} WHERE ${where} AND ${seq} BETWEEN ? AND ? ORDER BY ${seq} ${ask.order}`;
  const statement = db.prepare<unknown[], Cells>(sql).raw();
  const passes = filter.asked && !exact ? rowMatcher(filter.asked) : null;
  const bytes = new SliceBytes(ask.format, ask.first);
  let looked = 0;
  let span = ask.span ?? FIRST_SPAN;
  let at = ask.after ?? (ask.order === 'asc' ? 0 : ask.upTo + 1);
  while (ask.order === 'asc' ? at < ask.upTo : at > 1) {
    const began = performance.now();
    const [low, high] = range(ask, at, span);
    for (const cells of statement.iterate(...params, low, high)) {
      readIds(cells);
      if (passes === null || passes(cells)) bytes.add(cells);
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

/** Decides where SQL cannot, as every other search does: on the event itself. */
function rowMatcher({ node, now }: AskedQuery): (cells: Cells) => boolean {
  const test = matcher(node);
  return (cells) => {
    const wire = Object.fromEntries(
      EXPORT_COLUMNS.map(([name, kind], column) => [
        name,
        kind === 'json' ? JSON.parse(cells[column] as string) : cells[column],
      ]),
    ) as unknown as WireEvent;
    return test(fromWire(wire), now);
  };
}

function uuidOf(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

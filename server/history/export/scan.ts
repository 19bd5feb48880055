import type { Connection } from '../../../db/client';
import type { ExportFormat } from '../../../domain/export';
import type { EventFilter } from '../../../domain/realtime/contract';
import { filterTree } from '../matching/filter-tree';
import type { SearchScan } from '../search/scan';
import type { KeptSearch, ScanAsk } from '../search/scan-run';
import type { ExportAsk, ExportSlice } from '../query-types';
import { LineReader, type Lines, type Order } from './lines';
import { SLICE_BYTES, SliceBytes } from './slice-bytes';

/** A search for a slice ends after so long, or when its bytes are full: whoever else asks this reader waits no longer than that. */
const SLICE_MS = 20;
/** Events that are read at once: at first, and at the most. */
const FIRST_EVENTS = 256;
const MOST_EVENTS = 2_048;
/** Matches of a search that are read together. */
const AT_ONCE = 64;

/** Exports whose plan is kept for their next slice: as many as there may be at a time. */
const MOST_PLANS = 8;

/** Exports in slices: no statement and no read transaction stays open between two of them. */
export class ExportScan {
  readonly #readers = new Map<string, LineReader>();
  readonly #plans = new Map<string, KeptSearch>();
  /** So many events fill a slice, as the last one was. */
  #events = FIRST_EVENTS;

  constructor(
    private readonly db: Connection,
    private readonly search: SearchScan,
  ) {}

  /** The next part of an export, as bytes of its format. It says how far it came, and the next call goes on from there. */
  slice(filter: EventFilter, ask: ExportAsk): ExportSlice {
    return Object.keys(filter).length === 0 ? this.#everything(ask) : this.#matches(filter, ask);
  }

  #everything({ format, order, after, upTo, first }: ExportAsk): ExportSlice {
    const range = order === 'asc' ? [(after ?? 0) + 1, upTo] : [1, Math.min(upTo, (after ?? Infinity) - 1)];
    const lines = this.#reader(format, order, 'between').read(range, this.#events, first);
    if (lines === null) return new SliceBytes().slice({ at: order === 'asc' ? upTo : 1, done: true });
    const { bytes, events, end } = lines;
    const filling = Math.floor((SLICE_BYTES * events) / Math.max(1, bytes.length));
    this.#events = Math.min(MOST_EVENTS, Math.max(1, filling));
    const done = end === (order === 'asc' ? upTo : 1);
    return { bytes: bytes as Uint8Array<ArrayBuffer>, events, at: end, done };
  }

  /** A search that goes on from slice to slice: what it has looked up holds for all of them. */
  #matches(filter: EventFilter, { format, first, order, after, upTo }: ExportAsk): ExportSlice {
    const bytes = new SliceBytes();
    const ask: ScanAsk = {
      ...{ order, upTo, limit: Infinity, ms: SLICE_MS },
      after: after ?? (order === 'asc' ? 0 : upTo + 1),
      cancelled: () => bytes.full,
    };
    const reader = this.#reader(format, order, 'these');
    const rows = new MatchedRows(
      (seqs, count) => reader.readList(seqs, count, first && bytes.events === 0),
      (lines) => bytes.add(lines),
    );
    const key = JSON.stringify([filter, order, upTo]);
    const reached = this.search.each(filter, ask, (seq) => rows.add(seq), this.#planOf(key, filter));
    rows.flush();
    if (reached === null) this.#plans.delete(key);
    const end = order === 'asc' ? upTo : 1;
    return bytes.slice({ at: reached ?? end, done: reached === null });
  }

  #reader(format: ExportFormat, order: Order, which: keyof typeof WHERE): LineReader {
    const key = `${format} ${order} ${which}`;
    let reader = this.#readers.get(key);
    if (!reader) this.#readers.set(key, (reader = new LineReader(this.db, format, WHERE[which], order)));
    return reader;
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

const WHERE = {
  between: 'e.seq BETWEEN ? AND ?',
  these: `e.seq IN (${Array(AT_ONCE).fill('?').join(', ')})`,
} as const;

/** Reads the events of a search many at a time, in its order: a statement for each takes as long as its row. */
class MatchedRows {
  readonly #waiting: number[] = [];

  constructor(
    private readonly read: (seqs: readonly number[], count: number) => Lines | null,
    private readonly told: (lines: Lines) => void,
  ) {}

  /** True: whether it is still there is found out with the others. */
  add(seq: number): true {
    this.#waiting.push(seq);
    if (this.#waiting.length === AT_ONCE) this.flush();
    return true;
  }

  flush(): void {
    for (let left: readonly number[] = this.#waiting; left.length > 0;) {
      const last = left.at(-1) ?? 0;
      const seqs = Array.from({ length: AT_ONCE }, (_, place) => left[place] ?? last);
      const lines = this.read(seqs, left.length);
      if (lines === null) break;
      this.told(lines);
      // Large ones are not read all together.
      left = left.slice(left.indexOf(lines.end) + 1);
    }
    this.#waiting.length = 0;
  }
}

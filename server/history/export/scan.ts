import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import type { ExportFormat } from '../../../domain/export';
import type { EventFilter } from '../../../domain/realtime/contract';
import { filterTree } from '../facets/filter-tree';
import type { SearchScan } from '../search/scan';
import type { KeptSearch, ScanAsk } from '../search/scan-run';
import type { ExportAsk, ExportSlice } from '../types';
import { AT_ONCE, ExportLines, type LineCells } from './lines';
import { SliceBytes } from './slice-bytes';

/** A slice ends after so long or when its bytes are full: whoever else asks this reader waits no longer than that. */
const SLICE_MS = 20;
/** Asking for the time costs a tenth of a row. */
const CLOCK_EVERY = 16;
/** A statement looks at so many seqs at first, at twice as many after one that was quick. */
const FIRST_SPAN = 4_000;
const LARGEST_SPAN = 128_000;

/** Exports whose plan is kept for their next slice: as many as there may be at a time. */
const MOST_PLANS = 8;

/** Exports in slices: no statement and no read transaction stays open between two of them. */
export class ExportScan {
  readonly #lines = new Map<ExportFormat, ExportLines>();
  readonly #plans = new Map<string, KeptSearch>();

  constructor(
    private readonly db: Connection,
    private readonly search: SearchScan,
  ) {}

  /** The next part of an export, as bytes of its format. It says how far it came, and the next call goes on from there. */
  slice(filter: EventFilter, ask: ExportAsk): ExportSlice {
    return Object.keys(filter).length === 0 ? this.#everything(ask) : this.#matches(filter, ask);
  }

  #everything(ask: ExportAsk): ExportSlice {
    const deadline = performance.now() + SLICE_MS;
    const lines = this.#linesOf(ask.format);
    const statement = lines.between[ask.order];
    const bytes = new SliceBytes();
    let looked = 0;
    let span = ask.span ?? FIRST_SPAN;
    let at = ask.after ?? (ask.order === 'asc' ? 0 : ask.upTo + 1);
    while (ask.order === 'asc' ? at < ask.upTo : at > 1) {
      const began = performance.now();
      const [low, high] = range(ask, at, span);
      for (const cells of statement.iterate(low, high)) {
        bytes.add(lines.line(cells, ask.first && bytes.events === 0));
        looked += 1;
        if (!bytes.full && (looked % CLOCK_EVERY !== 0 || performance.now() < deadline)) continue;
        return bytes.slice({ at: cells[0], span, done: false });
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
    const bytes = new SliceBytes();
    const ask: ScanAsk = {
      ...{ order, upTo, limit: Infinity, ms: SLICE_MS },
      after: after ?? (order === 'asc' ? 0 : upTo + 1),
      cancelled: () => bytes.full,
    };
    const lines = this.#linesOf(format);
    const rows = new MatchedRows(lines.these[order], (cells) =>
      bytes.add(lines.line(cells, first && bytes.events === 0)),
    );
    const key = JSON.stringify([filter, order, upTo]);
    const reached = this.search.each(filter, ask, (seq) => rows.add(seq), this.#planOf(key, filter));
    rows.flush();
    if (reached === null) this.#plans.delete(key);
    const end = order === 'asc' ? upTo : 1;
    return bytes.slice({ at: reached ?? end, span: FIRST_SPAN, done: reached === null });
  }

  #linesOf(format: ExportFormat): ExportLines {
    let lines = this.#lines.get(format);
    if (!lines) this.#lines.set(format, (lines = new ExportLines(this.db, format)));
    return lines;
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
    private readonly statement: Statement<[number[]], LineCells>,
    private readonly told: (cells: LineCells) => void,
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

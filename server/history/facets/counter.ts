import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import type { Summary, SummaryOptions } from '../query-types';
import { binsBetween } from './tallies/bins';
import { blockOf, SLOTS } from '../blocks/block';
import { SHORT } from './steps/block-scan';
import { BlockStore } from '../blocks/block-store';
import { clockOf } from './steps/count-clock';
import { ColumnCache } from '../blocks/column-cache';
import { Counting } from './counting';
import { filterTree, timesOf } from '../matching/filter-tree';
import type { Counted } from './steps/count-steps';
import { KeptCounts, keptKey } from './tallies/kept-counts';
import type { Stretch } from './leaves/leaf-finder';
import { LeafFinder } from './leaves/leaf-finder';
import { OpenBlock } from '../blocks/open-block';
import { RemovedCounts } from './tallies/removed-counts';
import { RowReader } from '../matching/row-reader';
import { EXACT_UP_TO } from './summary';
import type { Bins } from './tallies/tally';

/** A count looks for so long, then tells what it has made out. */
export const COUNT_MS = 220;
/** So long it goes on where it has made out that few match: their number is to be exact, rather late than wrong. */
const FEW_MS = 1_000;
/** So long goes one that shall be exact. */
const PATIENT_MS = 60_000;
/** One that shall be exact gives way to others so often. */
const PAUSE_EVERY_MS = 15;
/** Blocks whose columns are read in one step. */
const WARMED = 16;
/** Columns of blocks that are kept in memory: those of some eleven million events. The counter's thread ends when nobody counts. */
const COLUMN_BYTES = 80 * 1024 * 1024;

/**
 * Counts what a filter matches, by dimension and over time. Blocks decide what they can, the word index and the events
 * themselves the rest. Both are visited in an order of which every beginning lies evenly over history: where time runs
 * out, what was seen is a sample, and the answer an estimate that says so.
 */
export class FacetCounter {
  readonly #blocks: BlockStore;
  readonly #open: OpenBlock;
  readonly #rows: RowReader;
  readonly #leaves: LeafFinder;
  readonly #removed: RemovedCounts;
  readonly #kept = new KeptCounts();

  constructor(private readonly db: Connection) {
    this.#blocks = new BlockStore(db, new ColumnCache(COLUMN_BYTES));
    this.#open = new OpenBlock(db, this.#blocks);
    this.#rows = new RowReader(db);
    this.#leaves = new LeafFinder(db, this.#blocks, this.#rows);
    this.#removed = new RemovedCounts(db);
  }

  /** Reads the dictionaries of all blocks, which the first count would have to. */
  prepare(): void {
    this.#blocks.catalog.follow();
  }

  /** Reads what the first counts would have to besides, a millisecond or two a step: the columns of the blocks, the newest first. */
  *warm(): Generator<undefined, void> {
    for (let to = this.#blocks.catalog.size; to > 0; to -= WARMED) {
      for (let block = Math.max(0, to - WARMED); block < to; block++) this.#blocks.keepColumns(block);
      yield;
    }
    yield* this.#leaves.warm();
  }

  /** An answer soon: exact where few match, as far as that takes no longer than a moment. */
  async answer(
    filter: EventFilter,
    { buckets, ms = COUNT_MS, fewMs = FEW_MS }: SummaryOptions,
    cancelled: () => boolean,
  ): Promise<Summary> {
    const clock = clockOf(ms);
    const counting = this.#begin(filter, buckets, cancelled);
    const soon = finished(counting.soon(clock, fewMs > 0));
    if (soon !== null && (!soon.summary.countable || fewMs === 0)) return soon.summary;
    const later = await this.#patiently(counting.on(clockOf(fewMs), EXACT_UP_TO));
    return soon === null || later.exact ? later : soon.summary;
  }

  count(filter: EventFilter, { buckets, ms = COUNT_MS }: SummaryOptions, cancelled: () => boolean): Summary {
    const clock = clockOf(ms);
    return finished(this.#begin(filter, buckets, cancelled).count(clock)).summary;
  }

  /**
   * The same for as long as it takes, up to a minute, or until more than 100,000 match. Others are answered meanwhile, and
   * who asks again is answered from what was counted here.
   */
  exact(
    filter: EventFilter,
    { buckets, ms = PATIENT_MS }: SummaryOptions,
    cancelled: () => boolean,
  ): Promise<Summary> {
    return this.#patiently(this.#begin(filter, buckets, cancelled).on(clockOf(ms), EXACT_UP_TO));
  }

  /** Gives way to others, and keeps what came of it. */
  async #patiently(counting: Generator<undefined, Counted>): Promise<Summary> {
    for (let paused = performance.now(); ;) {
      const { done, value } = counting.next();
      if (done) {
        if (value.summary.exact && value.keep !== null) this.#kept.add(value.keep, value.tally);
        return value.summary;
      }
      if (performance.now() - paused < PAUSE_EVERY_MS) continue;
      await new Promise(setImmediate);
      paused = performance.now();
    }
  }

  #begin(filter: EventFilter, buckets: number, cancelled: () => boolean): Counting {
    // Not within its time: whatever comes of the first count, the next ones have them.
    this.prepare();
    const node = filterTree(filter);
    const now = filter.asked?.now ?? 0;
    const head = this.#one('SELECT max(seq) FROM events') ?? 0;
    const times = timesOf(node, now);
    const bins = this.#bins(times, buckets, this.#removed.firstAt(filter, times));
    const { catalog } = this.#blocks;
    catalog.check();
    this.#open.refresh(head);
    const end = head === 0 ? 0 : blockOf(head);
    const events = catalog.eventsBelow(end);
    const key = end > SHORT && !Number.isNaN(events) ? keptKey(node, bins) : null;
    const keep = key === null ? null : { key, bins, blocks: end, events };
    const kept = keep && this.#kept.find(keep, catalog);
    const blocks = this.#blocks
      .within(times.since, times.until, head === 0 ? 0 : end + 1)
      .filter((block) => block >= (kept?.blocks ?? 0));
    const looking = this.#leaves.begin(node, now, stretchOf(blocks, head));
    const removed = bins && this.#removed.bars(filter, times, bins);
    return new Counting(
      { blocks: this.#blocks, open: this.#open, rows: this.#rows },
      { node, now, bins, end, cancelled },
      looking,
      blocks,
      { kept: kept?.tally ?? null, removed, keep },
    );
  }

  #bins(
    { since, until }: { since: number; until: number },
    buckets: number,
    firstRemoved: number | null,
  ): Bins | null {
    const first = this.#one('SELECT min(timestamp) FROM events');
    const last = this.#one('SELECT max(timestamp) FROM events');
    if (first === null || last === null || buckets === 0) return null;
    const from = firstRemoved === null ? first : Math.min(first, firstRemoved);
    return binsBetween(Math.max(from, since), Math.min(last, until), buckets);
  }

  #one(sql: string): number | null {
    return this.db.prepare<[], number | null>(sql).pluck().get() ?? null;
  }
}

/** Without giving way. */
function finished<Result>(counting: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = counting.next();
    if (done) return value;
  }
}

function stretchOf(blocks: readonly number[], head: number): Stretch {
  const [first, last] = [blocks[0] ?? 0, blocks.at(-1) ?? 0];
  return { from: first * SLOTS, to: Math.min(head, (last + 1) * SLOTS) };
}

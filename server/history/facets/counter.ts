import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import type { Summary, SummaryOptions } from '../query-types';
import { binsBetween } from './bins';
import { blockOf, SLOTS } from './block';
import { BlockScan, SHORT } from './block-scan';
import { BlockStore } from './block-store';
import { clockOf } from './clock';
import { ColumnCache } from './column-cache';
import { EventCheck, type Ask } from './event-check';
import { filterTree, timesOf } from './filter-tree';
import type { Counted } from './findings';
import { fits, KeptCounts, keptKey, type Kept } from './kept-counts';
import type { Stretch } from './leaf-finder';
import { LeafFinder } from './leaf-finder';
import { OpenBlock } from './open-block';
import { RemovedCounts } from './removed';
import { RowReader } from './row-reader';
import { EXACT_UP_TO, summaryOf } from './summary';
import { surestFirst } from './surest-first';
import type { Bins } from './tally';

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
/** The share of the time after which words are no longer looked up. */
const WORDS_SHARE = 0.8;
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
  readonly #scan: BlockScan;
  readonly #rows: RowReader;
  readonly #leaves: LeafFinder;
  readonly #removed: RemovedCounts;
  readonly #kept = new KeptCounts();

  constructor(private readonly db: Connection) {
    this.#blocks = new BlockStore(db, new ColumnCache(COLUMN_BYTES));
    this.#open = new OpenBlock(db, this.#blocks);
    this.#scan = new BlockScan(this.#blocks, this.#open);
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
    { fewMs = FEW_MS, ...options }: SummaryOptions,
    cancelled: () => boolean,
  ): Promise<Summary> {
    const quick = this.count(filter, options, cancelled);
    if (!quick.countable || fewMs === 0) return quick;
    const counted = await this.exact(filter, { ...options, ms: fewMs }, cancelled);
    return counted.exact ? counted : quick;
  }

  count(filter: EventFilter, { buckets, ms = COUNT_MS }: SummaryOptions, cancelled: () => boolean): Summary {
    // Not within its time: whatever comes of the first count, the next ones have them.
    this.prepare();
    const counting = this.#counting(filter, buckets, { clock: clockOf(ms), patient: false, cancelled });
    for (;;) {
      const { done, value } = counting.next();
      if (done) return value.summary;
    }
  }

  /**
   * The same for as long as it takes, up to a minute, or until more than 100,000 match. Others are answered meanwhile, and
   * who asks again is answered from what was counted here.
   */
  async exact(
    filter: EventFilter,
    { buckets, ms = PATIENT_MS }: SummaryOptions,
    cancelled: () => boolean,
  ): Promise<Summary> {
    const how = { clock: clockOf(ms), patient: true, cancelled };
    const older = await this.#patiently(this.#counting(filter, buckets, how));
    const { summary, keep, tally } = older;
    if (!summary.exact || keep === null) return summary;
    this.#kept.add(keep, tally);
    const rest = this.#counting(filter, buckets, how, { ...keep, tally });
    return (await this.#patiently(rest)).summary;
  }

  async #patiently(counting: Generator<undefined, Counted>): Promise<Counted> {
    for (let paused = performance.now(); ;) {
      const { done, value } = counting.next();
      if (done) return value;
      if (performance.now() - paused < PAUSE_EVERY_MS) continue;
      await new Promise(setImmediate);
      paused = performance.now();
    }
  }

  /**
   * Yields where it may be left for a moment. A patient count leaves out the newest block, which is not full yet; it is counted
   * with what was made of the others as its `base`.
   */
  *#counting(
    filter: EventFilter,
    buckets: number,
    how: Pick<Ask, 'clock' | 'patient' | 'cancelled'>,
    base: Kept | null = null,
  ): Generator<undefined, Counted> {
    const { clock, patient } = how;
    const node = filterTree(filter);
    const now = filter.asked?.now ?? 0;
    const head = this.#one('SELECT max(seq) FROM events') ?? 0;
    const times = timesOf(node, now);
    const bins = this.#bins(times, buckets, this.#removed.firstAt(filter, times));
    const { catalog } = this.#blocks;
    catalog.check();
    this.#open.refresh(head);
    const full = head === 0 ? 0 : blockOf(head);
    const events = catalog.eventsBelow(full);
    const key = full > SHORT && !Number.isNaN(events) ? keptKey(node, bins) : null;
    const keep = base === null && key !== null ? { key, bins, blocks: full, events } : null;
    const known = patient || keep === null ? base : this.#kept.find(keep, catalog);
    const kept = known !== null && fits(known.bins, bins) ? known : null;
    const end = patient && keep !== null ? full : head === 0 ? 0 : blockOf(head) + 1;
    const blocks = this.#blocks
      .within(times.since, times.until, end)
      .filter((block) => block >= (kept?.blocks ?? 0));
    const leaves = this.#leaves.find(node, now, stretchOf(blocks, head), () => clock.left(WORDS_SHARE));
    const ask: Ask = {
      node: surestFirst(node, leaves, (field) => catalog.shareOf(field)),
      now,
      bins,
      ...how,
    };
    const scanned = yield* this.#scan.run(ask, leaves, blocks);
    const limit = patient ? EXACT_UP_TO - scanned.tally.total : Infinity;
    const checked = yield* new EventCheck(this.#rows, ask).run(scanned.undecided, limit);
    const removed = bins === null ? null : this.#removed.bars(filter, times, bins);
    return summaryOf({ scanned, checked, kept: kept?.tally ?? null, removed }, bins, keep);
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

function stretchOf(blocks: readonly number[], head: number): Stretch {
  const [first, last] = [blocks[0] ?? 0, blocks.at(-1) ?? 0];
  return { from: first * SLOTS, to: Math.min(head, (last + 1) * SLOTS) };
}

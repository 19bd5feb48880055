import type { QueryNode } from '../../../domain/query';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import type { Summary, SummaryOptions } from '../types';
import { binsBetween } from './bins';
import { slotsOf } from './bits';
import type { Block } from './block';
import { blockOf, SLOTS } from './block';
import { BlockStore } from './block-store';
import { clockOf } from './clock';
import { ColumnCache } from './column-cache';
import { EventCheck, type Ask, type Undecided } from './event-check';
import { filterTree, readsWords, timesOf } from './filter-tree';
import { fits, KeptCounts, keptKey, type Kept, type KeptPlace } from './kept-counts';
import type { Stretch } from './leaf-finder';
import { LeafFinder } from './leaf-finder';
import type { Leaves } from './masks';
import type { Mask } from './mask-logic';
import { boundsOf, presentMask } from './masks';
import { and, not } from './mask-logic';
import { RemovedCounts } from './removed';
import { RowReader } from './row-reader';
import { spread } from './spread';
import { EXACT_UP_TO, summaryOf } from './summary';
import type { Bins } from './tally';
import { Tally } from './tally';

/** A count looks for so long, then tells what it has made out. */
export const COUNT_MS = 220;
/** So long goes one that shall be exact. */
const PATIENT_MS = 60_000;
/** One that shall be exact gives way to others so often. */
const PAUSE_EVERY_MS = 15;
/** Shares of the time after which words are no longer looked up, and blocks no longer read where events wait to be. */
const WORDS_SHARE = 0.5;
const BLOCKS_SHARE = 0.65;
/** Columns of blocks that are kept in memory: those of some nine million events. The counter's thread ends when nobody counts. */
const COLUMN_BYTES = 64 * 1024 * 1024;
/** So many blocks, 131,072 events, are all read however late it is: a short history is always counted in full. */
const SHORT = 32;

export interface Scanned {
  readonly tally: Tally;
  readonly undecided: readonly Undecided[];
  readonly blocks: number;
  readonly visited: number;
  readonly events: number;
}

/**
 * Counts what a filter matches, by dimension and over time. Blocks decide what they can, the word index and the events
 * themselves the rest. Both are visited in an order of which every beginning lies evenly over history: where time runs
 * out, what was seen is a sample, and the answer an estimate that says so.
 */
export class FacetCounter {
  readonly #blocks: BlockStore;
  readonly #rows: RowReader;
  readonly #leaves: LeafFinder;
  readonly #removed: RemovedCounts;
  readonly #kept = new KeptCounts();

  constructor(private readonly db: Connection) {
    this.#blocks = new BlockStore(db, new ColumnCache(COLUMN_BYTES));
    this.#rows = new RowReader(db);
    this.#leaves = new LeafFinder(db, this.#blocks);
    this.#removed = new RemovedCounts(db);
  }

  count(filter: EventFilter, { buckets, ms = COUNT_MS }: SummaryOptions, cancelled: () => boolean): Summary {
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
    const leaves = this.#leaves.find(node, stretchOf(blocks, head), () => clock.left(WORDS_SHARE));
    const open = readsWords(node) && !allExact(node, leaves);
    const ask: Ask = { node, now, bins, ...how };
    const scanned = yield* this.#scan(ask, leaves, blocks, open ? BLOCKS_SHARE : 1);
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

  *#scan(ask: Ask, leaves: Leaves, blocks: readonly number[], share: number): Generator<undefined, Scanned> {
    const tally = new Tally(ask.bins);
    const undecided: Undecided[] = [];
    let [visited, events] = [0, 0];
    const begun = performance.now();
    const late = (): boolean =>
      ask.cancelled() ||
      (blocks.length > SHORT && ask.clock.late(share, visited, blocks.length - visited, begun));
    for (const place of spread(blocks.length)) {
      if (visited > 0 && late()) break;
      yield;
      const number = blocks[place] ?? 0;
      visited += 1;
      this.#blocks.look(number, (block) => {
        const rest = this.#visit(block, ask, leaves, tally);
        if (rest !== false) undecided.push({ block: number, slots: slotsIn(rest) });
        events += block.events;
      });
    }
    return { tally, undecided, blocks: blocks.length, visited, events };
  }

  /** Counts what certainly matches; what may match besides. */
  #visit(block: Block, { node, now }: Ask, leaves: Leaves, tally: Tally): Mask {
    const bounds = boundsOf(node, block, leaves, now);
    const must = bounds.must === true ? true : and(bounds.must, presentMask(block));
    const decided = bounds.may === bounds.must || must === true;
    const rest = decided ? false : and(and(bounds.may, presentMask(block)), not(must));
    tally.add(block, must);
    return rest;
  }
}

/** An answer, and what it was made of: where it may be kept, the place for it. */
export interface Counted {
  readonly summary: Summary;
  readonly tally: Tally;
  readonly keep: KeptPlace | null;
}

/** Of `of` undecided events so many were looked at; the tally has those that match. */
export interface Checked {
  readonly tally: Tally;
  readonly looked: number;
  readonly of: number;
}

function stretchOf(blocks: readonly number[], head: number): Stretch {
  const [first, last] = [blocks[0] ?? 0, blocks.at(-1) ?? 0];
  return { from: first * SLOTS, to: Math.min(head, (last + 1) * SLOTS) };
}

function allExact(node: QueryNode, leaves: Leaves): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every((part) => allExact(part, leaves));
  if (node.kind === 'not') return allExact(node.part, leaves);
  return !readsWords(node) || leaves.get(node)?.exact === true;
}

const slotsIn = (mask: Mask): Uint16Array | null => (typeof mask === 'boolean' ? null : slotsOf(mask));

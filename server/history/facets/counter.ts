import type { QueryNode } from '../../../domain/query';
import { matcher } from '../../../domain/query';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import type { Summary, SummaryOptions } from '../types';
import { binsBetween } from './bins';
import { blockOf, seqAt, SLOTS } from './block';
import { BlockStore } from './block-store';
import { filterTree, readsWords, timesOf } from './filter-tree';
import type { Stretch } from './leaf-finder';
import { LeafFinder } from './leaf-finder';
import type { Leaves, Mask } from './masks';
import { and, boundsOf, not, presentMask, slotsOf } from './masks';
import { RemovedCounts } from './removed';
import { RowReader } from './row-reader';
import { spread } from './spread';
import { summaryOf } from './summary';
import type { Bins } from './tally';
import { Tally } from './tally';

/** A count looks for so long, then tells what it has made out. */
export const COUNT_MS = 220;
/** Shares of that time after which words are no longer looked up, and blocks no longer read where events wait to be. */
const WORDS_SHARE = 0.5;
const BLOCKS_SHARE = 0.65;
/** Events of one block that are looked at in a row. */
const RUN = 16;
/** Fewer events than this say nothing about the others, however late it is. */
const LEAST = 512;
/** So many blocks, 131,072 events, are all read however late it is: a short history is always counted in full. */
const SHORT = 32;

/** Events of a block of which only their payload can tell whether they match; all of the block where `slots` is null. */
interface Undecided {
  readonly block: number;
  readonly slots: Uint16Array | null;
}
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

  constructor(private readonly db: Connection) {
    this.#blocks = new BlockStore(db);
    this.#rows = new RowReader(db);
    this.#leaves = new LeafFinder(db, this.#rows);
    this.#removed = new RemovedCounts(db);
  }

  count(filter: EventFilter, { buckets, ms = COUNT_MS }: SummaryOptions, cancelled: () => boolean): Summary {
    const begun = performance.now();
    const late = (share: number) => () => performance.now() - begun > ms * share || cancelled();
    const node = filterTree(filter);
    const now = filter.asked?.now ?? 0;
    const head = this.#one('SELECT max(seq) FROM events') ?? 0;
    const times = timesOf(node, now);
    const bins = this.#bins(times, buckets, this.#removed.firstAt(filter, times));
    const blocks = this.#blocks.within(times.since, times.until, head === 0 ? 0 : blockOf(head) + 1);
    const leaves = this.#leaves.find(node, stretchOf(blocks, head), now, late(WORDS_SHARE));
    const open = readsWords(node) && !allExact(node, leaves);
    const scanLate = late(open ? BLOCKS_SHARE : 1);
    const scanned = this.#scan(
      { node, now, leaves, bins, blocks },
      (visited) => visited > 0 && (cancelled() || (blocks.length > SHORT && scanLate())),
    );
    const enough = (looked: number): boolean => cancelled() || (looked >= LEAST && late(1)());
    const checked = this.#check(scanned.undecided, { node, now, bins }, enough);
    const removed = bins === null ? null : this.#removed.bars(filter, times, bins);
    return summaryOf(scanned, checked, bins, removed);
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

  #scan(
    ask: { node: QueryNode; now: number; leaves: Leaves; bins: Bins | null; blocks: readonly number[] },
    late: (visited: number) => boolean,
  ): Scanned {
    const tally = new Tally(ask.bins);
    const undecided: Undecided[] = [];
    let [visited, events] = [0, 0];
    for (const place of spread(ask.blocks.length)) {
      if (late(visited)) break;
      const block = this.#blocks.get(ask.blocks[place] ?? 0);
      visited += 1;
      events += block.events;
      const bounds = boundsOf(ask.node, block, ask.leaves, ask.now);
      const must = bounds.must === true ? true : and(bounds.must, presentMask(block));
      tally.add(block, must);
      if (bounds.may === bounds.must || must === true) continue;
      const rest = and(and(bounds.may, presentMask(block)), not(must));
      if (rest !== false) undecided.push({ block: block.block, slots: slotsIn(rest) });
    }
    return { tally, undecided, blocks: ask.blocks.length, visited, events };
  }

  /** Looks at the undecided events themselves, a few of each block, then the next few. */
  #check(
    undecided: readonly Undecided[],
    { node, now, bins }: { node: QueryNode; now: number; bins: Bins | null },
    enough: (looked: number) => boolean,
  ): Checked {
    const tally = new Tally(bins);
    const test = matcher(node);
    const of = undecided.reduce((sum, { slots }) => sum + (slots?.length ?? SLOTS), 0);
    let looked = 0;
    for (const seqs of runs(undecided)) {
      if (enough(looked)) break;
      for (const seq of seqs) {
        const row = this.#rows.one(seq);
        looked += 1;
        if (row && test(row.event, now)) tally.addOne(row.timestamp, row.values);
      }
    }
    return { tally, looked, of };
  }
}

/** Of `of` undecided events so many were looked at; the tally has those that match. */
export interface Checked {
  readonly tally: Tally;
  readonly looked: number;
  readonly of: number;
}

function stretchOf(blocks: readonly number[], head: number): Stretch {
  const [first, last] = [blocks[0] ?? 0, blocks.at(-1) ?? 0];
  return { from: first * SLOTS, to: Math.min(head, (last + 1) * SLOTS), head };
}

function allExact(node: QueryNode, leaves: Leaves): boolean {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every((part) => allExact(part, leaves));
  if (node.kind === 'not') return allExact(node.part, leaves);
  return !readsWords(node) || leaves.get(node)?.exact === true;
}

const slotsIn = (mask: Mask): Uint16Array | null => (mask instanceof Uint8Array ? slotsOf(mask) : null);

/** The seqs of all undecided events in short runs: one run of each block, then the next of each. */
function* runs(undecided: readonly Undecided[]): Generator<number[]> {
  const longest = Math.max(0, ...undecided.map(({ slots }) => slots?.length ?? SLOTS));
  for (let start = 0; start < longest; start += RUN) {
    for (const { block, slots } of undecided) {
      const length = slots?.length ?? SLOTS;
      if (start >= length) continue;
      // Not always the first events of a block: it may begin with a burst that is everywhere the same.
      const shift = (block * 2_654_435_761) % length;
      const seqs: number[] = [];
      for (let place = start; place < Math.min(length, start + RUN); place++) {
        const at = (place + shift) % length;
        seqs.push(seqAt(block, slots ? (slots[at] ?? 0) : at));
      }
      yield seqs;
    }
  }
}

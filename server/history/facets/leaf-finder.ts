import { textMatcher, type QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { uuidToBytes } from '../bytes';
import { comparisonLeaf } from '../values/comparison';
import { ValueFinder, ValueLeaf } from '../values/value-finder';
import { SetLeaf } from '../words/set-leaf';
import { WordFinder, type Blocks } from '../words/word-finder';
import { blockOf, SLOTS } from './block';
import type { BlockStore } from './block-store';
import { candidates, leftOpen, type Question } from './left-open';
import { lookUpsOf, type LookUp } from './look-ups';
import { FIELDS_ALONE, listedLeaf, type Leaf } from './masks';
import type { RowReader } from './row-reader';

/** Lists of words that are kept from one count to the next: a dozen of ten million events each. */
const WORD_BYTES = 16 * 1024 * 1024;
/** What takes no longer than judging whether it is worth it. */
const AT_ONCE_MS = 2;

/** Seqs that can hold a match: above `from`, up to `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Looks up the parts of a query that no block can decide, as far as that is quicker than reading the events. */
export class LeafFinder {
  readonly #words: WordFinder;
  readonly #values: ValueFinder;

  constructor(
    private readonly db: Connection,
    private readonly blocks: BlockStore,
    private readonly rows: RowReader,
  ) {
    this.#values = new ValueFinder(db);
    this.#words = new WordFinder(db, WORD_BYTES);
  }

  /** Makes columns of the newest events' values, which the first comparisons would have to, a few milliseconds a step. */
  warm(): Generator<undefined, void> {
    return this.#values.warm();
  }

  /** `left` says how many milliseconds there are; a part that cannot be found out within them is left out. */
  find(node: QueryNode, now: number, stretch: Stretch, left: () => number): Map<QueryNode, Leaf> {
    const found = new Map<QueryNode, Leaf>();
    const blocks = {
      first: blockOf(stretch.from + 1),
      last: blockOf(Math.max(stretch.from + 1, stretch.to)),
    };
    const lookUps = leavesOf(node).flatMap((leaf) => this.#lookUps(leaf, found, blocks));
    this.#lookUp({ node, now, blocks }, lookUps, found, left);
    return found;
  }

  /** What is known of a part at once goes into `found`; told is what may be looked up besides. */
  #lookUps(leaf: QueryNode, found: Map<QueryNode, Leaf>, blocks: Blocks): LookUp[] {
    if (leaf.kind === 'field') found.set(leaf, listedLeaf(this.#byIds(leaf.values), true));
    if (leaf.kind === 'text') {
      found.set(leaf, FIELDS_ALONE);
      return lookUpsOf(leaf, this.#words, blocks, () => this.blocks.catalog.mayName(textMatcher(leaf)));
    }
    if (leaf.kind !== 'payload') return [];
    const values = comparisonLeaf(leaf, this.#values, this.#words, blocks);
    found.set(leaf, values);
    // What columns leave open is read or looked up.
    const reading = values.open(blocks.first, blocks.last) * this.rows.apartMs;
    return reading === 0
      ? []
      : lookUpsOf(leaf, this.#words, blocks, () => false).filter(({ ms }) => ms < reading);
  }

  /** The quickest first, until to read what may match takes no longer than the next. */
  #lookUp(asked: Question, all: readonly LookUp[], found: Map<QueryNode, Leaf>, left: () => number): void {
    const { first, last } = asked.blocks;
    const [events, rowMs] = [(last - first + 1) * SLOTS, this.rows.apartMs];
    let pending = [...all].sort((a, b) => a.ms - b.ms);
    let open = events;
    while (pending.length > 0) {
      if ((pending[0]?.ms ?? 0) > AT_ONCE_MS) open = leftOpen(this.blocks, asked, found);
      const next = pending.find((each) => each.isWorth((open / events) * rowMs));
      if (next === undefined || next.ms > left() || next.ms > open * rowMs) return;
      const some = next.find(candidates(asked.node, found), () => left() <= 0);
      pending = pending.filter((each) => each !== next && !next.instead.includes(each));
      if (some === null) continue;
      const [told, known] = [new SetLeaf(some, next.exact), found.get(next.leaf)];
      found.set(next.leaf, known instanceof ValueLeaf ? known.beside(told) : told);
    }
  }

  #byIds(ids: readonly string[]): number[] {
    const marks = ids.map(() => '?').join(', ');
    return this.db
      .prepare<unknown[], number>(`SELECT seq FROM events WHERE event_id IN (${marks})`)
      .pluck()
      .all(...ids.map(uuidToBytes));
  }
}

function leavesOf(node: QueryNode): QueryNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(leavesOf);
  if (node.kind === 'not') return leavesOf(node.part);
  const undecided = node.kind === 'text' || node.kind === 'payload';
  return undecided || (node.kind === 'field' && node.field === 'id') ? [node] : [];
}

import { textMatcher, type QueryNode } from '../../../../domain/query';
import type { Connection } from '../../../../db/client';
import { uuidToBytes } from '../../sql/uuid-bytes';
import { comparisonLeaf } from '../../values/comparison';
import type { FoundWords } from '../../words/kept-words';
import { ValueFinder, ValueLeaf } from '../../values/value-finder';
import { SetLeaf } from '../../words/set-leaf';
import { WordFinder } from '../../words/word-finder';
import type { Blocks } from '../../words/stretch';
import { blockOf, SLOTS } from '../../blocks/block';
import type { BlockStore } from '../../blocks/block-store';
import { candidates, leftOpen, mayMatchAtAll, type Question } from './left-open';
import { lookUpsOf, type LeftOpen, type LookUp } from './look-ups';
import { FIELDS_ALONE, listedLeaf, type Leaf } from '../../matching/masks';
import type { ReadRow, RowReader } from '../../matching/row-reader';

/** Lists of words that are kept from one count to the next: a dozen of ten million events each. */
const WORD_BYTES = 16 * 1024 * 1024;
/** What takes no longer than judging whether it is worth it. */
const AT_ONCE_MS = 2;
/** Before what takes longer it is made out which events the blocks rule out, where these are about more than half. */
const DEAR_MS = 40;
const NARROW = 0.5;

/** Seqs that can hold a match: above `from`, up to `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Looks up the parts of a query that no block can decide, as far as that is quicker than reading the events. */
export class LeafFinder {
  readonly #words: WordFinder;
  readonly #values: ValueFinder;

  /** @param dearMs before what takes longer it is made out which events the blocks rule out */
  constructor(
    private readonly db: Connection,
    private readonly blocks: BlockStore,
    private readonly rows: RowReader,
    private readonly dearMs = DEAR_MS,
  ) {
    this.#values = new ValueFinder(db);
    this.#words = new WordFinder(db, WORD_BYTES);
  }

  /** Makes columns of the newest events' values, which the first comparisons would have to, a few milliseconds a step. */
  warm(): Generator<undefined, void> {
    return this.#values.warm();
  }

  /** What is known at once, and what may be looked up besides. */
  begin(node: QueryNode, now: number, stretch: Stretch): LookingUp {
    const found = new Map<QueryNode, Leaf>();
    const blocks = {
      first: blockOf(stretch.from + 1),
      last: blockOf(Math.max(stretch.from + 1, stretch.to)),
    };
    const lookUps = leavesOf(node).flatMap((leaf) => this.#lookUps(leaf, found, blocks));
    return new LookingUp({ node, now, blocks, dearMs: this.dearMs }, lookUps, found, this.blocks, this.rows);
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

  #byIds(ids: readonly string[]): number[] {
    const marks = ids.map(() => '?').join(', ');
    return this.db
      .prepare<unknown[], number>(`SELECT seq FROM events WHERE event_id IN (${marks})`)
      .pluck()
      .all(...ids.map(uuidToBytes));
  }
}

/** Looks up the quickest first, until to read what may match takes no longer than the next. */
export class LookingUp {
  #pending: readonly LookUp[];
  #steps = 0;
  /** Some of the events that were left open when they were read. */
  sample: readonly ReadRow[] = [];

  constructor(
    private readonly asked: Question & { readonly dearMs: number },
    all: readonly LookUp[],
    /** What is known of the parts of the query. */
    readonly found: Map<QueryNode, Leaf>,
    private readonly blocks: BlockStore,
    private readonly rows: RowReader,
  ) {
    this.#pending = [...all].sort((a, b) => a.ms - b.ms);
  }

  /** How much was looked up so far. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * False where there is too little time for the next one that is worth it.
   * @param left says how many milliseconds there are
   * @param most nothing is looked up that takes longer
   * @param known so many events are left open, where that is known
   */
  go(left: () => number, most = Infinity, known: number | null = null): boolean {
    const { asked, rows } = this;
    let open = known ?? this.#events;
    for (let first = true; this.#pending.length > 0; first = false) {
      if ((this.#pending[0]?.ms ?? 0) > Math.min(AT_ONCE_MS, asked.dearMs) && (!first || known === null))
        open = leftOpen(this.blocks, asked, this.found);
      const some = candidates(asked.node, this.found);
      // What blocks rule out is ruled out for good, however much of the rest they tell.
      const narrow = open < NARROW * (some?.set.size ?? this.#events);
      const state = this.#openNow(open, some, narrow);
      const next = this.#pending.find((each) => each.isWorth(state));
      const ms = next?.msAmong(state.candidates) ?? 0;
      if (next === undefined || ms > open * rows.apartMs) return true;
      if (ms > Math.min(most, left())) return false;
      const among = narrow && ms > asked.dearMs ? mayMatchAtAll(this.blocks, asked, this.found, some) : some;
      if (!this.#lookUp(next, among, left)) return false;
    }
    return true;
  }

  get #events(): number {
    return (this.asked.blocks.last - this.asked.blocks.first + 1) * SLOTS;
  }

  /** What a look-up's worth is judged by. */
  #openNow(open: number, some: FoundWords | null, narrow: boolean): LeftOpen {
    const sample = this.sample.filter(({ seq }) => some === null || some.set.has(seq));
    return {
      events: open,
      ofAll: open / this.#events,
      candidates: narrow ? open : (some?.set.size ?? this.#events),
      rowMs: this.rows.apartMs,
      sample: sample.map(({ event }) => event),
    };
  }

  /** False where there was too little time. */
  #lookUp(next: LookUp, among: FoundWords | null, left: () => number): boolean {
    const told = next.find(among, () => left() <= 0);
    if (told === null && left() <= 0) return false;
    this.#pending = this.#pending.filter((each) => each !== next && !next.instead.includes(each));
    if (told === null) return true;
    const [leaf, before] = [new SetLeaf(told, next.exact), this.found.get(next.leaf)];
    this.found.set(next.leaf, before instanceof ValueLeaf ? before.beside(leaf) : leaf);
    this.#steps += 1;
    return true;
  }
}

function leavesOf(node: QueryNode): QueryNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(leavesOf);
  if (node.kind === 'not') return leavesOf(node.part);
  const undecided = node.kind === 'text' || node.kind === 'payload';
  return undecided || (node.kind === 'field' && node.field === 'id') ? [node] : [];
}

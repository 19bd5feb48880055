import type { QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { uuidToBytes } from '../bytes';
import { indexExpression } from '../query-sql';
import { wordsOf, type Words } from '../words/formula';
import { comparisonLeaf } from '../values/comparison';
import { ValueFinder, ValueLeaf } from '../values/value-finder';
import type { FoundWords } from '../words/kept-words';
import { SetLeaf } from '../words/set-leaf';
import { WordFinder, type Blocks } from '../words/word-finder';
import { blockOf, SLOTS } from './block';
import { countBits } from './bits';
import type { BlockStore } from './block-store';
import { listedLeaf, type Leaf } from './masks';
import { READ_MS } from './row-reader';
import { and, not } from './mask-logic';
import { textMask, type TextNode } from './text-mask';
import type { SeqSet } from '../words/seq-set';

/** Events that hold all words of a phrase: fewer are read, more than the second number are not even listed (0.4 µs each). */
const FEW = 5_000;
const MOST_LISTED = 250_000;
/** Lists of words that are kept from one count to the next: a dozen of ten million events each. */
const WORD_BYTES = 16 * 1024 * 1024;
/** By so many blocks it is judged how many of them tell by a field that they hold a phrase. */
const PROBED = 16;

/** Seqs that can hold a match: above `from`, up to `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface Open {
  readonly leaf: QueryNode;
  readonly words: Words;
  readonly ms: number;
  /** What reading the events costs instead. */
  readonly reading: number;
}

/** Looks up the parts of a query that no block can decide, as far as time and the word index allow. */
export class LeafFinder {
  readonly #words: WordFinder;
  readonly #values: ValueFinder;

  constructor(
    private readonly db: Connection,
    private readonly blocks: BlockStore,
  ) {
    this.#values = new ValueFinder(db);
    this.#words = new WordFinder(db, WORD_BYTES);
  }

  /** `left` says how many milliseconds there are; a part that cannot be found out within them is left out. */
  find(node: QueryNode, stretch: Stretch, left: () => number): Map<QueryNode, Leaf> {
    const found = new Map<QueryNode, Leaf>();
    const leaves = leavesOf(node);
    for (const leaf of leaves)
      if (leaf.kind === 'field') found.set(leaf, listedLeaf(this.#byIds(leaf.values), true));
    const blocks = {
      first: blockOf(stretch.from + 1),
      last: blockOf(Math.max(stretch.from + 1, stretch.to)),
    };
    for (const { leaf, words, ms, reading } of this.#open(leaves, found, blocks)) {
      if (ms > left()) break;
      // In a short stretch reading what may match is quicker.
      if (ms > reading) continue;
      const some = this.#words.find(words.formula, blocks, () => left() <= 0);
      if (some === null) break;
      const phrase = words.exact || leaf.kind === 'payload' ? null : this.#phrase(leaf, some, stretch, left);
      const told = phrase ?? new SetLeaf(some, words.exact);
      const known = found.get(leaf);
      found.set(leaf, known instanceof ValueLeaf ? known.beside(told) : told);
    }
    return found;
  }

  /** The quickest first. Payload comparisons are looked up among the columns already; what those leave open is read or looked up. */
  #open(leaves: readonly QueryNode[], found: Map<QueryNode, Leaf>, { first, last }: Blocks): Open[] {
    const open = leaves.flatMap((leaf): Open[] => {
      const values =
        leaf.kind === 'payload' ? comparisonLeaf(leaf, this.#values, this.#words, { first, last }) : null;
      if (values) found.set(leaf, values);
      const reading = (values?.open(first, last) ?? (last - first + 1) * SLOTS) * READ_MS;
      const words = reading === 0 ? null : wordsOf(leaf);
      return words === null ? [] : [{ leaf, words, ms: this.#words.cost(words.formula), reading }];
    });
    return open.sort((a, b) => a.ms - b.ms);
  }

  /** Of the events that hold the words of a phrase those that hold it; null where reading them tells as quickly, or it takes too long. */
  #phrase(
    leaf: QueryNode,
    { set, indexed }: FoundWords,
    { from, to }: Stretch,
    left: () => number,
  ): Leaf | null {
    const { size } = set;
    const expression = indexExpression(leaf);
    if (size < FEW || size > MOST_LISTED || expression === null || left() <= 0) return null;
    if (leaf.kind === 'text' && size * this.#unsure(leaf, set) < FEW) return null;
    const sql = 'SELECT rowid FROM events_fts WHERE events_fts MATCH ? AND rowid BETWEEN ? AND ?';
    const seqs = this.db.prepare<unknown[], number>(sql).pluck();
    return listedLeaf(seqs.all(expression, from + 1, Math.min(to, indexed)), true, indexed);
  }

  /** About this share of the events that hold the words of a phrase do not tell by a field that they hold it. */
  #unsure(leaf: TextNode, set: SeqSet): number {
    let [all, unsure] = [0, 0];
    const step = Math.max(1, Math.floor((set.last - set.first + 1) / PROBED));
    for (let block = set.first; block <= set.last; block += step) {
      const may = set.mask(block);
      if (typeof may === 'boolean') continue;
      const sure = this.blocks.lookAtStored(block, (seen) => textMask(leaf, seen)) ?? false;
      const rest = and(may, not(sure));
      all += countBits(may);
      if (rest !== false) unsure += rest === true ? countBits(may) : countBits(rest);
    }
    return all === 0 ? 1 : unsure / all;
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

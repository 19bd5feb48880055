import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { noBits, setBit, type Bits } from '../blocks/bits';
import { blockOf, SLOTS, slotOf } from '../blocks/block';
import { boundsUpTo, type Bounds, type Leaf } from '../matching/masks';

/** Entries of the word index that are asked for at first, and how much more at each further time. */
const FIRST_ENTRIES = 256;
const MORE_BY = 4;
const MOST_ENTRIES = 500_000;

export type Order = 'asc' | 'desc';

/**
 * The events that an expression of the word index finds, listed as far as somebody asks, in the order of the search. Events
 * that the index does not hold yet are neither in it nor out of it.
 */
export class WordList implements Leaf {
  readonly #list: Statement<unknown[], number>;
  #last: { readonly block: number; readonly bounds: Bounds } | null = null;
  readonly #slots = new Map<number, number[]>();
  /** Everything before it, in the order of the search, is listed. */
  #at: number;
  #entries = FIRST_ENTRIES;
  #done = false;

  /**
   * @param exact false: what is found may match, nothing else does
   * @param indexed the newest seq that the index holds
   */
  constructor(
    db: Connection,
    private readonly expression: string,
    readonly exact: boolean,
    private readonly order: Order,
    private readonly range: { readonly from: number; readonly to: number },
    private readonly indexed: number,
  ) {
    this.#list = db
      .prepare<unknown[], number>(
        `SELECT rowid FROM events_fts WHERE events_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid ${order} LIMIT ?`,
      )
      .pluck();
    this.#at = order === 'asc' ? range.from : Math.min(range.to, indexed);
  }

  bounds(block: number): Bounds {
    if (this.#last?.block !== block) this.#last = { block, bounds: this.#boundsOf(block) };
    return this.#last.bounds;
  }

  #boundsOf(block: number): Bounds {
    const low = block * SLOTS + 1;
    const high = low + SLOTS - 1;
    if (low > this.indexed) return { must: false, may: true };
    if (this.order === 'asc') while (!this.#done && this.#at <= high) this.#more();
    else while (!this.#done && this.#at >= low) this.#more();
    const slots = this.#slots.get(block);
    const found = slots === undefined ? false : maskOf(slots);
    return boundsUpTo(found, { block, exact: this.exact, known: this.indexed });
  }

  #more(): void {
    const [low, high] =
      this.order === 'asc' ? [this.#at, Math.min(this.range.to, this.indexed)] : [this.range.from, this.#at];
    const seqs = this.#list.all(this.expression, low, high, this.#entries);
    for (const seq of seqs) {
      const block = blockOf(seq);
      const known = this.#slots.get(block);
      if (known) known.push(slotOf(seq));
      else this.#slots.set(block, [slotOf(seq)]);
    }
    this.#done = seqs.length < this.#entries;
    const last = seqs.at(-1) ?? 0;
    this.#at = this.order === 'asc' ? last + 1 : last - 1;
    this.#entries = Math.min(this.#entries * MORE_BY, MOST_ENTRIES);
  }
}

function maskOf(slots: readonly number[]): Bits {
  const bits = noBits();
  for (const slot of slots) setBit(bits, slot);
  return bits;
}

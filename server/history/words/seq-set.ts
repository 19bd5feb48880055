import { addAll, BIT_WORDS, countBits, isEmpty, keepCommon, takeAway } from '../blocks/bits';
import { SLOTS } from '../blocks/block';
import type { Mask } from '../matching/mask-logic';

/** Seqs of a stretch of blocks, a bit each: ten million are 1.25 MB. */
export class SeqSet {
  /** A bit for each seq from `low` on. */
  readonly bits: Uint32Array;
  readonly low: number;
  readonly #high: number;

  /** Holds seqs of the blocks from `first` to `last`; others are passed over. */
  constructor(
    readonly first: number,
    readonly last: number,
  ) {
    this.bits = new Uint32Array(Math.max(0, last - first + 1) * BIT_WORDS);
    this.low = first * SLOTS + 1;
    this.#high = (last + 1) * SLOTS;
  }

  add(seq: number): void {
    if (seq < this.low || seq > this.#high) return;
    const place = seq - this.low;
    this.bits[place >>> 5] = (this.bits[place >>> 5] ?? 0) | (1 << (place & 31));
  }

  has(seq: number): boolean {
    const place = seq - this.low;
    return place >= 0 && ((this.bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0;
  }

  /** Keeps what both hold. */
  and(other: SeqSet): void {
    keepCommon(this.bits, this.#as(other));
  }

  or(other: SeqSet): void {
    addAll(this.bits, this.#as(other));
  }

  /** Takes away what the other holds. */
  without(other: SeqSet): void {
    takeAway(this.bits, this.#as(other));
  }

  /** Drops what lies above a seq. */
  cutBehind(seq: number): void {
    const place = Math.max(0, seq - this.low + 1);
    const word = place >>> 5;
    if (word >= this.bits.length) return;
    this.bits[word] = (this.bits[word] ?? 0) & ~(0xffffffff << (place & 31));
    this.bits.fill(0, word + 1);
  }

  /** What it holds of these blocks, in a set of their own. */
  copy(first: number, last: number): SeqSet {
    const set = new SeqSet(first, last);
    const [from, to] = [Math.max(first, this.first), Math.min(last, this.last)];
    if (from <= to)
      set.bits.set(
        this.bits.subarray((from - this.first) * BIT_WORDS, (to - this.first + 1) * BIT_WORDS),
        (from - first) * BIT_WORDS,
      );
    return set;
  }

  #as(other: SeqSet): Uint32Array {
    const same = other.first === this.first && other.last === this.last;
    return same ? other.bits : other.copy(this.first, this.last).bits;
  }

  get size(): number {
    return countBits(this.bits);
  }

  /** Adds slots of a block. */
  addBlock(block: number, mask: Mask): void {
    if (block < this.first || block > this.last || mask === false) return;
    const from = (block - this.first) * BIT_WORDS;
    const bits = this.bits.subarray(from, from + BIT_WORDS);
    if (mask === true) bits.fill(0xffffffff);
    else addAll(bits, mask);
  }

  /** The slots of a block that it holds. */
  mask(block: number): Mask {
    if (block < this.first || block > this.last) return false;
    const from = (block - this.first) * BIT_WORDS;
    const bits = this.bits.subarray(from, from + BIT_WORDS);
    return isEmpty(bits) ? false : bits;
  }
}

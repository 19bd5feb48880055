import type { Block } from '../../blocks/block';
import { DIMENSIONS, type Name } from '../../blocks/dimensions';
import { slotsOf } from '../../blocks/bits';
import type { Mask } from '../../matching/mask-logic';
import { NameCounts } from './name-counts';

/** Bars of a histogram: `count` of them, each `width` seconds, from `from` on. */
export interface Bins {
  readonly from: number;
  readonly width: number;
  readonly count: number;
}

const CATEGORY = 0;

/** Counts by dimension, and by category over time. */
export class Tally {
  total = 0;
  readonly #counts = DIMENSIONS.map(() => new NameCounts());
  readonly bars = new Map<string, Float64Array>();

  constructor(private readonly bins: Bins | null) {}

  /** Of each dimension its values, and how many have them. */
  get names(): readonly ReadonlyMap<Name, number>[] {
    return this.#counts.map((counts) => counts.byName());
  }

  /** Adds the events of a block that the mask has; there must be an event in each of its slots. */
  add(block: Block, mask: Mask): void {
    if (mask === false || block.events === 0) return;
    if (mask === true) this.#addAll(block);
    else this.#addSlots(block, slotsOf(mask));
  }

  addOne(timestamp: number, values: readonly Name[]): void {
    this.total += 1;
    values.forEach((name, dimension) => this.#counts[dimension]?.add(name, 1));
    if (this.bins) this.#bar(values[CATEGORY] ?? '', this.#bin(timestamp, this.bins), 1);
  }

  /** Adds to the bars alone: of these events nothing else is known. */
  addBar(timestamp: number, category: string, events: number): void {
    if (this.bins) this.#bar(category, this.#bin(timestamp, this.bins), events);
  }

  /** Adds another tally, each of its events standing for `weight`. */
  merge(other: Tally, weight: number): void {
    this.total += other.total * weight;
    other.names.forEach((counts, dimension) => {
      for (const [name, count] of counts) this.#counts[dimension]?.add(name, count * weight);
    });
    for (const [category, counts] of other.bars)
      counts.forEach((count, bin) => {
        if (count > 0) this.#bar(category, bin, count * weight);
      });
  }

  #addAll(block: Block): void {
    const bin = this.bins && this.#onlyBin(block, this.bins);
    if (this.bins && bin === null) this.#addBars(block, this.bins, null);
    this.total += block.events;
    for (let dimension = 0; dimension < DIMENSIONS.length; dimension++)
      this.#counts[dimension]?.addAll(block, dimension);
    if (bin === null) return;
    for (let code = 0; code < block.size(CATEGORY); code++)
      this.#bar(block.name(CATEGORY, code) ?? '', bin, block.count(CATEGORY, code));
  }

  #addSlots(block: Block, slots: Uint16Array): void {
    if (slots.length === 0) return;
    // All columns first: a block that changed meanwhile is not counted by half.
    const columns = DIMENSIONS.map((_, dimension) => block.codes(dimension));
    const bin = this.bins && this.#onlyBin(block, this.bins);
    if (this.bins && bin === null) this.#addBars(block, this.bins, slots);
    this.total += slots.length;
    columns.forEach((codes, dimension) => this.#counts[dimension]?.addSlots(block, dimension, codes, slots));
    if (bin !== null) this.#addToBin(block, columns[CATEGORY] ?? null, slots, bin);
  }

  #addToBin(block: Block, codes: Uint8Array | Uint16Array | null, slots: Uint16Array, bin: number): void {
    const counts = new Uint32Array(block.size(CATEGORY));
    if (codes === null) counts[0] = slots.length;
    else
      for (let place = 0; place < slots.length; place++) {
        const code = codes[slots[place] ?? 0] ?? 0;
        counts[code] = (counts[code] ?? 0) + 1;
      }
    for (let code = 0; code < counts.length; code++) {
      const count = counts[code] ?? 0;
      if (count > 0) this.#bar(block.name(CATEGORY, code) ?? '', bin, count);
    }
  }

  /** The one bar that all of a block lies in; null where it reaches over several. */
  #onlyBin({ first, last }: Block, bins: Bins): number | null {
    const [from, to] = [this.#bin(first, bins), this.#bin(last, bins)];
    return from === to ? from : null;
  }

  /** One by one into the bars; `slots` null: all that hold an event. */
  #addBars(block: Block, bins: Bins, slots: Uint16Array | null): void {
    const times = block.times();
    const codes = block.codes(CATEGORY);
    const bars = Array.from({ length: block.size(CATEGORY) }, (_, code) =>
      this.#barsOf(block.name(CATEGORY, code) ?? ''),
    );
    const { from, width, count } = bins;
    const length = slots?.length ?? times.length;
    for (let place = 0; place < length; place++) {
      const slot = slots ? (slots[place] ?? 0) : place;
      const bin = Math.floor(((times[slot] ?? Number.NaN) - from) / width);
      // Not for NaN either.
      if (!(bin >= 0 && bin < count)) continue;
      const counts = bars[codes?.[slot] ?? 0];
      if (counts) counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }

  /** −1 before the first bar; `count` or more behind the last. */
  #bin(timestamp: number, { from, width }: Bins): number {
    return Math.max(-1, Math.floor((timestamp - from) / width));
  }

  #barsOf(category: string): Float64Array {
    let counts = this.bars.get(category);
    if (!counts) {
      counts = new Float64Array(this.bins?.count ?? 0);
      this.bars.set(category, counts);
    }
    return counts;
  }

  #bar(category: string, bin: number, by: number): void {
    if (!this.bins || bin < 0 || bin >= this.bins.count) return;
    const counts = this.#barsOf(category);
    counts[bin] = (counts[bin] ?? 0) + by;
  }
}

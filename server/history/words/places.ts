import { ones } from '../facets/bits';
import { SeqSet } from './seq-set';

/** More places than this are not kept: 32 MB, and half as much again while they are put in order. */
const MOST = 4_000_000;
/** A page of the index tells of no more places than it has bytes. Memory that is not written to is none. */
const ON_PAGE = 4_096;

/**
 * Places in the texts of events at which a phrase may begin, gathered in any order and then asked for by event. An event is
 * told by its spot: its seq counted from the first one of a stretch of blocks.
 */
export class Places {
  readonly set: SeqSet;
  /** More came than are kept: what it says is not all. */
  full = false;
  #count = 0;
  #spots: Uint32Array;
  #places: Uint32Array;
  /** Where spots ascend no more. */
  readonly #runs: number[] = [];
  #last = Infinity;
  /** Events of the set before each word of its bits, and where the places of each event begin. */
  #before = new Uint32Array(0);
  #starts = new Uint32Array(0);

  /** @param pages so many of the index will tell of them */
  constructor({ first, last }: Pick<SeqSet, 'first' | 'last'>, pages: number) {
    this.set = new SeqSet(first, last);
    const room = Math.min(MOST, pages * ON_PAGE);
    this.#spots = new Uint32Array(room);
    this.#places = new Uint32Array(room);
  }

  add(spot: number, place: number): void {
    if (this.#count === this.#spots.length) {
      this.full = true;
      return;
    }
    if (spot < this.#last) this.#runs.push(this.#count);
    this.#last = spot;
    this.#spots[this.#count] = spot;
    this.#places[this.#count] = place;
    this.#count += 1;
  }

  /** Puts them in order, to be asked for. */
  settle(): void {
    const { bits } = this.set;
    for (let n = 0; n < this.#count; n++) {
      const spot = this.#spots[n] ?? 0;
      bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
    }
    this.#number();
    const runs = this.#apart();
    if (runs === null) this.#sort();
    else this.#join(runs);
    this.#spots = new Uint32Array(0);
  }

  /** The runs in the order of their events, where each ends before the next begins: so it is with a single word. */
  #apart(): (readonly [from: number, to: number])[] | null {
    const runs = this.#runs.map((from, place) => [from, this.#runs[place + 1] ?? this.#count] as const);
    runs.sort(([a], [b]) => (this.#spots[a] ?? 0) - (this.#spots[b] ?? 0));
    const after = (place: number): number => this.#spots[runs[place]?.[0] ?? 0] ?? 0;
    const apart = runs.every(
      ([, to], place) => place === runs.length - 1 || (this.#spots[to - 1] ?? 0) < after(place + 1),
    );
    return apart ? runs : null;
  }

  #join(runs: readonly (readonly [from: number, to: number])[]): void {
    const starts = new Uint32Array(this.set.size + 1);
    const places = runs.length === 1 ? this.#places.subarray(0, this.#count) : new Uint32Array(this.#count);
    let [event, at, last] = [0, 0, -1];
    for (const [from, to] of runs) {
      if (runs.length > 1) places.set(this.#places.subarray(from, to), at);
      for (let n = from; n < to; n++, at++) {
        const spot = this.#spots[n] ?? 0;
        if (spot !== last) starts[event++] = at;
        last = spot;
      }
    }
    starts[event] = at;
    [this.#starts, this.#places] = [starts, places];
  }

  #sort(): void {
    const starts = new Uint32Array(this.set.size + 2);
    for (let n = 0; n < this.#count; n++) {
      const at = this.#rank(this.#spots[n] ?? 0) + 2;
      starts[at] = (starts[at] ?? 0) + 1;
    }
    for (let at = 2; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
    const places = new Uint32Array(this.#count);
    for (let n = 0; n < this.#count; n++) {
      const at = this.#rank(this.#spots[n] ?? 0) + 1;
      const next = starts[at] ?? 0;
      places[next] = this.#places[n] ?? 0;
      starts[at] = next + 1;
    }
    [this.#starts, this.#places] = [starts, places];
  }

  /** Whether an event of the set has the place; once they are settled. */
  has(spot: number, place: number): boolean {
    const rank = this.#rank(spot);
    const to = this.#starts[rank + 1] ?? 0;
    for (let at = this.#starts[rank] ?? 0; at < to; at++) if (this.#places[at] === place) return true;
    return false;
  }

  #number(): void {
    const { bits } = this.set;
    this.#before = new Uint32Array(bits.length);
    for (let word = 0, before = 0; word < bits.length; word++) {
      this.#before[word] = before;
      if (bits[word] !== 0) before += ones(bits[word] ?? 0);
    }
  }

  /** Events of the set before a spot, which the set must have. */
  #rank(spot: number): number {
    const word = this.set.bits[spot >>> 5] ?? 0;
    return (this.#before[spot >>> 5] ?? 0) + ones(word & ((1 << (spot & 31)) - 1));
  }
}

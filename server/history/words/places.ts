import { ones } from '../facets/bits';
import { SeqSet } from './seq-set';

const FIRST_ROOM = 4_096;
/** More places than this are not kept: 32 MB, and half as much again while they are put in order. */
const MOST = 4_000_000;

/**
 * Places in the texts of events at which a phrase may begin, gathered in any order and then asked for by event. An event is
 * told by its spot: its seq counted from the first one of a stretch of blocks.
 */
export class Places {
  readonly set: SeqSet;
  /** More came than are kept: what it says is not all. */
  full = false;
  #count = 0;
  #spots = new Uint32Array(FIRST_ROOM);
  #places = new Uint32Array(FIRST_ROOM);
  /** Events of the set before each word of its bits, and where their places begin. */
  #before = new Uint32Array(0);
  #starts = new Uint32Array(0);

  constructor(first: number, last: number) {
    this.set = new SeqSet(first, last);
  }

  add(spot: number, place: number): void {
    if (this.#count === this.#spots.length) this.#grow();
    if (this.full) return;
    this.#spots[this.#count] = spot;
    this.#places[this.#count] = place;
    this.#count += 1;
    const { bits } = this.set;
    bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
  }

  #grow(): void {
    if (this.#count >= MOST) this.full = true;
    else {
      this.#spots = grown(this.#spots);
      this.#places = grown(this.#places);
    }
  }

  /** Puts them in order, to be asked for. */
  settle(): void {
    this.#number();
    const events = this.set.size;
    const starts = new Uint32Array(events + 2);
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
    this.#places = places;
    this.#spots = new Uint32Array(0);
    this.#starts = starts;
  }

  /** Whether an event has the place; once they are settled. */
  has(spot: number, place: number): boolean {
    const { bits } = this.set;
    if (((bits[spot >>> 5] ?? 0) & (1 << (spot & 31))) === 0) return false;
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

  /** Events of the set before a spot. */
  #rank(spot: number): number {
    const word = this.set.bits[spot >>> 5] ?? 0;
    return (this.#before[spot >>> 5] ?? 0) + ones(word & ((1 << (spot & 31)) - 1));
  }
}

function grown(of: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(Math.min(MOST, of.length * 2));
  more.set(of);
  return more;
}

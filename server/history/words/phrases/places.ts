import { ones } from '../../blocks/bits';
import { SLOTS } from '../../blocks/block';
import { SeqSet } from '../seq-set';

/** More places than this are not kept at once. */
export const MOST_PLACES = 4_000_000;
/** A single word comes in an ascending run for each part of the index; more runs than this are put in order event by event. */
const MOST_RUNS = 64;

/**
 * Room for places, which is used again and again: memory that was never written to costs as much to take as what is done with
 * it. At the most 96 MB; what was not needed yet is none.
 */
export class PlacesRoom {
  readonly spots: Uint32Array;
  readonly froms: Uint32Array;
  readonly places: Int32Array;
  readonly order: Uint32Array;
  readonly starts: Uint32Array;
  readonly sorted: Int32Array;

  constructor(readonly most = MOST_PLACES) {
    [this.spots, this.froms, this.order] = [
      new Uint32Array(most),
      new Uint32Array(most + 1),
      new Uint32Array(most),
    ];
    [this.places, this.sorted] = [new Int32Array(most), new Int32Array(most)];
    this.starts = new Uint32Array(most + 2);
  }
}

/**
 * Places in the texts of events at which a phrase may begin, gathered in any order and then asked for by event. An event is
 * told by its spot: its seq counted from the first one of a stretch of blocks.
 */
export class Places {
  readonly set: SeqSet;
  /** More came than are kept: what it says is not all. */
  full = false;
  /** What was told of one event at a time, and where its places begin. */
  #told = 0;
  readonly #spots: Uint32Array;
  readonly #froms: Uint32Array;
  #count = 0;
  #places: Int32Array;
  /** Where spots ascend no more. */
  readonly #runs: number[] = [];
  /** Events of the set before each word of its bits, and where the places of each event begin. */
  #before = new Uint32Array(0);
  #starts: Uint32Array;

  /** @param room no other places are in it any more */
  constructor(
    { first, last }: Pick<SeqSet, 'first' | 'last'>,
    private readonly room: PlacesRoom,
  ) {
    this.set = new SeqSet(first, last);
    [this.#spots, this.#froms] = [room.spots, room.froms];
    [this.#places, this.#starts] = [room.places, room.starts];
  }

  /** The first `count` of some places of an event, each that much further in front. */
  add(spot: number, places: Int32Array, count: number, before: number): void {
    const told = this.#told;
    let to = this.#count;
    if (to + count > this.#places.length) {
      this.full = true;
      return;
    }
    if ((told === 0 || spot <= (this.#spots[told - 1] ?? 0)) && this.#runs.length <= MOST_RUNS)
      this.#runs.push(told);
    this.#spots[told] = spot;
    this.#froms[told] = to;
    for (let place = 0; place < count; place++) this.#places[to++] = (places[place] ?? 0) - before;
    this.#told = told + 1;
    this.#count = to;
  }

  /** Puts them in order, to be asked for. */
  settle(): void {
    const { bits } = this.set;
    const spots = this.#spots.subarray(0, this.#told);
    this.#froms[this.#told] = this.#count;
    for (let n = 0; n < spots.length; n++) {
      const spot = spots[n] ?? 0;
      bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
    }
    this.#number();
    const runs = this.#apart();
    if (runs === null) this.#sort(this.#byBlocks(spots), spots);
    else if (runs.length === 1) this.#starts = this.#froms;
    else this.#join(runs);
  }

  /** The runs in the order of their events, where each ends before the next begins. */
  #apart(): (readonly [from: number, to: number])[] | null {
    if (this.#runs.length > MOST_RUNS) return null;
    const runs = this.#runs.map((from, place) => [from, this.#runs[place + 1] ?? this.#told] as const);
    runs.sort(([a], [b]) => (this.#spots[a] ?? 0) - (this.#spots[b] ?? 0));
    const after = (place: number): number => this.#spots[runs[place]?.[0] ?? 0] ?? 0;
    const apart = runs.every(
      ([, to], place) => place === runs.length - 1 || (this.#spots[to - 1] ?? 0) < after(place + 1),
    );
    return apart ? runs : null;
  }

  #join(runs: readonly (readonly [from: number, to: number])[]): void {
    const froms = this.#froms;
    const { starts, sorted: places } = this.room;
    let [event, at] = [0, 0];
    for (const [from, to] of runs) {
      const [first, end] = [froms[from] ?? 0, froms[to] ?? 0];
      places.set(this.#places.subarray(first, end), at);
      for (let n = from; n < to; n++) starts[event++] = (froms[n] ?? 0) - first + at;
      at += end - first;
    }
    starts[event] = at;
    this.#places = places;
  }

  /** What was told, block by block: in an order in which events that lie close to each other are met soon after each other. */
  #byBlocks(spots: Uint32Array): Uint32Array {
    const next = new Uint32Array(this.set.last - this.set.first + 2);
    for (let n = 0; n < spots.length; n++) {
      const block = Math.floor((spots[n] ?? 0) / SLOTS) + 1;
      next[block] = (next[block] ?? 0) + 1;
    }
    for (let block = 1; block < next.length; block++)
      next[block] = (next[block] ?? 0) + (next[block - 1] ?? 0);
    const order = this.room.order.subarray(0, spots.length);
    for (let n = 0; n < spots.length; n++) {
      const block = Math.floor((spots[n] ?? 0) / SLOTS);
      const at = next[block] ?? 0;
      order[at] = n;
      next[block] = at + 1;
    }
    return order;
  }

  #sort(order: Uint32Array, spots: Uint32Array): void {
    const froms = this.#froms;
    const { starts, sorted: places } = this.room;
    const end = this.set.size + 2;
    starts.fill(0, 0, end);
    for (let place = 0; place < order.length; place++) {
      const n = order[place] ?? 0;
      const at = this.#rank(spots[n] ?? 0) + 2;
      starts[at] = (starts[at] ?? 0) + (froms[n + 1] ?? 0) - (froms[n] ?? 0);
    }
    for (let at = 2; at < end; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
    for (let place = 0; place < order.length; place++) {
      const n = order[place] ?? 0;
      const at = this.#rank(spots[n] ?? 0) + 1;
      let next = starts[at] ?? 0;
      for (let from = froms[n] ?? 0; from < (froms[n + 1] ?? 0); from++)
        places[next++] = this.#places[from] ?? 0;
      starts[at] = next;
    }
    this.#places = places;
  }

  /**
   * Leaves of the first `count` of some places those at which, that much further in front, an event of the set has one; how
   * many there are. Once they are settled.
   */
  keep(spot: number, places: Int32Array, count: number, before: number): number {
    const rank = this.#rank(spot);
    const [from, to] = [this.#starts[rank] ?? 0, this.#starts[rank + 1] ?? 0];
    let kept = 0;
    for (let place = 0; place < count; place++) {
      const start = (places[place] ?? 0) - before;
      for (let at = from; at < to; at++)
        if (this.#places[at] === start) {
          places[kept++] = places[place] ?? 0;
          break;
        }
    }
    return kept;
  }

  /** Whether an event of the set has this place. Once they are settled. */
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

import type { Places, PlacesRoom } from './places';
import { SeqSet } from '../seq-set';

/**
 * Places at which a phrase may begin, as they come: those of many words that begin alike are told word by word, in no order of
 * events. To put millions of them in order takes longer than to ask them one by one, once those of the other words are known.
 */
export class LoosePlaces {
  readonly set: SeqSet;
  /** More came than are kept: only the set is all that was told. */
  full = false;
  #count = 0;

  /** @param room no other places are in it any more */
  constructor(
    { first, last }: Pick<SeqSet, 'first' | 'last'>,
    private readonly room: Pick<PlacesRoom, 'spots' | 'places'>,
  ) {
    this.set = new SeqSet(first, last);
  }

  /** The first `count` of some places of an event, each that much further in front. */
  add(spot: number, told: Int32Array, count: number, before: number): void {
    const { bits } = this.set;
    bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
    const { spots, places } = this.room;
    this.full ||= this.#count + count > places.length;
    if (this.full) return;
    for (let place = 0; place < count; place++) {
      spots[this.#count] = spot;
      places[this.#count++] = (told[place] ?? 0) - before;
    }
  }

  /** The events that have one of the same places among others, which are settled. */
  common(others: Places): SeqSet {
    const { spots, places } = this.room;
    const { first, last } = this.set;
    const found = new SeqSet(first, last);
    const [{ bits }, among] = [found, others.set.bits];
    for (let n = 0; n < this.#count; n++) {
      const spot = spots[n] ?? 0;
      if (((among[spot >>> 5] ?? 0) & (1 << (spot & 31))) !== 0 && others.has(spot, places[n] ?? 0))
        bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
    }
    return found;
  }
}

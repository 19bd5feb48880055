import { STEP, type Found } from './place-pages';
import { Places, PlacesRoom } from './places';
import { SeqSet } from './seq-set';
import type { WordPages, WordPlan } from './word-pages';

/** A word of a phrase, and the how-manieth it is. */
export interface PhraseWord {
  readonly plan: WordPlan;
  readonly place: number;
}

/**
 * The events, of some, that hold words one after the other. The first word should be the rarest: of the others only events
 * that hold it are looked at. Two rooms take the places of the word before and of the next. Null where `stop` ended it, or where the words stand in too many places.
 */
export function joinPlaces(
  pages: WordPages,
  words: readonly PhraseWord[],
  among: SeqSet,
  rooms: readonly PlacesRoom[],
  stop: () => boolean,
): SeqSet | null {
  let known: Places | null = null;
  for (const [n, { plan, place }] of words.entries()) {
    const [before, ahead] = [known, place * STEP];
    const within = before?.set ?? among;
    if (before !== null && n === words.length - 1) {
      const { bits } = (among = new SeqSet(within.first, within.last));
      const found: Found = (spot, places, count) => {
        if (before.keep(spot, places, count, ahead) > 0)
          bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
      };
      return pages.places(plan, within, found, stop) ? among : null;
    }
    // Where the phrase would begin. A word that stands too early for it gives a place where no first word is.
    const places = (known = new Places(among, rooms[n % 2] ?? new PlacesRoom()));
    const found: Found = (spot, at, count) => {
      const kept = before === null ? count : before.keep(spot, at, count, ahead);
      if (kept > 0) places.add(spot, at, kept, ahead);
    };
    if (!pages.places(plan, within, found, stop) || places.full) return null;
    places.settle();
  }
  return among;
}

/** A set that holds every seq of some blocks. */
export function all({ first, last }: { readonly first: number; readonly last: number }): SeqSet {
  const set = new SeqSet(first, last);
  set.bits.fill(0xffffffff);
  return set;
}

import { Places } from './places';
import { SeqSet } from './seq-set';
import type { WordPages, WordPlan } from './word-pages';

/** A word of a phrase, and the how-manieth it is. */
export interface PhraseWord {
  readonly plan: WordPlan;
  readonly place: number;
}

/**
 * The events, of some, that hold words one after the other. The first word should be the rarest: of the others only events
 * that hold it are looked at. Null where `stop` ended it, or where the words stand in too many places.
 */
export function joinPlaces(
  pages: WordPages,
  words: readonly PhraseWord[],
  among: SeqSet,
  stop: () => boolean,
): SeqSet | null {
  let before: Places | null = null;
  for (const { plan, place } of words) {
    const places = new Places(among, plan.pages);
    const known = before;
    // Where the phrase would begin. A word that stands too early for it gives a place where no first word is.
    const found = (spot: number, at: number): void => {
      const start = (at - place) >>> 0;
      if (known === null || known.has(spot, start)) places.add(spot, start);
    };
    if (!pages.places(plan, before?.set ?? among, found, stop) || places.full) return null;
    places.settle();
    before = places;
  }
  return before?.set ?? among;
}

/** A set that holds every seq of some blocks. */
export function all({ first, last }: { readonly first: number; readonly last: number }): SeqSet {
  const set = new SeqSet(first, last);
  set.bits.fill(0xffffffff);
  return set;
}

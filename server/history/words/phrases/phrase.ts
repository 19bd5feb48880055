import { STEP, type Found } from '../pages/place-pages';
import { LoosePlaces } from './loose-places';
import { Places, PlacesRoom } from './places';
import { SeqSet } from '../seq-set';
import type { WordPages, WordPlan } from '../pages/word-pages';

/** A word of a phrase, and the how-manieth it is. */
export interface PhraseWord {
  readonly plan: WordPlan;
  readonly place: number;
}

/**
 * The events, of some, that hold words one after the other. The first word should be the rarest: of the others only events
 * that hold it are looked at. Two rooms take the places of the word before and of the next, a third one those of a first word
 * that come in no order. Null where `stop` ended it, or where the words stand in too many places.
 */
export function joinPlaces(
  pages: WordPages,
  words: readonly PhraseWord[],
  among: SeqSet,
  rooms: readonly PlacesRoom[],
  stop: () => boolean,
): SeqSet | null {
  const [first, ...others] = words;
  if (first === undefined) return among;
  const loose = first.plan.scattered && others.length > 0 ? new LoosePlaces(among, roomOf(rooms, 2)) : null;
  if (loose !== null) {
    const ahead = first.place * STEP;
    const found: Found = (spot, places, count) => {
      loose.add(spot, places, count, ahead);
    };
    if (!pages.places(first.plan, among, found, stop)) return null;
  }
  // Too many to be kept: which events hold the word is known all the same.
  const ordered = loose === null ? [...words] : loose.full ? [...others, first] : others;
  const [last, ...rest] = ordered.reverse();
  let known: Places | null = null;
  for (const [n, word] of rest.reverse().entries()) {
    known = placesOf(pages, word, known ?? loose?.set ?? among, roomOf(rooms, n % 2), stop);
    if (known === null) return null;
  }
  if (last === undefined) return among;
  if (loose === null || loose.full) return known && lastOf(pages, last, known, stop);
  const all = placesOf(pages, last, known ?? loose.set, roomOf(rooms, rest.length % 2), stop);
  return all && loose.common(all);
}

const roomOf = (rooms: readonly PlacesRoom[], place: number): PlacesRoom => rooms[place] ?? new PlacesRoom();

/** Where the phrase would begin by a word, of the places that are known or in all of some events. */
function placesOf(
  pages: WordPages,
  { plan, place }: PhraseWord,
  before: Places | SeqSet,
  room: PlacesRoom,
  stop: () => boolean,
): Places | null {
  const [known, ahead] = [before instanceof SeqSet ? null : before, place * STEP];
  const among = before instanceof SeqSet ? before : before.set;
  // A word that stands too early for it gives a place where no first word is.
  const places = new Places(among, room);
  const found: Found = (spot, at, count) => {
    const kept = known === null ? count : known.keep(spot, at, count, ahead);
    if (kept > 0) places.add(spot, at, kept, ahead);
  };
  if (!pages.places(plan, among, found, () => places.full || stop()) || places.full) return null;
  places.settle();
  return places;
}

/** The events in which the last word goes on with the others. */
function lastOf(
  pages: WordPages,
  { plan, place }: PhraseWord,
  known: Places,
  stop: () => boolean,
): SeqSet | null {
  const { first, last } = known.set;
  const set = new SeqSet(first, last);
  const [{ bits }, ahead] = [set, place * STEP];
  const found: Found = (spot, places, count) => {
    if (known.keep(spot, places, count, ahead) > 0)
      bits[spot >>> 5] = (bits[spot >>> 5] ?? 0) | (1 << (spot & 31));
  };
  return pages.places(plan, known.set, found, stop) ? set : null;
}

/** A set that holds every seq of some blocks. */
export function all({ first, last }: { readonly first: number; readonly last: number }): SeqSet {
  const set = new SeqSet(first, last);
  set.bits.fill(0xffffffff);
  return set;
}

import type { Connection } from '../../../db/client';
import { SLOTS } from '../facets/block';
import { READ_MS } from '../facets/row-reader';
import { indexedUpTo } from '../query-sql';
import type { FoundWords, KeptWords } from './kept-words';
import { all, joinPlaces, type PhraseWord } from './phrase';
import { PlacesRoom } from './places';
import { SeqSet } from './seq-set';
import { seqsOf } from './stretch';
import type { Blocks } from './stretch';
import type { Word } from './formula';
import type { WordPages } from './word-pages';

/** A phrase that is kept is looked up anew once reading the events that came since takes so long. */
const MOST_SINCE_MS = 30;

/** Places that a page of the index tells of, about: of a frequent word, and of beginnings, which may be those of many words. */
const ON_PAGE = 1_500;
const ON_PAGE_OF_MANY = 700;
/** More places of a word than this are hardly in one event. */
const IN_EVENT = 6;

/** Which events hold words one after the other, by where these stand. */
export class PhraseFinder {
  #places: readonly PlacesRoom[] | null = null;

  /** @param mostPlaces of a word that are in memory at once; where there are more, history is searched in parts */
  constructor(
    private readonly db: Connection,
    private readonly kept: KeptWords,
    private readonly pages: () => WordPages,
    private readonly mostPlaces: number,
  ) {}

  /** Whether a phrase was looked for before, and what was found holds. */
  has(words: readonly Word[]): boolean {
    return this.#held(phraseKey(words)) !== null;
  }

  /** Keeps what was found in all of history, as far as there is room. */
  keep(words: readonly Word[], found: FoundWords): void {
    this.kept.add(phraseKey(words), found);
  }

  /**
   * The events of these blocks that hold the words one after the other. Null where `stop` ended the search, the index cannot be
   * read, or the words stand in too many places.
   * @param among where nothing else is asked for: what is found is not kept then
   */
  find(
    words: readonly Word[],
    blocks: Blocks,
    among: FoundWords | null,
    stop: () => boolean,
  ): FoundWords | null {
    const held = this.#held(phraseKey(words));
    if (held !== null) return held;
    // Merges move pages: what is planned and read belongs to one moment.
    const found = this.db.transaction(() => this.#look(words, blocks, among, stop))();
    if (found !== null && blocks.first === 0 && among === null) this.keep(words, found);
    return found;
  }

  #look(
    words: readonly Word[],
    blocks: Blocks,
    among: FoundWords | null,
    stop: () => boolean,
  ): FoundWords | null {
    const indexed = indexedUpTo(this.db);
    const parts = this.#parts(words, blocks, among, indexed);
    if (parts === null) return null;
    const set = new SeqSet(blocks.first, blocks.last);
    for (const part of parts) {
      const known = this.#inPlace(words, part, indexed);
      const some = among?.set.copy(part.first, part.last) ?? all(part);
      const found = known && joinPlaces(this.pages(), known, some, this.#rooms(), stop);
      if (found === null) return null;
      set.or(found);
    }
    return { set, indexed: Math.min(indexed, among?.indexed ?? Infinity, (blocks.last + 1) * SLOTS) };
  }

  /** The words of a phrase, first the one that stands in the fewest places; null where the index cannot be read. */
  #inPlace(words: readonly Word[], blocks: Blocks, indexed: number): PhraseWord[] | null {
    const known: PhraseWord[] = [];
    for (const [place, { word, prefix, category }] of words.entries()) {
      const plan = this.pages().plan(word, prefix, category, seqsOf(blocks, indexed));
      if (plan === null) return null;
      known.push({ plan, place });
    }
    return known.sort((a, b) => placesOf(a, blocks, indexed) - placesOf(b, blocks, indexed));
  }

  /**
   * The blocks in parts in which the first word stands in no more places than can be kept. What is scattered would be read
   * whole for each, so that there is only one.
   */
  #parts(words: readonly Word[], blocks: Blocks, among: FoundWords | null, indexed: number): Blocks[] | null {
    const known = this.#inPlace(words, blocks, indexed);
    const [first] = known ?? [];
    if (known === null || first === undefined) return null;
    const most = (among?.set.size ?? Infinity) * IN_EVENT;
    const places = Math.min(most, placesOf(first, blocks, indexed));
    const count = blocks.last - blocks.first + 1;
    const whole = known.some(({ plan }) => plan.scattered);
    const parts = whole ? 1 : Math.min(count, Math.ceil((2 * places) / this.mostPlaces));
    return Array.from({ length: parts }, (_, part) => ({
      first: blocks.first + Math.floor((part * count) / parts),
      last: blocks.first + Math.floor(((part + 1) * count) / parts) - 1,
    }));
  }

  /** What is kept, unless too much came since. */
  #held(key: string): FoundWords | null {
    const kept = this.kept.get(key);
    const since = kept === null ? 0 : indexedUpTo(this.db) - kept.indexed;
    return since * READ_MS > MOST_SINCE_MS ? null : kept;
  }

  #rooms(): readonly PlacesRoom[] {
    return (this.#places ??= [new PlacesRoom(this.mostPlaces), new PlacesRoom(this.mostPlaces)]);
  }
}

/** About how often a word stands in the events of some blocks. */
function placesOf({ plan }: PhraseWord, { first, last }: Blocks, indexed: number): number {
  // Pages of other blocks are left out, but for those of many words.
  const share = Math.min(1, ((last - first + 1) * SLOTS) / Math.max(1, indexed));
  return plan.pages * (plan.scattered ? ON_PAGE_OF_MANY * share : ON_PAGE);
}

const phraseKey = (words: readonly Word[]): string =>
  JSON.stringify(words.map(({ word, prefix }) => (prefix ? [word] : word)));

import type { Connection } from '../../../../db/client';
import { SLOTS } from '../../blocks/block';
import { READ_MS } from '../../matching/row-reader';
import { indexedUpTo } from '../../sql/query-sql';
import type { FoundWords, KeptWords } from '../kept-words';
import { all, joinPlaces, type PhraseWord } from './phrase';
import { PlacesRoom } from './places';
import { SeqSet } from '../seq-set';
import { seqsOf } from '../stretch';
import type { Blocks } from '../stretch';
import type { Word } from '../formula';
import type { WordPages, WordPlan } from '../pages/word-pages';

/** A phrase that is kept is looked up anew once reading the events that came since takes so long. */
const MOST_SINCE_MS = 30;

/** Places that a page of the index tells of, about: of a frequent word, and of beginnings, which may be those of many words. */
const ON_PAGE = 1_500;
const ON_PAGE_OF_MANY = 700;
/** More places of a word than this are hardly in one event. */
const IN_EVENT = 6;

/** Milliseconds for an event that holds the first word: to keep where it stands there, and to look what follows. */
const EVENT_MS = 0.00007;

/** About how many events the pages of a word tell of. */
export const eventsOn = ({ pages, scattered }: Pick<WordPlan, 'pages' | 'scattered'>): number =>
  pages * (scattered ? 600 : 400);

/** Which events hold words one after the other, by where these stand. */
export class PhraseFinder {
  #places: readonly PlacesRoom[] | null = null;

  /** @param mostPlaces of a word that are in memory at once; where there are more, history is searched in parts */
  constructor(
    private readonly db: Connection,
    private readonly kept: KeptWords,
    private readonly pages: () => WordPages,
    private readonly mostPlaces: number,
    private readonly reading: (pages: number) => number,
  ) {}

  /** Whether a phrase was looked for before, and what was found holds. */
  has(words: readonly Word[]): boolean {
    return this.#held(phraseKey(words)) !== null;
  }

  /**
   * About the milliseconds that finding a phrase takes where only so many events are asked for; Infinity where it cannot be
   * found, or its words stand in too many places.
   */
  cost(words: readonly Word[], blocks: Blocks): (among: number) => number {
    if (this.has(words)) return () => 0;
    const indexed = indexedUpTo(this.db);
    const known = this.db.transaction(() => this.#plans(words, blocks, indexed))();
    if (known === null) return () => Infinity;
    const whole = known.some(({ plan }) => plan.scattered);
    const ms = this.reading(known.reduce((sum, { plan }) => sum + plan.pages, 0));
    return (among) => {
      const [first] = this.#inOrder(known, blocks, among, indexed);
      if (first === undefined) return Infinity;
      const places = Math.min(among * IN_EVENT, placesOf(first, blocks, indexed));
      if (whole && !first.plan.scattered && places > this.mostPlaces) return Infinity;
      return ms + Math.min(among, eventsOn(first.plan)) * EVENT_MS;
    };
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
    const size = among?.set.size ?? Infinity;
    const parts = this.#parts(words, blocks, size, indexed);
    if (parts === null) return null;
    const set = new SeqSet(blocks.first, blocks.last);
    for (const part of parts) {
      const known = this.#plans(words, part, indexed);
      const ordered = known && this.#inOrder(known, part, size, indexed);
      const some = among?.set.copy(part.first, part.last) ?? all(part);
      const found = ordered && joinPlaces(this.pages(), ordered, some, this.#rooms(), stop);
      if (found === null) return null;
      set.or(found);
    }
    return { set, indexed: Math.min(indexed, among?.indexed ?? Infinity, (blocks.last + 1) * SLOTS) };
  }

  /** The words of a phrase, and where they are told of; null where the index cannot be read. */
  #plans(words: readonly Word[], blocks: Blocks, indexed: number): PhraseWord[] | null {
    const known: PhraseWord[] = [];
    for (const [place, { word, prefix, category }] of words.entries()) {
      const plan = this.pages().plan(word, prefix, category, seqsOf(blocks, indexed));
      if (plan === null) return null;
      known.push({ plan, place });
    }
    return known;
  }

  /** First the word that stands in the fewest places. What comes in no order is not put in one: it is first, where it fits, or last. */
  #inOrder(known: readonly PhraseWord[], blocks: Blocks, among: number, indexed: number): PhraseWord[] {
    const places = (of: PhraseWord): number => Math.min(among * IN_EVENT, placesOf(of, blocks, indexed));
    const ordered = known.toSorted((a, b) => placesOf(a, blocks, indexed) - placesOf(b, blocks, indexed));
    const loose = known.find(({ plan }) => plan.scattered);
    if (loose === undefined) return ordered;
    const others = ordered.filter((each) => each !== loose);
    const [first] = others;
    const rare = first === undefined || places(loose) < places(first);
    return rare && places(loose) <= this.mostPlaces ? [loose, ...others] : [...others, loose];
  }

  /**
   * The blocks in parts in which the first word stands in no more places than can be kept. What is scattered would be read
   * whole for each, so that there is only one.
   */
  #parts(words: readonly Word[], blocks: Blocks, among: number, indexed: number): Blocks[] | null {
    const known = this.#plans(words, blocks, indexed);
    const [first] = known === null ? [] : this.#inOrder(known, blocks, among, indexed);
    if (known === null || first === undefined) return null;
    const places = Math.min(among * IN_EVENT, placesOf(first, blocks, indexed));
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
    return (this.#places ??= [1, 2, 3].map(() => new PlacesRoom(this.mostPlaces)));
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

import type { Connection } from '../../../db/client';
import { blockOf, SLOTS } from '../facets/block';
import { READ_MS } from '../facets/row-reader';
import { indexedUpTo } from '../query-sql';
import type { Formula } from './formula';
import { KeptWords, type FoundWords } from './kept-words';
import { all, joinPlaces } from './phrase';
import { SeqSet } from './seq-set';
import type { Seqs } from './stretch';
import { WordPages, type WordPlan } from './word-pages';

/** Milliseconds to read a page of the index: measured at first, then learnt from lists of so many pages. */
const PAGE_MS = 0.01;
const LEARNT_FROM = 256;
const SLOWEST = 0.05;
/** Lists of fewer pages are not worth their place in memory. */
const LONG = 64;
const KEPT_BYTES = 4 * 1024 * 1024;

/** A phrase that is kept is looked up anew once reading the events that came since takes so long. */
const MOST_SINCE_MS = 30;

export type Word = Extract<Formula, { kind: 'word' }>;
type Planned =
  | { readonly kind: 'kept'; readonly found: FoundWords }
  | { readonly kind: 'word'; readonly key: string; readonly plan: WordPlan; readonly kept: FoundWords | null }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Planned[] };

export interface Blocks {
  readonly first: number;
  readonly last: number;
}

/** Which events hold which words, as the index's own pages say. */
export class WordFinder {
  #pages: WordPages | null = null;
  readonly #kept: KeptWords;
  #pageMs = PAGE_MS;

  constructor(
    private readonly db: Connection,
    keptBytes = KEPT_BYTES,
  ) {
    this.#kept = new KeptWords(keptBytes);
  }

  /** About the milliseconds that finding the words takes; Infinity where they cannot be found. */
  cost(formula: Formula, blocks?: Blocks): number {
    return this.#within(() => {
      const planned = this.#plan(formula, indexedUpTo(this.db), blocks);
      return planned === null ? Infinity : pagesOf(planned) * this.#pageMs;
    });
  }

  /** Pages of the index that tell of a word, whether they were read before or not; Infinity where it cannot be found. */
  pages({ word, prefix, category }: Word, blocks: Blocks): number {
    const seqs = seqsOf(blocks, indexedUpTo(this.db));
    return this.#within(() => this.#wordPages().plan(word, prefix, category, seqs)?.pages ?? Infinity);
  }

  /** About the milliseconds to read so many pages. */
  reading(pages: number): number {
    return pages * this.#pageMs;
  }

  /** Whether a phrase was looked for before, and what was found holds. */
  hasPhrase(words: readonly Word[]): boolean {
    return this.#held(phraseKey(words)) !== null;
  }

  /** Keeps what was found in all of history, as far as there is room: it need not be looked up again. */
  keep(formula: Formula, found: FoundWords): void {
    this.#kept.add(keyOf(formula), found);
  }

  /** The same for a phrase. */
  keepPhrase(words: readonly Word[], found: FoundWords): void {
    this.#kept.add(phraseKey(words), found);
  }

  /** All words that begin so, where they are few; else null. */
  beginning(word: string): readonly string[] | null {
    return this.#within(() => this.#wordPages().beginning(word));
  }

  /** The events of these blocks that hold the words; null where `stop` ended the search, or the index cannot be read. */
  find(formula: Formula, blocks: Blocks, stop: () => boolean = () => false): FoundWords | null {
    return this.#within(() => {
      const indexed = indexedUpTo(this.db);
      const planned = this.#plan(formula, indexed, blocks);
      return planned && this.#read(planned, blocks, indexed, stop);
    });
  }

  /**
   * The events of these blocks that hold the words one after the other. Null where `stop` ended the search, the index cannot be
   * read, or the words stand in too many places.
   * @param among where nothing else is asked for: what is found is not kept then
   */
  phrase(
    words: readonly Word[],
    blocks: Blocks,
    among: FoundWords | null,
    stop: () => boolean,
  ): FoundWords | null {
    const key = phraseKey(words);
    const held = this.#held(key);
    if (held !== null) return held;
    return this.#within(() => {
      const indexed = indexedUpTo(this.db);
      const plans = words.map(({ word, prefix, category }, place) => {
        const plan = this.#wordPages().plan(word, prefix, category, seqsOf(blocks, indexed));
        return plan && { plan, place };
      });
      const known = plans.filter((each) => each !== null).sort((a, b) => a.plan.pages - b.plan.pages);
      if (known.length < plans.length) return null;
      const set = joinPlaces(
        this.#wordPages(),
        known,
        among?.set.copy(blocks.first, blocks.last) ?? all(blocks),
        stop,
      );
      if (set === null) return null;
      const upTo = Math.min(indexed, among?.indexed ?? Infinity, (blocks.last + 1) * SLOTS);
      const found = { set, indexed: upTo };
      if (blocks.first === 0 && among === null) this.#kept.add(key, found);
      return found;
    });
  }

  /** What is kept, unless too much came since. */
  #held(key: string): FoundWords | null {
    const kept = this.#kept.get(key);
    const since = kept === null ? 0 : indexedUpTo(this.db) - kept.indexed;
    return since * READ_MS > MOST_SINCE_MS ? null : kept;
  }

  #wordPages(): WordPages {
    // Not before it is needed: fields and times are found without an index too.
    return (this.#pages ??= new WordPages(this.db));
  }

  /** Merges move pages: what is planned and read belongs to one moment. */
  #within<Result>(work: () => Result): Result {
    return this.db.transaction(work)();
  }

  #plan(formula: Formula, indexed: number, blocks?: Blocks): Planned | null {
    if (formula.kind === 'word') return this.#planWord(formula, indexed, blocks);
    const parts = formula.parts.map((part) => this.#plan(part, indexed, blocks));
    const known = parts.filter((part) => part !== null);
    if (known.length < parts.length) return null;
    const planned = { kind: formula.kind, parts: known };
    const kept = this.#worthKeeping(keyOf(formula), pagesOf(planned), indexed);
    return kept === null ? planned : { kind: 'kept', found: kept };
  }

  #planWord({ word, prefix, category }: Word, indexed: number, blocks?: Blocks): Planned | null {
    const plan = this.#wordPages().plan(word, prefix, category, seqsOf(blocks, indexed));
    if (plan === null) return null;
    const key = keyOf({ kind: 'word', word, prefix, category });
    return { kind: 'word', key, plan, kept: this.#worthKeeping(key, plan.pages, indexed) };
  }

  /** What is kept, unless reading so many pages is quicker: events that came since may have to be read one by one. */
  #worthKeeping(key: string, pages: number, indexed: number): FoundWords | null {
    const kept = this.#kept.get(key);
    const holds = kept !== null && (indexed - kept.indexed) * READ_MS * 2 <= pages * this.#pageMs;
    return holds ? kept : null;
  }

  #read(planned: Planned, blocks: Blocks, indexed: number, stop: () => boolean): FoundWords | null {
    if (planned.kind === 'kept') return planned.found;
    if (planned.kind === 'word') return planned.kept ?? this.#readWord(planned, blocks, indexed, stop);
    let found: FoundWords | null = null;
    for (const part of planned.parts) {
      const some = this.#read(part, blocks, indexed, stop);
      if (some === null) return null;
      if (found === null) found = { ...some, set: some.set.copy(blocks.first, blocks.last) };
      else {
        if (planned.kind === 'and') found.set.and(some.set);
        else found.set.or(some.set);
        found = { set: found.set, indexed: Math.min(found.indexed, some.indexed) };
      }
    }
    return found;
  }

  #readWord(
    { key, plan }: Extract<Planned, { kind: 'word' }>,
    blocks: Blocks,
    indexed: number,
    stop: () => boolean,
  ): FoundWords | null {
    const long = plan.pages >= LONG;
    // Pages that tell of all events are not read once for each window.
    const { first, last } = long && !plan.narrowed ? { first: 0, last: blockOf(indexed) } : blocks;
    const set = new SeqSet(first, last);
    const begun = performance.now();
    if (!this.#pages?.read(plan, set, stop)) return null;
    if (plan.pages >= LEARNT_FROM) {
      const learnt = Math.min(SLOWEST, (performance.now() - begun) / plan.pages);
      this.#pageMs = (this.#pageMs + learnt) / 2;
    }
    const found = { set, indexed: Math.min(indexed, (last + 1) * SLOTS) };
    if (first === 0 && long) this.#kept.add(key, found);
    return found;
  }
}

function seqsOf(blocks: Blocks | undefined, indexed: number): Seqs | undefined {
  if (blocks === undefined) return undefined;
  const last = (blocks.last + 1) * SLOTS;
  return { from: blocks.first * SLOTS + 1, to: last < indexed ? last : Infinity };
}

function pagesOf(planned: Planned): number {
  if (planned.kind === 'kept') return 0;
  if (planned.kind === 'word') return planned.kept === null ? planned.plan.pages : 0;
  return planned.parts.reduce((sum, part) => sum + pagesOf(part), 0);
}

const keyOf = (formula: Formula): string =>
  JSON.stringify(formula.kind === 'word' ? [formula.word, formula.prefix, formula.category] : formula);

const phraseKey = (words: readonly Word[]): string =>
  JSON.stringify(words.map(({ word, prefix }) => (prefix ? [word] : word)));

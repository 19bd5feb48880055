import type { Connection } from '../../../db/client';
import { blockOf, SLOTS } from '../blocks/block';
import { APART_MS, READ_MS } from '../matching/row-reader';
import { indexedUpTo } from '../sql/query-sql';
import type { Formula, Word } from './formula';
import { KeptWords, type FoundWords } from './kept-words';
import { PhraseFinder } from './phrases/phrase-finder';
import { MOST_PLACES } from './phrases/places';
import { SeqSet } from './seq-set';
import { seqsOf, type Blocks } from './stretch';
import { WordPages, type WordPlan } from './pages/word-pages';

/** Milliseconds to read a page of the index: measured at first, then learnt from lists of so many pages. */
const PAGE_MS = 0.01;
const LEARNT_FROM = 256;
const SLOWEST = 0.05;
/** Lists of fewer pages are not worth their place in memory. */
const LONG = 64;
const KEPT_BYTES = 4 * 1024 * 1024;

type Planned =
  | { readonly kind: 'kept'; readonly found: FoundWords }
  | { readonly kind: 'word'; readonly key: string; readonly plan: WordPlan; readonly kept: FoundWords | null }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Planned[] };

/** What is asked for, and how. */
interface Asked {
  readonly blocks: Blocks;
  readonly indexed: number;
  readonly loosely: boolean;
  readonly stop: () => boolean;
}

/** Which events hold which words, as the index's own pages say. */
export class WordFinder {
  #pages: WordPages | null = null;
  readonly phrases: PhraseFinder;
  readonly #kept: KeptWords;
  #pageMs = PAGE_MS;

  constructor(
    private readonly db: Connection,
    keptBytes = KEPT_BYTES,
    mostPlaces = MOST_PLACES,
  ) {
    this.#kept = new KeptWords(keptBytes);
    this.phrases = new PhraseFinder(
      db,
      this.#kept,
      () => this.#wordPages(),
      mostPlaces,
      (pages) => this.reading(pages),
    );
  }

  /** About the milliseconds that finding the words takes; Infinity where they cannot be found. */
  cost(formula: Formula, blocks?: Blocks): number {
    return this.#within(() => {
      const planned = this.#plan(formula, indexedUpTo(this.db), blocks);
      return planned === null ? Infinity : pagesOf(planned) * this.#pageMs;
    });
  }

  /** Pages of the index that tell of a word, whether they were read before or not; Infinity where it cannot be found. */
  pages({ word, prefix, category }: Word, blocks: Blocks): Pick<WordPlan, 'pages' | 'scattered'> {
    const seqs = seqsOf(blocks, indexedUpTo(this.db));
    const plan = this.#within(() => this.#wordPages().plan(word, prefix, category, seqs));
    return plan ?? { pages: Infinity, scattered: false };
  }

  /** About the milliseconds to read so many pages. */
  reading(pages: number): number {
    return pages * this.#pageMs;
  }

  /** Keeps what was found in all of history, as far as there is room: it need not be looked up again. */
  keep(formula: Formula, found: FoundWords): void {
    this.#kept.add(keyOf(formula), found);
  }

  /** All words that begin so, where they are few; else null. */
  beginning(word: string): readonly string[] | null {
    return this.#within(() => this.#wordPages().beginning(word));
  }

  /**
   * The events of these blocks that hold the words; null where `stop` ended the search, or the index cannot be read.
   * @param loosely some that do not may be among them, where they are sooner read than another list
   */
  find(
    formula: Formula,
    blocks: Blocks,
    stop: () => boolean = () => false,
    loosely = false,
  ): FoundWords | null {
    return this.#within(() => {
      const indexed = indexedUpTo(this.db);
      const planned = this.#plan(formula, indexed, blocks);
      return planned && this.#read(planned, { blocks, indexed, loosely, stop });
    });
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

  #read(planned: Planned, asked: Asked): FoundWords | null {
    if (planned.kind === 'kept') return planned.found;
    if (planned.kind === 'word') return planned.kept ?? this.#readWord(planned, asked);
    const { first, last } = asked.blocks;
    let found: FoundWords | null = null;
    for (const part of planned.kind === 'and' ? shortestFirst(planned) : planned.parts) {
      if (found !== null && planned.kind === 'and' && asked.loosely)
        if (found.set.size * APART_MS < pagesOf(part) * this.#pageMs) break;
      const some = this.#read(part, asked);
      if (some === null) return null;
      if (found === null) found = { ...some, set: some.set.copy(first, last) };
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
    { blocks, indexed, stop }: Asked,
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

/** The parts of an `and`, and of those within it, the shortest lists first. */
function shortestFirst({ parts }: Extract<Planned, { kind: 'and' | 'or' }>): Planned[] {
  const all = parts.flatMap((part) => (part.kind === 'and' ? shortestFirst(part) : [part]));
  return all.sort((a, b) => pagesOf(a) - pagesOf(b));
}

function pagesOf(planned: Planned): number {
  if (planned.kind === 'kept') return 0;
  if (planned.kind === 'word') return planned.kept === null ? planned.plan.pages : 0;
  return planned.parts.reduce((sum, part) => sum + pagesOf(part), 0);
}

const keyOf = (formula: Formula): string =>
  JSON.stringify(formula.kind === 'word' ? [formula.word, formula.prefix, formula.category] : formula);

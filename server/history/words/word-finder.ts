import type { Connection } from '../../../db/client';
import type { Leaf } from '../facets/masks';
import { boundsUpTo, type Bounds } from '../facets/masks';
import { indexedUpTo } from '../query-sql';
import type { Formula } from './formula';
import { SeqSet } from './seq-set';
import { WordPages, type WordPlan } from './word-pages';

/** Milliseconds to read a page of the index; measured. */
export const PAGE_MS = 0.015;

type Planned =
  | { readonly kind: 'word'; readonly plan: WordPlan }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Planned[] };

export interface Blocks {
  readonly first: number;
  readonly last: number;
}

/** Which events hold which words, as the index's own pages say. */
export class WordFinder {
  #pages: WordPages | null = null;

  constructor(private readonly db: Connection) {}

  /** Pages of the index that finding the words reads; Infinity where they cannot be found. */
  pages(formula: Formula): number {
    return this.#within(() => {
      const planned = this.#plan(formula);
      return planned === null ? Infinity : pagesOf(planned);
    });
  }

  /** All words that begin so, where they are few; else null. */
  beginning(word: string): readonly string[] | null {
    return this.#within(() => (this.#pages ??= new WordPages(this.db)).beginning(word));
  }

  /** The events of these blocks that hold the words; null where `stop` ended the search, or the index cannot be read. */
  find(formula: Formula, blocks: Blocks, stop: () => boolean = () => false): FoundWords | null {
    return this.#within(() => {
      const indexed = indexedUpTo(this.db);
      const planned = this.#plan(formula);
      const set = planned && this.#read(planned, blocks, stop);
      return set && { set, indexed };
    });
  }

  /** Merges move pages: what is planned and read belongs to one moment. */
  #within<Result>(work: () => Result): Result {
    return this.db.transaction(work)();
  }

  #plan(formula: Formula): Planned | null {
    if (formula.kind === 'word') {
      // Not before it is needed: fields and times are found without an index too.
      this.#pages ??= new WordPages(this.db);
      const plan = this.#pages.plan(formula.word, formula.prefix, formula.category);
      return plan && { kind: 'word', plan };
    }
    const parts = formula.parts.map((part) => this.#plan(part));
    const known = parts.filter((part) => part !== null);
    return known.length < parts.length ? null : { kind: formula.kind, parts: known };
  }

  #read(planned: Planned, blocks: Blocks, stop: () => boolean): SeqSet | null {
    if (planned.kind === 'word') {
      const set = new SeqSet(blocks.first, blocks.last);
      return this.#pages?.read(planned.plan, set, stop) ? set : null;
    }
    let found: SeqSet | null = null;
    for (const part of planned.parts) {
      const set = this.#read(part, blocks, stop);
      if (set === null) return null;
      if (found === null) found = set;
      else if (planned.kind === 'and') found.and(set);
      else found.or(set);
    }
    return found;
  }
}

export interface FoundWords {
  readonly set: SeqSet;
  /** The index holds every event up to this seq. */
  readonly indexed: number;
}

/** What was found as a part of a query, for the blocks that were asked for: beyond what is indexed anything may be. */
export function foundLeaf({ set, indexed }: FoundWords, exact: boolean): Leaf {
  let last: { readonly block: number; readonly bounds: Bounds } | null = null;
  return {
    exact,
    bounds: (block) => {
      if (last?.block !== block)
        last = { block, bounds: boundsUpTo(set.mask(block), { block, exact, known: indexed }) };
      return last.bounds;
    },
  };
}

function pagesOf(planned: Planned): number {
  return planned.kind === 'word'
    ? planned.plan.pages
    : planned.parts.reduce((sum, part) => sum + pagesOf(part), 0);
}

import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../../db/client';
import { LeafPages, NO_COLUMN, wordsOn } from './leaf-pages';
import { CATEGORY_COLUMN, PlacePages, type Found } from './place-pages';
import { readSegments, type Segment } from './segments';
import type { SeqSet } from '../seq-set';
import { EVERY_SEQ, narrowed, type Seqs, type Stretch } from '../stretch';
import { firstSeq, type TermPages } from './term-pages';

/** The layout of the index that is understood here; another one is left to SQLite. */
const KNOWN_VERSION = 4;
const STRUCTURE = 10;
/** A segment's pages are numbered from here on. */
const SEGMENT = 2 ** 37;
/** Before each word of the main index. */
const MAIN = '0';
/** A beginning is told from its words where there are so few of them, on so few pages. */
const MOST_WORDS = 8;
const MOST_PAGES = 4;
/** Of so few pages all are read, whatever seqs are asked for. */
const LONG = 16;
/** Pages that one statement reads: 128 KiB. */
const PAGES_AT_ONCE = 32;

/** A word, or the beginning of words, and where its lists stand. */
export interface WordPlan {
  readonly key: Uint8Array;
  readonly prefix: boolean;
  readonly category: boolean;
  readonly stretches: readonly Stretch[];
  /** Many words begin so: which events a page tells of is not known before it is read. */
  readonly scattered: boolean;
  /** What reading it costs. */
  readonly pages: number;
  /** Some pages are left out, which tell of other events than those asked for. */
  readonly narrowed: boolean;
}

/**
 * The lists of the full-text index, read from its own pages (decision 0054): thirty times as quick as asking for each entry.
 * Callers wrap `plan` and `read` in one read transaction: merges move pages.
 */
export class WordPages {
  readonly #record: Statement<[number], Buffer>;
  readonly #pageOf: Statement<[number, Buffer], number>;
  readonly #pageAfter: Statement<[number, Buffer], number>;
  readonly #pagesWith: Statement<[number, Buffer, Buffer, number], number>;
  readonly #pages: Statement<[number, number], Buffer>;
  readonly #known: boolean;

  constructor(db: Connection) {
    this.#known =
      db.prepare<[], number>("SELECT v FROM events_fts_config WHERE k = 'version'").pluck().get() ===
      KNOWN_VERSION;
    this.#record = db.prepare<[number], Buffer>('SELECT block FROM events_fts_data WHERE id = ?').pluck();
    this.#pageOf = db
      .prepare<[number, Buffer], number>(
        'SELECT pgno FROM events_fts_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1',
      )
      .pluck();
    this.#pageAfter = db
      .prepare<[number, Buffer], number>(
        'SELECT pgno FROM events_fts_idx WHERE segid = ? AND term > ? ORDER BY term LIMIT 1',
      )
      .pluck();
    this.#pagesWith = db
      .prepare<[number, Buffer, Buffer, number], number>(
        'SELECT pgno FROM events_fts_idx WHERE segid = ? AND term > ? AND term < ? ORDER BY term LIMIT ?',
      )
      .pluck();
    this.#pages = db
      .prepare<[number, number], Buffer>(
        'SELECT block FROM events_fts_data WHERE id BETWEEN ? AND ? ORDER BY id',
      )
      .pluck();
  }

  /**
   * Where a word stands; null where the layout of the index is not known. `category`: also in names of categories. Of other
   * events than those of the `seqs` anything may be told.
   */
  plan(word: string, prefix: boolean, category: boolean, seqs: Seqs = EVERY_SEQ): WordPlan | null {
    const segments = this.#known ? this.#segments() : null;
    if (segments === null) return null;
    const key = Buffer.from(MAIN + word);
    // No letter of UTF-8 has this byte.
    const behind = prefix ? Buffer.concat([key, Buffer.of(0xff)]) : key;
    let scattered = false;
    const stretches = segments.map(({ id, first, last }): Stretch => {
      const from = Math.max(first, (this.#pageOf.get(id, key) ?? 0) >>> 1);
      const after = this.#pageAfter.get(id, behind);
      // What a merge has taken over lies before the first page.
      const to = after === undefined ? last : Math.max(from - 1, after >>> 1);
      const end = to > from && !prefix && this.#endsOn(id, from, key) ? from : to;
      const all = { segment: id, from, next: from + 1, to: end, narrowed: false };
      if (end - from <= LONG) return all;
      if (this.#pagesWith.all(id, key, behind, 1).length === 0) return this.#narrowed(all, seqs);
      scattered = true;
      return all;
    });
    return {
      ...{ key, prefix, category, stretches, scattered },
      pages: stretches.reduce((sum, { next, to }) => sum + to - next + 2, 0),
      narrowed: stretches.some((some) => some.narrowed),
    };
  }

  #narrowed(all: Stretch, seqs: Seqs): Stretch {
    return narrowed(all, seqs, (page) => {
      const bytes = this.#record.get(all.segment * SEGMENT + page);
      return bytes ? firstSeq(bytes) : 0;
    });
  }

  /** No later page has the word: it begins on this one, if anywhere, and another one follows there. */
  #endsOn(segment: number, page: number, key: Buffer): boolean {
    const bytes = this.#record.get(segment * SEGMENT + page);
    if (!bytes) return false;
    const { words, goesOn } = wordsOn(bytes, key);
    return !goesOn || words.at(-1)?.length !== key.length;
  }

  /** Adds the events that hold the word; false where `stop` ended it before. */
  read(plan: WordPlan, into: SeqSet, stop: () => boolean): boolean {
    const without = plan.category ? NO_COLUMN : CATEGORY_COLUMN;
    return this.#read(plan, () => new LeafPages(plan.key, plan.prefix, without, into), stop);
  }

  /** Tells where the word stands in some of the events (see PlacePages); false where `stop` ended it before. */
  places(plan: WordPlan, among: SeqSet, found: Found, stop: () => boolean): boolean {
    const { bits, low } = among;
    return this.#read(plan, () => new PlacePages(plan.key, plan.prefix, bits, low, found), stop);
  }

  #read({ stretches }: WordPlan, newLeaf: () => TermPages, stop: () => boolean): boolean {
    for (const { segment, from, next, to } of stretches) {
      const leaf = newLeaf();
      const parts =
        next > from + 1
          ? ([
              [from, from],
              [next, to],
            ] as const)
          : ([[from, to]] as const);
      for (const [first, last] of parts) {
        if (first === next) leaf.jump();
        for (let page = first; page <= last && !leaf.ended(); page += PAGES_AT_ONCE) {
          if (stop()) return false;
          const upTo = Math.min(last, page + PAGES_AT_ONCE - 1);
          for (const bytes of this.#pages.all(segment * SEGMENT + page, segment * SEGMENT + upTo))
            if (!leaf.ended()) leaf.page(bytes);
        }
      }
    }
    return true;
  }

  /** All words of the index that begin so; null where there are more than a few, or the layout is not known. */
  beginning(word: string): string[] | null {
    const segments = this.#known ? this.#segments() : null;
    if (segments === null) return null;
    const key = Buffer.from(MAIN + word);
    const behind = Buffer.concat([key, Buffer.of(0xff)]);
    const words = new Set<string>();
    for (const { id, first } of segments) {
      const from = Math.max(first, (this.#pageOf.get(id, key) ?? 0) >>> 1);
      const pages = new Set([
        from,
        ...this.#pagesWith.all(id, key, behind, MOST_PAGES + 1).map((page) => page >>> 1),
      ]);
      if (pages.size > MOST_PAGES) return null;
      for (const page of pages) {
        const bytes = this.#record.get(id * SEGMENT + page);
        for (const term of bytes ? wordsOn(bytes, key).words : [])
          words.add(term.toString('utf8', MAIN.length));
        if (words.size > MOST_WORDS) return null;
      }
    }
    return [...words];
  }

  #segments(): Segment[] | null {
    const bytes = this.#record.get(STRUCTURE);
    return bytes ? readSegments(bytes) : null;
  }
}

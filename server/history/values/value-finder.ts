import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { BIT_WORDS, countBits, isEmpty } from '../blocks/bits';
import { SLOTS } from '../blocks/block';
import type { Bounds, Leaf } from '../matching/masks';
import type { Mask } from '../matching/mask-logic';
import { both } from '../matching/masks';
import { and } from '../matching/mask-logic';
import type { ValueTest } from './column';
import { MOST_STRIPES, NewestValues, type Making } from './newest-values';
import { pathText, STRIPE, STRIPE_BLOCKS } from './stripe';
import { testOf, type PayloadNode } from './value-test';
import { addTold, tell, type Found, type KeptColumn } from './told-columns';
import { STRIPES_OF_PATH } from './value-writer';

/** By so many stripes it is judged how many events the columns leave open. */
const PROBED = 8;
/** Stripes whose columns one statement reads. */
const MOST_AT_ONCE = 16;
const UNKNOWN: Bounds = { must: false, may: true };

type Row = [stripe: number, omitted: Buffer | null, data: Buffer | null];
const NOTHING = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
const NOWHERE: Found = { must: NOTHING, may: NOTHING };

/** Answers payload comparisons from columns of the payloads' values, where there are any. */
export class ValueFinder {
  readonly #columns: Statement<[string, number, number], Row>;
  readonly #stripes: Statement<[number, number], number>;
  readonly #newest: NewestValues;
  #last: { readonly key: string; readonly rows: readonly Row[] } | null = null;

  constructor(db: Connection, newest = new NewestValues(db)) {
    this.#newest = newest;
    // One statement: a stripe that is forgotten meanwhile is not taken for one without the path.
    this.#columns = db
      .prepare<[string, number, number], Row>(
        'SELECT s.stripe, s.omitted, v.data FROM value_stripes s LEFT JOIN event_values v ' +
          `ON v.id = (SELECT id FROM value_paths WHERE path = ?) * ${String(STRIPES_OF_PATH)} + s.stripe WHERE s.stripe BETWEEN ? AND ?`,
      )
      .raw();
    this.#stripes = db
      .prepare<[number, number], number>('SELECT stripe FROM value_stripes WHERE stripe BETWEEN ? AND ?')
      .pluck();
  }

  /** Makes columns of the newest events that lack stored ones, a few milliseconds a step. */
  *warm(): Generator<undefined, void> {
    const stored = new Set(this.#stripes.all(0, Number.MAX_SAFE_INTEGER));
    for (const stripe of this.#newest.stripes())
      while (!stored.has(stripe) && this.#newest.make(stripe)) yield;
  }

  leaf(node: PayloadNode): ValueLeaf {
    // Stripes may be stored since.
    this.#last = null;
    const test = testOf(node);
    const path = pathText(node.path);
    const around = node.path.slice(1).map((_, place) => pathText(node.path.slice(0, place + 1)));
    const making = this.#newest.making();
    return new ValueLeaf(
      (first, last) => this.#find({ first, last }, [path, ...around], test, making),
      (first, last) => this.#stripes.all(first, last),
    );
  }

  /** Two comparisons of one path are mostly asked of the same stripes, one right after the other. */
  #rowsOf(text: string, first: number, last: number): readonly Row[] {
    const key = `${String(first)} ${String(last)} ${text}`;
    if (this.#last?.key !== key) this.#last = { key, rows: this.#columns.all(text, first, last) };
    return this.#last.rows;
  }

  /** What columns say of some stripes; nothing of those that have none, or lack what is needed. */
  #find(
    { first, last }: { readonly first: number; readonly last: number },
    paths: readonly string[],
    test: ValueTest,
    making: Making,
  ): Map<number, Found> {
    const found = new Map<number, Found>();
    const all = paths.map((text) => ({ text, rows: this.#rowsOf(text, first, last) }));
    for (let stripe = first; stripe <= last; stripe++) {
      const columns = all.flatMap(({ text, rows }) => {
        const row = rows.find(([of]) => of === stripe);
        return row ? [{ text, omitted: row[1], data: row[2] }] : [];
      });
      const stored = columns.length === paths.length;
      const some = stored ? findIn(columns, test) : this.#newest.find(stripe, paths, test, making);
      if (some !== null) found.set(stripe, some);
    }
    return found;
  }
}

function findIn(columns: readonly KeptColumn[], test: ValueTest): Found | null {
  if (!tell(columns)) return null;
  if (columns.every(({ data }) => data === null)) return NOWHERE;
  const must = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
  const may = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
  addTold(columns, test, { must, may });
  return countBits(must) === countBits(may) ? { must, may: must } : { must, may };
}

/** A comparison as columns decide it; where they do not, as what was looked up besides says. */
export class ValueLeaf implements Leaf {
  readonly exact = false;
  /** Null where columns do not tell. */
  readonly #found = new Map<number, Found | false | null>();
  #besides: Leaf | null = null;
  #within: Leaf | null = null;
  #atOnce = 1;
  #last: { readonly block: number; readonly bounds: Bounds } | null = null;

  constructor(
    private readonly find: (first: number, last: number) => Map<number, Found>,
    private readonly stripes: (first: number, last: number) => readonly number[],
  ) {}

  /** Takes in what else was found out; later findings replace earlier ones. */
  beside(leaf: Leaf): this {
    this.#besides = leaf;
    this.#last = null;
    return this;
  }

  /** Takes in where matches lie at the most: columns of other blocks need not be looked at. */
  within(leaf: Leaf): void {
    this.#within = leaf;
    this.#last = null;
  }

  bounds(block: number): Bounds {
    if (this.#last?.block !== block) this.#last = { block, bounds: this.#boundsWithin(block) };
    return this.#last.bounds;
  }

  #boundsWithin(block: number): Bounds {
    const within = this.#within?.bounds(block).may ?? true;
    if (within === false) return both(false);
    const { must, may } = this.#boundsOf(block);
    return within === true || must === may ? { must, may } : { must, may: and(may, within) };
  }

  #boundsOf(block: number): Bounds {
    const found = this.#stripe(Math.floor(block / STRIPE_BLOCKS));
    if (found === false) return both(false);
    const other = (): Bounds => this.#besides?.bounds(block) ?? UNKNOWN;
    if (found === null) return other();
    const must = ofBlock(found.must, block);
    return found.may === found.must ? both(must) : { must, may: and(ofBlock(found.may, block), other().may) };
  }

  /** About so many events of these blocks are left open. */
  open(first: number, last: number): number {
    const [from, to] = [Math.floor(first / STRIPE_BLOCKS), Math.floor(last / STRIPE_BLOCKS)];
    const stored = this.stripes(from, to);
    const step = Math.max(1, Math.floor(stored.length / PROBED));
    const probed = stored.filter((_, place) => place % step === 0);
    const unknown = probed.reduce((sum, stripe) => sum + this.#openIn(stripe), 0);
    // The newest are not stored yet, and known all the same.
    const newest = Math.max((stored.at(-1) ?? from - 1) + 1, to - MOST_STRIPES + 1);
    let missing = (newest - from - stored.length) * STRIPE;
    for (let stripe = newest; stripe <= to; stripe++) missing += this.#openIn(stripe);
    const open = missing + (unknown * stored.length) / Math.max(1, probed.length);
    return Math.min(open, (last - first + 1) * SLOTS);
  }

  #openIn(stripe: number): number {
    const found = this.#stripe(stripe);
    if (found === null) return STRIPE;
    return found === false ? 0 : countBits(found.may) - countBits(found.must);
  }

  #stripe(stripe: number): Found | false | null {
    const known = this.#found.get(stripe);
    if (known !== undefined) return known;
    // Neighbours are asked for together, twice as many each time: a search goes from one to the next.
    const first = stripe - (stripe % this.#atOnce);
    const some = this.find(first, first + this.#atOnce - 1);
    for (let place = first; place < first + this.#atOnce; place++) {
      const found = some.get(place) ?? null;
      this.#found.set(place, found && isEmpty(found.may) ? false : found);
    }
    this.#atOnce = Math.min(this.#atOnce * 2, MOST_AT_ONCE);
    return this.#found.get(stripe) ?? null;
  }
}

function ofBlock(bits: Uint32Array, block: number): Mask {
  const from = (block % STRIPE_BLOCKS) * BIT_WORDS;
  const part = bits.subarray(from, from + BIT_WORDS);
  return isEmpty(part) ? false : part;
}

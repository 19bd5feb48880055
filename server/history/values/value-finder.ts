import type { Statement } from 'better-sqlite3';
import { comparePayload, type QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { BIT_WORDS, countBits, isEmpty } from '../facets/bits';
import { SLOTS } from '../facets/block';
import type { Bounds, Leaf } from '../facets/masks';
import type { Mask } from '../facets/mask-logic';
import { both } from '../facets/masks';
import { and } from '../facets/mask-logic';
import { opaqueSlots, testColumn, type ValueTest } from './column';
import { pathHash, pathText, STRIPE, STRIPE_BLOCKS } from './stripe';
import { STRIPES_OF_PATH } from './value-writer';

export type PayloadNode = Extract<QueryNode, { kind: 'payload' }>;

/** By so many stripes it is judged how many events the columns leave open. */
const PROBED = 8;
/** Stripes whose columns one statement reads. */
const MOST_AT_ONCE = 16;
const UNKNOWN: Bounds = { must: false, may: true };

type Row = [stripe: number, omitted: Buffer | null, data: Buffer | null];
/** A bit for each slot of a stripe; the same ones where nothing is left open. */
interface Found {
  readonly must: Uint32Array;
  readonly may: Uint32Array;
}

const NOTHING = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
const NOWHERE: Found = { must: NOTHING, may: NOTHING };

/** Answers payload comparisons from columns of the payloads' values, where there are any. */
export class ValueFinder {
  readonly #columns: Statement<[string, number, number], Row>;
  readonly #stripes: Statement<[number, number], number>;

  constructor(db: Connection) {
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

  leaf(node: PayloadNode): ValueLeaf {
    const test = testOf(node);
    const path = pathText(node.path);
    const around = node.path.slice(1).map((_, place) => pathText(node.path.slice(0, place + 1)));
    return new ValueLeaf(
      (first, last) => this.#find({ first, last }, path, around, test),
      (first, last) => this.#stripes.all(first, last),
    );
  }

  /** What columns say of some stripes; nothing of those that have none, or lack what is needed. */
  #find(
    { first, last }: { readonly first: number; readonly last: number },
    path: string,
    around: readonly string[],
    test: ValueTest,
  ): Map<number, Found> {
    const found = new Map<number, Found>();
    const all = [path, ...around].map((text) => ({ text, rows: this.#columns.all(text, first, last) }));
    for (let stripe = first; stripe <= last; stripe++) {
      const columns = all.map(({ text, rows }) => ({ text, row: rows.find(([of]) => of === stripe) }));
      const some = findIn(columns, path, test);
      if (some !== null) found.set(stripe, some);
    }
    return found;
  }
}

function findIn(
  columns: readonly { readonly text: string; readonly row: Row | undefined }[],
  path: string,
  test: ValueTest,
): Found | null {
  if (columns.every(({ text, row }) => row?.[2] === null && !mayBeOmitted(row[1], text))) return NOWHERE;
  const must = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
  const may = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
  for (const { text, row } of columns) {
    if (row === undefined) return null;
    const [, omitted, data] = row;
    if (data === null && mayBeOmitted(omitted, text)) return null;
    if (data === null) continue;
    if (text === path) testColumn(data, test, { must, may });
    else opaqueSlots(data, may);
  }
  return countBits(must) === countBits(may) ? { must, may: must } : { must, may };
}

function mayBeOmitted(omitted: Buffer | null, path: string): boolean {
  if (omitted === null) return true;
  const hash = pathHash(path);
  for (let at = 0; at < omitted.length; at += 4) if (omitted.readUInt32LE(at) === hash) return true;
  return false;
}

/** A comparison as columns decide it; where they do not, as what was looked up besides says. */
export class ValueLeaf implements Leaf {
  /** Nothing is left open; known once `open` was asked for. */
  exact = false;
  /** Null where columns do not tell. */
  readonly #found = new Map<number, Found | false | null>();
  #besides: Leaf | null = null;
  #within: Leaf | null = null;
  #atOnce = 1;

  constructor(
    private readonly find: (first: number, last: number) => Map<number, Found>,
    private readonly stripes: (first: number, last: number) => readonly number[],
  ) {}

  /** Takes in what else was found out; later findings replace earlier ones. */
  beside(leaf: Leaf): this {
    this.#besides = leaf;
    return this;
  }

  /** Takes in where matches lie at the most: columns of other blocks need not be looked at. */
  within(leaf: Leaf): void {
    this.#within = leaf;
  }

  bounds(block: number): Bounds {
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
    let unknown = 0;
    const step = Math.max(1, Math.floor(stored.length / PROBED));
    const probed = stored.filter((_, place) => place % step === 0);
    for (const stripe of probed) {
      const found = this.#stripe(stripe);
      if (found === null) unknown += STRIPE;
      else if (found !== false) unknown += countBits(found.may) - countBits(found.must);
    }
    const missing = (to - from + 1 - stored.length) * STRIPE;
    const open = missing + (unknown * stored.length) / Math.max(1, probed.length);
    this.exact = open === 0;
    return Math.min(open, (last - first + 1) * SLOTS);
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

function testOf(node: PayloadNode): ValueTest {
  const { operator, values } = node;
  const ordered = operator !== '=' && operator !== '!=';
  const texts = values.some((value) => typeof value === 'string');
  const numbers = new Set(values.filter((value) => typeof value === 'number'));
  return {
    between: between(node),
    number: ordered ? orderTest(node) : (value) => numbers.has(value) === (operator === '='),
    told: ordered ? false : (value) => comparePayload(value, node),
    wanted: operator === '=' ? values.map((value) => JSON.stringify(value)) : null,
    composite: operator === '!=',
    untold: ordered || !texts ? operator === '!=' : null,
  };
}

/** A comparison that is true of a number is true of the least or of the greatest one around it, or asks for one between. */
function between(node: PayloadNode): ValueTest['between'] {
  const { operator, values } = node;
  if (operator === '!=') return () => true;
  if (operator !== '=') {
    const test = orderTest(node);
    return (least, most) => test(least) || test(most);
  }
  const numbers = values.filter((value) => typeof value === 'number');
  return (least, most) => numbers.some((value) => value >= least && value <= most);
}

function orderTest({ operator, values: [limit] }: PayloadNode): (value: number) => boolean {
  if (typeof limit !== 'number') return () => false;
  switch (operator) {
    case '>':
      return (value) => value > limit;
    case '>=':
      return (value) => value >= limit;
    case '<':
      return (value) => value < limit;
    case '<=':
      return (value) => value <= limit;
    case '=':
    case '!=':
      return () => false;
  }
}

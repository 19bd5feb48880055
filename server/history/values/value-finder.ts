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
const UNKNOWN: Bounds = { must: false, may: true };

type Row = [omitted: Buffer | null, data: Buffer | null];
/** A bit for each slot of a stripe; the same ones where nothing is left open. */
interface Found {
  readonly must: Uint32Array;
  readonly may: Uint32Array;
}

/** Answers payload comparisons from columns of the payloads' values, where there are any. */
export class ValueFinder {
  readonly #column: Statement<[string, number], Row>;
  readonly #stripes: Statement<[number, number], number>;

  constructor(db: Connection) {
    // One statement: a stripe that is forgotten meanwhile is not taken for one without the path.
    this.#column = db
      .prepare<[string, number], Row>(
        'SELECT s.omitted, v.data FROM value_stripes s LEFT JOIN event_values v ' +
          `ON v.id = (SELECT id FROM value_paths WHERE path = ?) * ${String(STRIPES_OF_PATH)} + s.stripe WHERE s.stripe = ?`,
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
      (stripe) => this.#find(stripe, path, around, test),
      (first, last) => this.#stripes.all(first, last),
    );
  }

  #find(stripe: number, path: string, around: readonly string[], test: ValueTest): Found | null {
    const rows = [path, ...around].map((each) => [each, this.#column.get(each, stripe)] as const);
    const must = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
    const may = new Uint32Array(STRIPE_BLOCKS * BIT_WORDS);
    for (const [text, row] of rows) {
      if (row === undefined || (row[1] === null && mayBeOmitted(row[0], text))) return null;
      if (row[1] === null) continue;
      if (text === path) testColumn(row[1], test, { must, may });
      else opaqueSlots(row[1], may);
    }
    return countBits(must) === countBits(may) ? { must, may: must } : { must, may };
  }
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
  readonly #found = new Map<number, Found | false>();
  #besides: Leaf | null = null;

  constructor(
    private readonly find: (stripe: number) => Found | null,
    private readonly stripes: (first: number, last: number) => readonly number[],
  ) {}

  /** Takes in what else was found out; later findings replace earlier ones. */
  beside(leaf: Leaf): this {
    this.#besides = leaf;
    return this;
  }

  bounds(block: number): Bounds {
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
    const found = this.find(stripe);
    if (found === null) return null;
    const some = isEmpty(found.may) ? false : found;
    this.#found.set(stripe, some);
    return some;
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

import { indexWords } from '../../../domain/events/index-alphabet';
import type { QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { uuidToBytes } from '../bytes';
import type { Leaf } from '../facets/masks';
import { listedLeaf } from '../facets/masks';
import { indexedUpTo, indexExpression, wordsAlone } from '../query-sql';
import type { Sample } from './sample';
import { WordList, type Order } from './word-list';

/**
 * Milliseconds: to read an event and test it, to list an entry of the index, to gather one where a word may go on, to go
 * past one where two lists are compared. Measured; only their relation matters.
 */
export const READ_MS = 0.004;
const LIST = 0.0005;
const GATHER = 0.00003;
const COMPARE = 0.00007;
/** How much longer gathering takes where many different words begin so, and where their places matter. */
const MANY = 20;
const IN_PHRASE = 4;
/** A statement of the index may take about so long before its first answer, since nothing can stop it. */
const MOST_MS = 400;

const PLACE = { start: 0, end: 0 };

/** How a search stands when it asks whether to look something up. */
export interface Outlook {
  readonly at: number;
  /** Matches still to be found. */
  readonly need: number;
  readonly hits: number;
  /** Of the seqs that were passed so many had to be read. */
  readonly read: number;
  readonly passed: number;
}

interface Option {
  readonly parts: readonly QueryNode[];
  readonly expression: string;
  readonly exact: boolean;
  /** Milliseconds until the first entry is told. */
  readonly delay: number;
  readonly share: number;
}

/** Decides which parts of a query are looked up in the word index, and which are found faster by reading on. */
export class Plan {
  readonly leaves = new Map<QueryNode, Leaf>();
  #options: Option[] | null = null;

  constructor(
    private readonly db: Connection,
    private readonly sample: Sample,
    readonly node: QueryNode,
    private readonly ask: {
      readonly now: number;
      readonly order: Order;
      readonly from: number;
      readonly to: number;
      readonly head: number;
      /** What reading an event is reckoned at; see READ_MS. */
      readonly readMs: number;
    },
  ) {
    for (const part of idParts(node)) this.leaves.set(part, this.#byIds(part.values));
  }

  /** True when more is looked up from now on. */
  reconsider(outlook: Outlook): boolean {
    const { at, need, hits, read, passed } = outlook;
    const ahead = this.ask.order === 'asc' ? this.ask.head - at : at;
    // Without any hit so far there may be none at all.
    const way = hits === 0 ? ahead : Math.min(ahead, (need * passed) / hits);
    const reading = (way * read * this.ask.readMs) / passed;
    this.#options ??= this.#probe();
    let [best, least] = [null as Option | null, reading];
    for (const option of this.#options) {
      const cost = option.delay + way * option.share * (LIST + (option.exact ? READ_MS / 4 : READ_MS));
      if (cost < least) [best, least] = [option, cost];
    }
    if (best === null) return false;
    this.#take(best, at);
    return true;
  }

  #take(option: Option, at: number): void {
    const { order, from, to } = this.ask;
    const indexed = indexedUpTo(this.db);
    const range = order === 'asc' ? { from: Math.max(from, at + 1), to } : { from, to: Math.min(to, at - 1) };
    const list = new WordList(this.db, option.expression, option.exact, order, range, indexed);
    // Of parts that are looked up together each may match wherever all do, and nowhere else.
    for (const part of option.parts) this.leaves.set(part, list);
    // What is left must say more than what is known now.
    this.#options = (this.#options ?? []).filter(
      ({ parts, share }) => parts.some((part) => !option.parts.includes(part)) && share <= option.share,
    );
  }

  /** What can be looked up: each part that must hold, and all of them at once. */
  #probe(): Option[] {
    const parts = required(this.node).filter((part) => !onlyFields(part) && indexExpression(part) !== null);
    if (parts.length === 0) return [];
    const single = parts.map((part) => this.#option([part]));
    const beginnings = parts.flatMap((part) => this.#beginning(part));
    const all = parts.length > 1 ? [this.#option(parts)] : [];
    return [...single, ...beginnings, ...all].filter(({ delay }) => delay <= MOST_MS);
  }

  #option(parts: readonly QueryNode[]): Option {
    const sum = (all: readonly QueryNode[]): number =>
      all.reduce((total, part) => total + this.#share([part]), 0) * this.ask.head;
    const compared = parts.length > 1 ? sum(parts) : 0;
    const delayOf = parts.flatMap(openWords).reduce((ms, word) => ms + sum([word.node]) * word.gather, 0);
    return {
      parts,
      expression: parts.map((part) => `(${indexExpression(part) ?? ''})`).join(' AND '),
      exact: parts.every(onlyText),
      delay: compared * COMPARE + delayOf,
      share: this.#share(parts),
    };
  }

  /** A phrase whose last word may go on, without that word: nothing has to be gathered for it. */
  #beginning(part: QueryNode): Option[] {
    const words = part.kind === 'text' && part.prefix ? indexWords(part.text).slice(0, -1) : [];
    if (words.length === 0) return [];
    const phrase = { ...part, text: words.join(' '), prefix: false } as QueryNode;
    return [{ ...this.#option([phrase]), parts: [part], exact: false }];
  }

  #share(parts: readonly QueryNode[]): number {
    return this.sample.share({ kind: 'and', parts: parts.map(wordsAlone), ...PLACE }, this.ask.now);
  }

  #byIds(ids: readonly string[]): Leaf {
    const marks = ids.map(() => '?').join(', ');
    const sql = `SELECT seq FROM events WHERE event_id IN (${marks})`;
    const seqs = this.db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...ids.map(uuidToBytes));
    return listedLeaf(seqs, true);
  }
}

function idParts(node: QueryNode): Extract<QueryNode, { kind: 'field' }>[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(idParts);
  if (node.kind === 'not') return idParts(node.part);
  return node.kind === 'field' && node.field === 'id' ? [node] : [];
}

function required(node: QueryNode): readonly QueryNode[] {
  return node.kind === 'and' ? node.parts.flatMap(required) : [node];
}

const everyLeaf = (node: QueryNode, test: (leaf: QueryNode) => boolean): boolean => {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every((part) => everyLeaf(part, test));
  return node.kind === 'not' ? everyLeaf(node.part, test) : test(node);
};
const onlyText = (node: QueryNode): boolean => everyLeaf(node, ({ kind }) => kind === 'text');
/** Blocks decide these. */
const onlyFields = (node: QueryNode): boolean =>
  everyLeaf(node, ({ kind }) => kind !== 'text' && kind !== 'payload');
/** The words of a part that may go on: the index gathers all that begin so before it tells the first. */
function openWords(node: QueryNode): { node: QueryNode; gather: number }[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(openWords);
  if (node.kind !== 'text' || !node.prefix) return [];
  const words = indexWords(node.text);
  const last = words.at(-1) ?? '';
  // Numbers are mostly different from each other: many short lists, which take longer than a long one.
  const many = /^[0-9]+$/.test(last) ? MANY : 1;
  return [{ node: { ...node, text: last }, gather: GATHER * many * (words.length > 1 ? IN_PHRASE : 1) }];
}

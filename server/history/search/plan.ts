import { indexWords } from '../../../domain/events/index-alphabet';
import type { QueryNode } from '../../../domain/query';
import type { Connection } from '../../../db/client';
import { uuidToBytes } from '../bytes';
import type { Leaf } from '../facets/masks';
import { blockOf } from '../facets/block';
import { listedLeaf } from '../facets/masks';
import { indexedUpTo, indexExpression, wordsAlone } from '../query-sql';
import type { Formula } from '../words/formula';
import { wordsOf } from '../words/formula';
import { ValueLeaf, type PayloadNode, type ValueFinder } from '../values/value-finder';
import { foundLeaf, PAGE_MS, type WordFinder } from '../words/word-finder';
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
  /** Asked of SQLite entry by entry, or read from the index's pages all at once. */
  readonly from: { readonly expression: string } | { readonly formula: Formula };
  readonly exact: boolean;
  /** Milliseconds until the first entry is told, and for each. */
  readonly delay: number;
  readonly entry: number;
  readonly share: number;
}

/** Decides which parts of a query are looked up in the word index, and which are found faster by reading on. */
export class Plan {
  readonly leaves = new Map<QueryNode, Leaf>();
  #options: Option[] | null = null;

  constructor(
    private readonly sources: {
      readonly db: Connection;
      readonly sample: Sample;
      readonly words: WordFinder;
      readonly values: ValueFinder;
    },
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
    for (const part of payloadParts(node)) this.leaves.set(part, sources.values.leaf(part));
  }

  /** True when more is looked up from now on. */
  reconsider(outlook: Outlook): boolean {
    const { at, need, hits, read, passed } = outlook;
    const ahead = this.ask.order === 'asc' ? this.ask.head - at : at;
    // Without any hit so far there may be none at all.
    const way = Math.min(this.#openAhead(at), hits === 0 ? ahead : Math.min(ahead, (need * passed) / hits));
    const reading = (way * read * this.ask.readMs) / passed;
    this.#options ??= this.#probe();
    let [best, least] = [null as Option | null, reading];
    for (const option of this.#options) {
      const cost =
        option.delay + way * option.share * (option.entry + (option.exact ? READ_MS / 4 : READ_MS));
      if (cost < least) [best, least] = [option, cost];
    }
    if (best === null) return false;
    this.#take(best, at);
    return true;
  }

  /** What lies ahead and is not decided by columns of payload values, where nothing else is asked for that has to be read. */
  #openAhead(at: number): number {
    if (!everyLeaf(this.node, ({ kind }) => kind !== 'text')) return Infinity;
    const { order, from, to } = this.ask;
    const [first, last] = order === 'asc' ? [at + 1, to] : [from, at - 1];
    if (last < first) return 0;
    const open = [...this.leaves.values()].map((leaf) =>
      leaf instanceof ValueLeaf ? leaf.open(blockOf(first), blockOf(last)) : 0,
    );
    return Math.max(0, ...open);
  }

  #take(option: Option, at: number): void {
    // Of parts that are looked up together each may match wherever all do, and nowhere else.
    const leaf = this.#leaf(option, at);
    if (leaf)
      for (const part of option.parts) {
        const known = this.leaves.get(part);
        this.leaves.set(part, known instanceof ValueLeaf ? known.beside(leaf) : leaf);
      }
    // What is left must say more than what is known now.
    this.#options = (this.#options ?? []).filter(
      ({ parts, share }) => parts.some((part) => !option.parts.includes(part)) && share <= option.share,
    );
  }

  #leaf({ from: source, exact }: Option, at: number): Leaf | null {
    const { order, from, to } = this.ask;
    const range = order === 'asc' ? { from: Math.max(from, at + 1), to } : { from, to: Math.min(to, at - 1) };
    if ('expression' in source) {
      const { db } = this.sources;
      return new WordList(db, source.expression, exact, order, range, indexedUpTo(db));
    }
    const blocks = { first: blockOf(range.from), last: blockOf(Math.max(range.from, range.to)) };
    const found = this.sources.words.find(source.formula, blocks);
    return found && foundLeaf(found, exact);
  }

  /** What can be looked up: each part that must hold, and all of them at once. */
  #probe(): Option[] {
    const parts = required(this.node).filter((part) => !onlyFields(part) && indexExpression(part) !== null);
    if (parts.length === 0) return [];
    const single = parts.map((part) => this.#option([part]));
    const beginnings = parts.flatMap((part) => this.#beginning(part));
    const all = parts.length > 1 ? [this.#option(parts)] : [];
    const read = [...parts.map((part) => [part]), ...(parts.length > 1 ? [parts] : [])].flatMap((some) =>
      this.#pages(some),
    );
    return [...single, ...beginnings, ...all, ...read].filter(({ delay }) => delay <= MOST_MS);
  }

  /** The same parts from the index's pages, where they are words. */
  #pages(parts: readonly QueryNode[]): Option[] {
    const words = parts.map(formulaOf);
    const known = words.filter((each) => each !== null);
    if (known.length < words.length) return [];
    const formula: Formula = { kind: 'and', parts: known.map((each) => each.formula) };
    const [exact, share] = [known.every((each) => each.exact), this.#share(parts)];
    const delay = this.sources.words.pages(formula) * PAGE_MS;
    return [{ parts, from: { formula }, exact, delay, entry: 0, share }];
  }

  #option(parts: readonly QueryNode[]): Option {
    const sum = (all: readonly QueryNode[]): number =>
      all.reduce((total, part) => total + this.#share([part]), 0) * this.ask.head;
    const compared = parts.length > 1 ? sum(parts) : 0;
    const delayOf = parts.flatMap(openWords).reduce((ms, word) => ms + sum([word.node]) * word.gather, 0);
    return {
      parts,
      from: { expression: parts.map((part) => `(${indexExpression(part) ?? ''})`).join(' AND ') },
      exact: parts.every(onlyText),
      delay: compared * COMPARE + delayOf,
      entry: LIST,
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
    return this.sources.sample.share({ kind: 'and', parts: parts.map(wordsAlone), ...PLACE }, this.ask.now);
  }

  #byIds(ids: readonly string[]): Leaf {
    const marks = ids.map(() => '?').join(', ');
    const sql = `SELECT seq FROM events WHERE event_id IN (${marks})`;
    const seqs = this.sources.db
      .prepare<unknown[], number>(sql)
      .pluck()
      .all(...ids.map(uuidToBytes));
    return listedLeaf(seqs, true);
  }
}

/** The words of a part that is made of texts and payload comparisons; null where it is not. */
function formulaOf(node: QueryNode): { formula: Formula; exact: boolean } | null {
  if (node.kind !== 'and' && node.kind !== 'or') return wordsOf(node);
  const parts = node.parts.map(formulaOf);
  const known = parts.filter((part) => part !== null);
  if (known.length === 0 || known.length < parts.length) return null;
  const formula = { kind: node.kind, parts: known.map((part) => part.formula) };
  return { formula, exact: known.every(({ exact }) => exact) };
}

function idParts(node: QueryNode): Extract<QueryNode, { kind: 'field' }>[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(idParts);
  if (node.kind === 'not') return idParts(node.part);
  return node.kind === 'field' && node.field === 'id' ? [node] : [];
}

function payloadParts(node: QueryNode): PayloadNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(payloadParts);
  if (node.kind === 'not') return payloadParts(node.part);
  return node.kind === 'payload' ? [node] : [];
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

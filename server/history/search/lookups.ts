import { indexWords } from '../../../domain/events/index-alphabet';
import type { QueryNode } from '../../../domain/query';
import { indexExpression, wordsAlone } from '../query-sql';
import type { Formula } from '../words/formula';
import { wordsOf } from '../words/formula';
import type { WordFinder } from '../words/word-finder';
import type { Sample } from './sample';

/**
 * Milliseconds: to list an entry of the index, to gather one where a word may go on, to go past one where two lists are
 * compared. Measured; only their relation matters, also to that of reading an event.
 */
const LIST = 0.0005;
const GATHER = 0.00003;
const COMPARE = 0.00007;
/** How much longer gathering takes where many different words begin so, and where their places matter. */
const MANY = 20;
const IN_PHRASE = 4;
/** A statement of the index may take about so long before its first answer, since nothing can stop it. */
const MOST_MS = 400;

const PLACE = { start: 0, end: 0 };
const FREE = { entry: 0, past: 0 };

/** Something that may be looked up in the word index. */
export interface Lookup {
  readonly parts: readonly QueryNode[];
  /**
   * Asked of SQLite entry by entry, or read from the index's pages all at once; or each part from its own pages, where all are
   * ruled out: then nothing is left to be read of what passes.
   */
  readonly from:
    | { readonly expression: () => string }
    | { readonly formula: Formula }
    | { readonly ruledOut: readonly Formula[] };
  readonly exact: boolean;
  /** Milliseconds until the first entry is told, for each, and for each event that lists are compared past. */
  readonly delay: number;
  readonly entry: number;
  readonly past: number;
  readonly share: number;
}

interface Sources {
  readonly sample: Sample;
  readonly words: WordFinder;
}

/** What of a query can be looked up, and what each costs. */
export class Lookups {
  constructor(
    private readonly sources: Sources,
    private readonly node: QueryNode,
    private readonly ask: { readonly now: number; readonly head: number },
  ) {}

  /** What can be looked up: each part that must hold, and all of them at once. */
  all(): Lookup[] {
    const parts = required(this.node).filter((part) => !onlyFields(part) && indexExpression(part) !== null);
    const single = parts.map((part) => this.#option([part]));
    const beginnings = parts.flatMap((part) => this.#beginning(part));
    const all = parts.length > 1 ? [this.#option(parts)] : [];
    const read = [...parts.map((part) => [part]), ...(parts.length > 1 ? [parts] : [])].flatMap((some) =>
      this.#pages(some),
    );
    const rare = parts.flatMap((part) => this.#words(part));
    return [...single, ...beginnings, ...all, ...read, ...rare, ...this.#ruledOut()].filter(
      ({ delay, past }) => delay + past * this.ask.head <= MOST_MS,
    );
  }

  /** All words that must not occur, where the index's pages tell exactly who has them. */
  #ruledOut(): Lookup[] {
    const parts = required(this.node).flatMap((part) => (part.kind === 'not' ? [part.part] : []));
    const words = parts.flatMap((part) => {
      const found = formulaOf(part);
      return found?.exact ? [{ part, formula: found.formula }] : [];
    });
    if (words.length === 0) return [];
    const ruledOut = words.map(({ formula }) => formula);
    const delay = this.sources.words.cost({ kind: 'and', parts: ruledOut });
    return [
      { parts: words.map(({ part }) => part), from: { ruledOut }, exact: true, delay, ...FREE, share: 1 },
    ];
  }

  /** The same parts from the index's pages, where they are words. */
  #pages(parts: readonly QueryNode[]): Lookup[] {
    const words = parts.map(formulaOf);
    const known = words.filter((each) => each !== null);
    if (known.length < words.length) return [];
    const formula: Formula = { kind: 'and', parts: known.map((each) => each.formula) };
    const [exact, share] = [known.every((each) => each.exact), this.#share(parts)];
    const delay = this.sources.words.cost(formula);
    return [{ parts, from: { formula }, exact, delay, ...FREE, share }];
  }

  /** Each word of a phrase by itself, from its pages: of events that hold a rare one the phrase is soon looked for. */
  #words(part: QueryNode): Lookup[] {
    const formula = part.kind === 'text' ? formulaOf(part)?.formula : undefined;
    if (part.kind !== 'text' || formula?.kind !== 'and') return [];
    return formula.parts.flatMap((word) => {
      if (word.kind !== 'word') return [];
      const share = this.#share([{ ...part, text: word.word, prefix: word.prefix }]);
      const delay = this.sources.words.cost(word);
      return [{ parts: [part], from: { formula: word }, exact: false, delay, ...FREE, share }];
    });
  }

  #option(parts: readonly QueryNode[]): Lookup {
    const opened = parts.map((part) => this.#opened(part));
    const sum = (all: readonly QueryNode[]): number =>
      all.reduce((total, part) => total + this.#share([part]), 0);
    const phrases = opened.flatMap(phraseWords);
    const gathered = opened
      .flatMap(openWords)
      .reduce((ms, word) => ms + sum([word.node]) * this.ask.head * word.gather, 0);
    const expression = (part: QueryNode): string => `(${indexExpression(part) ?? ''})`;
    return {
      parts,
      // Told anew when it is asked for: what is indexed by then may have other words.
      from: { expression: () => parts.map((part) => expression(this.#opened(part))).join(' AND ') },
      exact: parts.every(onlyText),
      delay: gathered,
      entry: LIST,
      past: ((parts.length > 1 ? sum(parts) : 0) + sum(phrases)) * COMPARE,
      share: this.#share(parts),
    };
  }

  /** A word that may go on as all words that begin so, where they are few: their entries need not be gathered before the first is told. */
  #opened(node: QueryNode): QueryNode {
    if (node.kind === 'and' || node.kind === 'or')
      return { ...node, parts: node.parts.map((part) => this.#opened(part)) };
    const [word = '', ...more] = node.kind === 'text' && node.prefix ? indexWords(node.text) : [];
    const words = word === '' || more.length > 0 ? null : this.sources.words.beginning(word);
    if (words === null) return node;
    if (words.length === 0) return { kind: 'text', text: word, prefix: false, ...PLACE };
    return {
      kind: 'or',
      parts: words.map((text) => ({ kind: 'text', text, prefix: false, ...PLACE })),
      ...PLACE,
    };
  }

  /** A phrase whose last word may go on, without that word: nothing has to be gathered for it. */
  #beginning(part: QueryNode): Lookup[] {
    const words = part.kind === 'text' && part.prefix ? indexWords(part.text).slice(0, -1) : [];
    if (words.length === 0) return [];
    const phrase = { ...part, text: words.join(' '), prefix: false } as QueryNode;
    return [{ ...this.#option([phrase]), parts: [part], exact: false }];
  }

  #share(parts: readonly QueryNode[]): number {
    return this.sources.sample.share({ kind: 'and', parts: parts.map(wordsAlone), ...PLACE }, this.ask.now);
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

function required(node: QueryNode): readonly QueryNode[] {
  return node.kind === 'and' ? node.parts.flatMap(required) : [node];
}

export const everyLeaf = (node: QueryNode, test: (leaf: QueryNode) => boolean): boolean => {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.every((part) => everyLeaf(part, test));
  return node.kind === 'not' ? everyLeaf(node.part, test) : test(node);
};
const onlyText = (node: QueryNode): boolean => everyLeaf(node, ({ kind }) => kind === 'text');
/** Blocks decide these. */
const onlyFields = (node: QueryNode): boolean =>
  everyLeaf(node, ({ kind }) => kind !== 'text' && kind !== 'payload');
/** The words of phrases, whose lists are compared with each other. */
function phraseWords(node: QueryNode): QueryNode[] {
  if (node.kind === 'and' || node.kind === 'or') return node.parts.flatMap(phraseWords);
  const words = node.kind === 'text' ? indexWords(node.text) : [];
  return words.length < 2 ? [] : words.map((text) => ({ kind: 'text', text, prefix: false, ...PLACE }));
}
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

import { indexWords } from '../../../domain/events/text/index-alphabet';
import type { QueryNode } from '../../../domain/query';
import { indexExpression, wordsAlone } from '../sql/query-sql';
import type { Formula, Word } from '../words/formula';
import type { WordFinder } from '../words/word-finder';
import type { Blocks } from '../words/stretch';
import { blockOf, SLOTS } from '../blocks/block';
import {
  formulaOf,
  NOWHERE,
  onlyFields,
  onlyText,
  openWords,
  phraseOf,
  phraseWords,
  required,
} from './query-parts';
import type { Sample } from './sample';
import type { Order } from './word-list';
import { FIRST_WINDOW, LONGEST_WINDOW } from './word-windows';

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
/** So many pages of the index are read for all of history, and what they tell is kept: 24 MB, some 60 ms. */
const AT_ONCE_PAGES = 6_000;
/** What a first window takes more than this part of is read at once: lists of words that begin so are no shorter in a window. */
const WINDOWS = 1.5;
/** Events that a page of the index tells of, about, and the milliseconds to find out where in one of them a word stands. */
const ON_PAGE = 300;
const PLACE = 0.0005;

/** Something that may be looked up in the word index. */
export interface Lookup {
  readonly parts: readonly QueryNode[];
  /**
   * Asked of SQLite entry by entry, or read from the index's pages: words, words one after the other, or each part by itself,
   * where all are ruled out: then nothing is left to be read of what passes.
   */
  readonly from:
    | { readonly expression: () => string }
    | { readonly formula: Formula; readonly windowed: boolean }
    | { readonly phrase: readonly Word[]; readonly windowed: boolean }
    | { readonly ruledOut: readonly Formula[]; readonly windowed: boolean };
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
    private readonly ask: {
      readonly now: number;
      readonly head: number;
      readonly order: Order;
      readonly from: number;
      readonly to: number;
    },
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
    const rare = parts.flatMap((part) => [...this.#eachWord(part), ...this.#phrases(part)]);
    return [...single, ...beginnings, ...all, ...read, ...rare, ...this.#ruledOut()].filter(
      (each) => this.#unstopped(each) <= MOST_MS,
    );
  }

  /** The milliseconds for which a search would not look at the clock. */
  #unstopped({ from, delay, past }: Lookup): number {
    const window = LONGEST_WINDOW * SLOTS;
    return delay + past * ('windowed' in from && from.windowed ? window : this.ask.head);
  }

  /** What reading the index's pages costs: all at once, or window by window where each has pages of its own. */
  #reading(cost: (blocks: Blocks) => number): { delay: number; past: number; windowed: boolean } {
    const { head, order, from, to } = this.ask;
    const newest = blockOf(Math.max(1, head));
    const whole = cost({ first: 0, last: newest });
    const atOnce = { delay: whole, past: 0, windowed: false };
    if (whole <= this.sources.words.reading(AT_ONCE_PAGES) || whole === Infinity) return atOnce;
    const near = blockOf(order === 'asc' ? from : Math.max(from, to));
    const delay = cost(
      order === 'asc'
        ? { first: near, last: Math.min(newest, near + FIRST_WINDOW - 1) }
        : { first: Math.max(0, near - FIRST_WINDOW + 1), last: near },
    );
    return delay > whole / WINDOWS ? atOnce : { delay, past: (whole - delay) / head, windowed: true };
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
    const all: Formula = { kind: 'and', parts: ruledOut };
    const { windowed, ...cost } = this.#reading((blocks) => this.sources.words.cost(all, blocks));
    const ruled = words.map(({ part }) => part);
    return [{ parts: ruled, from: { ruledOut, windowed }, exact: true, ...cost, entry: 0, share: 1 }];
  }

  /** The same parts from the index's pages, where they are words. */
  #pages(parts: readonly QueryNode[]): Lookup[] {
    const words = parts.map(formulaOf);
    const known = words.filter((each) => each !== null);
    if (known.length < words.length) return [];
    const formula: Formula = { kind: 'and', parts: known.map((each) => each.formula) };
    return [
      this.#words(
        parts,
        formula,
        known.every((each) => each.exact),
        this.#share(parts),
      ),
    ];
  }

  #words(parts: readonly QueryNode[], formula: Formula, exact: boolean, share: number): Lookup {
    const { windowed, ...cost } = this.#reading((blocks) => this.sources.words.cost(formula, blocks));
    return { parts, from: { formula, windowed }, exact, ...cost, entry: 0, share };
  }

  /** Each word of a phrase by itself, from its pages: of events that hold a rare one the phrase is soon looked for. */
  #eachWord(part: QueryNode): Lookup[] {
    return phraseOf(part).map((word) => {
      const share = this.#share([{ ...NOWHERE, kind: 'text', text: word.word, prefix: word.prefix }]);
      return this.#words([part], word, false, share);
    });
  }

  /**
   * A phrase by where its words stand: of words in millions too many events hold all of them. Where its last word may go on, also
   * without that word.
   */
  #phrases(part: QueryNode): Lookup[] {
    const phrase = phraseOf(part);
    const opens = phrase.at(-1)?.prefix ?? false;
    return [
      ...this.#phrase(part, phrase, true),
      ...(opens ? this.#phrase(part, phrase.slice(0, -1), false) : []),
    ];
  }

  #phrase(part: QueryNode, phrase: readonly Word[], exact: boolean): Lookup[] {
    if (phrase.length < 2) return [];
    const { words } = this.sources;
    const cost = (blocks: Blocks): number => {
      const pages = phrase.map((word) => words.pages(word, blocks).pages);
      const sum = pages.reduce((all, some) => all + some, 0);
      return words.phrases.has(phrase) ? 0 : words.reading(sum) + Math.min(...pages) * ON_PAGE * PLACE;
    };
    const { windowed, ...read } = this.#reading(cost);
    const text = phrase.map(({ word }) => word).join(' ');
    const share = this.#share([{ ...NOWHERE, kind: 'text', text, prefix: phrase.at(-1)?.prefix ?? false }]);
    return windowed ? [{ parts: [part], from: { phrase, windowed }, exact, ...read, entry: 0, share }] : [];
  }

  #option(parts: readonly QueryNode[]): Lookup {
    const opened = parts.map((part) => this.#opened(part));
    const sum = (all: readonly QueryNode[]): number =>
      all.reduce((total, part) => total + this.#share([part]), 0);
    const phrases = opened.flatMap(phraseWords);
    // The index gathers all words that begin so before it tells the first.
    const gathered = opened.flatMap(openWords).reduce((ms, { word, inPhrase }) => {
      // Numbers are mostly different from each other: many short lists, which take longer than a long one.
      const slower = (/^[0-9]+$/.test(word.text) ? MANY : 1) * (inPhrase ? IN_PHRASE : 1);
      return ms + sum([word]) * this.ask.head * GATHER * slower;
    }, 0);
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
    if (words.length === 0) return { kind: 'text', text: word, prefix: false, ...NOWHERE };
    return {
      kind: 'or',
      parts: words.map((text) => ({ kind: 'text', text, prefix: false, ...NOWHERE })),
      ...NOWHERE,
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
    return this.sources.sample.share({ kind: 'and', parts: parts.map(wordsAlone), ...NOWHERE }, this.ask.now);
  }
}

import type { QueryNode } from '../../../domain/query';
import { wordsOf } from '../words/formula';
import type { FoundWords } from '../words/kept-words';
import type { Blocks, Word, WordFinder } from '../words/word-finder';

/** Events that a page of the index tells of, about, where a word is frequent. */
const ON_PAGE = 300;
/** Milliseconds to find out where in an event the rarest word of a phrase stands, and whether the others follow. */
const PLACE_MS = 0.0002;
/** Where so few of the events that hold the rarest word of a phrase can match, only these are asked for. */
const FEW_AMONG = 0.5;

/** What may be looked up of a part of a query that blocks do not decide. */
export interface LookUp {
  readonly leaf: QueryNode;
  /** About the milliseconds it takes. */
  readonly ms: number;
  /** What is found is all that matches; else some of it may not. */
  readonly exact: boolean;
  /** It makes these needless: what they tell it tells too. */
  readonly instead: readonly LookUp[];
  /** Null where `stop` ended it, or it cannot be found out. `among`: of other events nothing is asked. */
  readonly find: (among: FoundWords | null, stop: () => boolean) => FoundWords | null;
  /** Whether it is worth its time where a share of all events is open still, which takes so many milliseconds to read: for each of all. */
  readonly isWorth: (reading: number) => boolean;
}

/**
 * What may be looked up of a part, the quickest first: its words; of a phrase its rarest word, all its words, where fields tell
 * of most who holds the phrase, and then where these stand.
 */
export function lookUpsOf(
  leaf: QueryNode,
  words: WordFinder,
  blocks: Blocks,
  fieldsTell: () => boolean,
): LookUp[] {
  const told = wordsOf(leaf);
  if (told === null) return [];
  const { formula, exact } = told;
  const all: LookUp = {
    ...{ leaf, exact, ms: words.cost(formula, blocks), instead: [], isWorth: () => true },
    find: (_among, stop) => words.find(formula, blocks, stop),
  };
  const phrase = leaf.kind === 'text' && formula.kind === 'and' ? formula.parts.filter(isWord) : [];
  const [rarest, ...others] = phrase
    .map((word) => ({ word, ms: words.cost(word, blocks), pages: words.pages(word, blocks) }))
    .sort((a, b) => a.pages - b.pages);
  if (rarest === undefined || others.length === 0) return [all];
  const events = rarest.pages * ON_PAGE;
  const pages = others.reduce((sum, other) => sum + other.pages, rarest.pages);
  const places = words.hasPhrase(phrase) ? 0 : words.reading(pages) + events * PLACE_MS;
  const tell = fieldsTell();
  const first: LookUp = {
    ...{ ...all, exact: false, ms: rarest.ms },
    find: (_among, stop) => words.find(rarest.word, blocks, stop),
    // The next ones read it too.
    isWorth: (reading) => events * reading < (tell ? all.ms : places),
  };
  const second = { ...all, instead: [first] };
  const third: LookUp = {
    ...{ ...all, exact: true, ms: places, instead: [first, second] },
    find: (among, stop) => {
      const few = among !== null && among.set.size < events * FEW_AMONG ? among : null;
      return words.phrase(phrase, blocks, few, stop);
    },
  };
  return tell ? [first, second, third] : [first, third];
}

const isWord = (part: { readonly kind: string }): part is Word => part.kind === 'word';

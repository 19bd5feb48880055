import { matcher, type Matchable, type QueryNode } from '../../../../domain/query';
import { isWord, wordsOf } from '../../words/formula';
import type { FoundWords } from '../../words/kept-words';
import type { WordFinder } from '../../words/word-finder';
import { eventsOn } from '../../words/phrases/phrase-finder';
import type { Blocks } from '../../words/stretch';

const PLACE = { start: 0, end: 0 };

/** What is left open of a query: what decides which look-up is worth its time. */
export interface LeftOpen {
  /** About so many events, and the milliseconds to read one. */
  readonly events: number;
  readonly rowMs: number;
  /** About the share of all events that is open. */
  readonly ofAll: number;
  /** So many events can match, as far as what was looked up says so. */
  readonly candidates: number;
  /** Some of those that are open; none where none were read. */
  readonly sample: readonly Matchable[];
}

/** What may be looked up of a part of a query that blocks do not decide. */
export interface LookUp {
  readonly leaf: QueryNode;
  /** About the milliseconds it takes. */
  readonly ms: number;
  /** The same where only so many events can match. */
  readonly msAmong: (candidates: number) => number;
  /** What is found is all that matches; else some of it may not. */
  readonly exact: boolean;
  /** It makes these needless: what they tell it tells too. */
  readonly instead: readonly LookUp[];
  /** Null where `stop` ended it, or it cannot be found out. `among`: of other events nothing is asked. */
  readonly find: (among: FoundWords | null, stop: () => boolean) => FoundWords | null;
  readonly isWorth: (open: LeftOpen) => boolean;
}

/**
 * What may be looked up of a part, the quickest first: its words; of a phrase its rarest word, all its words, and where these
 * stand.
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
  const ms = words.cost(formula, blocks);
  const all: LookUp = {
    ...{ leaf, exact, ms, msAmong: () => ms, instead: [], isWorth: () => true },
    find: (_among, stop) => words.find(formula, blocks, stop, !exact),
  };
  const phrase = leaf.kind === 'text' && formula.kind === 'and' ? formula.parts.filter(isWord) : [];
  const [rarest, ...others] = phrase
    .map((word) => ({ word, ms: words.cost(word, blocks), ...words.pages(word, blocks) }))
    .sort((a, b) => a.pages - b.pages);
  if (rarest === undefined || others.length === 0) return [all];
  const events = eventsOn(rarest);
  const msAmong = words.phrases.cost(phrase, blocks);
  const places = msAmong(Infinity);
  const tests = phrase.map((word) =>
    matcher({ ...PLACE, kind: 'text', text: word.word, prefix: word.prefix }),
  );
  const test = tests[phrase.indexOf(rarest.word)];
  /** Where some events of the sample hold the words: about the milliseconds to read all that do. */
  const readingOf = (open: LeftOpen, holds: (event: Matchable) => boolean): number =>
    (open.sample.filter(holds).length / open.sample.length) * open.events * open.rowMs;
  const withAll = (open: LeftOpen): number => {
    const reading = readingOf(open, (event) => tests.every((holds) => holds(event, 0)));
    return all.ms + Math.min(reading, msAmong(reading / open.rowMs));
  };
  const first: LookUp = {
    ...{ ...all, exact: false, ms: rarest.ms, msAmong: () => rarest.ms },
    find: (_among, stop) => words.find(rarest.word, blocks, stop),
    // The next ones read it too.
    isWorth: (open) => {
      if (open.sample.length === 0)
        return events * open.ofAll * open.rowMs < (fieldsTell() ? all.ms : places);
      const reading = readingOf(open, (event) => test?.(event, 0) ?? true);
      return rarest.ms + reading < Math.min(withAll(open), msAmong(open.candidates));
    },
  };
  let looked = false;
  const second: LookUp = {
    ...{ ...all, instead: [first] },
    find: (among, stop) => {
      looked = true;
      return all.find(among, stop);
    },
    isWorth: (open) => (open.sample.length === 0 ? fieldsTell() : withAll(open) < msAmong(open.candidates)),
  };
  const third: LookUp = {
    ...{ ...all, exact: true, ms: places, instead: [first, second] },
    msAmong,
    // What is left open for other reasons stays so.
    isWorth: (open) =>
      open.sample.length === 0 ||
      msAmong(open.candidates) <
        readingOf(open, (event) => !looked || tests.every((holds) => holds(event, 0))),
    find: (among, stop) => {
      const few = among !== null && among.set.size < events ? among : null;
      return words.phrases.find(phrase, blocks, few, stop);
    },
  };
  return [first, second, third];
}

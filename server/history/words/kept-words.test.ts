import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../../db/client';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';
import { slotsOf } from '../blocks/bits';
import { seqAt, SLOTS } from '../blocks/block';
import type { Formula } from './formula';
import { KeptWords } from './kept-words';
import { SeqSet } from './seq-set';
import { SetLeaf } from './set-leaf';
import { WordFinder } from './word-finder';

const word = (text: string): Formula => ({ kind: 'word', word: text, prefix: false, category: true });
const BLOCKS = { first: 0, last: 4 };

describe('lists of words in memory', () => {
  const list = (last: number) => ({ set: new SeqSet(0, last), indexed: 0 });

  it('are those that were asked for last, as many as there is room for', () => {
    const kept = new KeptWords(3 * 512);
    for (const key of ['a', 'b', 'c']) kept.add(key, list(0));
    kept.get('a');
    kept.add('d', list(0));
    expect(['a', 'b', 'c', 'd'].map((key) => kept.get(key) !== null)).toEqual([true, false, true, true]);
    // One that takes the place of two others, and one that has no place at all.
    kept.add('c', list(1));
    expect(['a', 'c', 'd'].map((key) => kept.get(key)?.set.last)).toEqual([undefined, 1, 0]);
    kept.add('e', list(3));
    expect(['c', 'd', 'e'].map((key) => kept.get(key))).toEqual([null, null, null]);
    kept.add('f', list(2));
    expect(kept.get('f')?.set.last).toBe(2);
  });

  it('are joined with lists of other blocks', () => {
    const [long, short] = [new SeqSet(0, 3), new SeqSet(2, 5)];
    for (const block of [0, 1, 2, 3]) long.add(seqAt(block, 7));
    for (const block of [2, 4, 5]) short.add(seqAt(block, 7));
    const blocksOf = (set: SeqSet) => [0, 1, 2, 3, 4, 5].filter((block) => set.mask(block) !== false);
    const both = long.copy(2, 4);
    both.and(short);
    const any = long.copy(1, 4);
    any.or(short);
    expect([blocksOf(both), blocksOf(any), blocksOf(long)]).toEqual([[2], [1, 2, 3, 4], [0, 1, 2, 3]]);
  });
});

describe('words that are looked up again', () => {
  let test: TestHistory;
  let reader: Connection;
  const append = async (count: number): Promise<void> => {
    // So often that their lists are long.
    const other = (n: number) => (n % 3 === 0 ? 'topaz '.repeat(80) : 'jade '.repeat(40));
    const payload = (n: number) => ({ text: `${'amber '.repeat(30)}${other(n)}` });
    await test.history.append(Array.from({ length: count }, (_, n) => newEvent({ payload: payload(n) })));
    // Whoever asks for neighbours waits for the index.
    await test.history.neighbours((await test.history.bySeq(1))!);
  };
  beforeAll(async () => {
    test = await openTestHistory();
    await append(12_000);
    reader = openDatabase(test.file, { readonly: true });
  });
  afterAll(async () => {
    reader.close();
    await test.close();
  });

  const both: Formula = { kind: 'and', parts: [word('amber'), word('topaz')] };
  const either: Formula = { kind: 'or', parts: [word('topaz'), word('jade')] };

  /** Seqs that are said to hold the words; those of which nothing is known are left out. */
  function told(finder: WordFinder, formula: Formula, blocks = BLOCKS): number[] {
    const found = finder.find(formula, blocks);
    if (found === null) throw new Error('the index cannot be read');
    const leaf = new SetLeaf(found, true);
    const seqs: number[] = [];
    for (let block = blocks.first; block <= blocks.last; block++) {
      const { must } = leaf.bounds(block);
      if (typeof must !== 'boolean') for (const slot of slotsOf(must)) seqs.push(seqAt(block, slot));
    }
    return seqs;
  }

  it('cost nothing, are the same, and are read again once many events came since', async () => {
    const [keeping, forgetful] = [new WordFinder(reader), new WordFinder(reader, 0)];
    const formulas = [word('amber'), both, either];
    for (const formula of formulas) expect(told(keeping, formula)).toEqual(told(forgetful, formula));
    expect(formulas.map((formula) => keeping.cost(formula))).toEqual([0, 0, 0]);
    expect(forgetful.cost(both)).toBeGreaterThan(0.5);
    const before = told(forgetful, both);
    const half = new WordFinder(reader);
    told(half, word('amber'));
    for (const blocks of [BLOCKS, { first: 1, last: 1 }, { first: 2, last: 9 }])
      for (const formula of formulas)
        expect(told(keeping, formula, blocks)).toEqual(told(forgetful, formula, blocks));
    await append(3);
    // The few that came since are left open.
    expect(told(keeping, both)).toEqual(before);
    expect(keeping.find(both, BLOCKS)?.indexed).toBe(12_000);
    // One of the words is known up to here, the other a little further.
    expect(half.find(both, BLOCKS)?.indexed).toBe(12_000);
    expect(half.find(word('topaz'), BLOCKS)?.indexed).toBe(12_003);
    await append(6_000);
    expect(keeping.cost(word('amber'))).toBeGreaterThan(0);
    for (const formula of formulas) expect(told(keeping, formula)).toEqual(told(forgetful, formula));
    expect(keeping.find(both, BLOCKS)?.indexed).toBe(18_003);
  });

  it('are known as far as they were looked for', () => {
    const finder = new WordFinder(reader);
    expect(finder.find(word('jade'), { first: 0, last: 0 })?.indexed).toBe(SLOTS);
    expect(finder.find(word('jade'), { first: 1, last: 2 })?.indexed).toBe(3 * SLOTS);
    expect(finder.find(both, { first: 0, last: 1 })?.indexed).toBe(2 * SLOTS);
    const later = new WordFinder(reader);
    later.find(word('jade'), { first: 1, last: 4 });
    expect(told(later, word('jade'))).toEqual(told(new WordFinder(reader, 0), word('jade')));
  });

  it('are kept together, too, and looked up again once many events came since', async () => {
    const [keeping, forgetful] = [new WordFinder(reader), new WordFinder(reader, 0)];
    const all = forgetful.find(both, BLOCKS);
    if (all === null) throw new Error('the index cannot be read');
    keeping.keep(both, all);
    expect(keeping.cost(both)).toBe(0);
    for (const blocks of [BLOCKS, { first: 1, last: 2 }])
      expect(told(keeping, both, blocks)).toEqual(told(forgetful, both, blocks));
    // As a part of something else it is not changed by what it is joined with.
    const more: Formula = { kind: 'and', parts: [both, word('jade')] };
    expect(told(keeping, more)).toEqual(told(forgetful, more));
    expect(told(keeping, both)).toEqual(told(forgetful, both));
    await append(6_000);
    expect(keeping.cost(both)).toBeGreaterThan(0);
    const after = { first: 0, last: 9 };
    expect(told(keeping, both, after)).toEqual(told(forgetful, both, after));
  });
});

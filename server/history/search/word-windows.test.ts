import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotsOf } from '../blocks/bits';
import { SLOTS } from '../blocks/block';
import type { Mask } from '../matching/mask-logic';
import type { FoundWords } from '../words/kept-words';
import { SeqSet } from '../words/seq-set';
import { SetLeaf } from '../words/set-leaf';
import type { Blocks } from '../words/stretch';
import { FIRST_WINDOW, WordWindows } from './word-windows';

const BLOCKS = FIRST_WINDOW * 4;
const RANGE: Blocks = { first: 0, last: BLOCKS - 1 };
const all = (order: 'asc' | 'desc'): number[] => {
  const blocks = Array.from({ length: BLOCKS }, (_, block) => block);
  return order === 'asc' ? blocks : blocks.reverse();
};
const slots = (mask: Mask): boolean | number[] => (typeof mask === 'boolean' ? mask : [...slotsOf(mask)]);

/** A history of which an index, up to a seq, says that these match. */
function made(seqs: readonly number[], indexed: number) {
  const within = ({ first, last }: Blocks): FoundWords => {
    const set = new SeqSet(first, last);
    for (const seq of seqs) if (seq <= indexed) set.add(seq);
    return { set, indexed: Math.min(indexed, (last + 1) * SLOTS) };
  };
  const [asked, kept] = [[] as Blocks[], [] as FoundWords[]];
  const windows = (order: 'asc' | 'desc', exact = true) =>
    new WordWindows(
      exact,
      order,
      RANGE,
      (blocks) => {
        asked.push(blocks);
        return within(blocks);
      },
      (found) => kept.push(found),
    );
  return { within, windows, asked, kept };
}

describe('what is looked up in windows', () => {
  it.each(['asc', 'desc'] as const)(
    '%s: a search that ends soon asks for the nearest blocks alone',
    (order) => {
      const { windows, asked, kept } = made([], BLOCKS * SLOTS);
      const leaf = windows(order);
      for (const block of all(order).slice(0, FIRST_WINDOW)) leaf.bounds(block);
      const last = BLOCKS - 1;
      expect(asked).toEqual(
        order === 'asc' ? [{ first: 0, last: FIRST_WINDOW - 1 }] : [{ first: last - FIRST_WINDOW + 1, last }],
      );
      expect(kept).toEqual([]);
    },
  );

  it('says of each block what one look-up of all says, whichever blocks are passed over', () => {
    const seq = fc.integer({ min: 1, max: BLOCKS * SLOTS });
    fc.assert(
      fc.property(
        fc.array(seq, { maxLength: 30 }),
        fc.oneof(seq, fc.constant(BLOCKS * SLOTS)),
        fc.constantFrom('asc' as const, 'desc' as const),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: BLOCKS - 1 }), { maxLength: 40 }),
        (seqs, indexed, order, exact, visited) => {
          const { within, windows } = made(seqs, indexed);
          const [leaf, whole] = [windows(order, exact), new SetLeaf(within(RANGE), exact)];
          const way = [...new Set(visited)].sort((a, b) => (order === 'asc' ? a - b : b - a));
          for (const block of way) {
            const [said, wanted] = [leaf.bounds(block), whole.bounds(block)];
            expect([slots(said.must), slots(said.may)]).toEqual([slots(wanted.must), slots(wanted.may)]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(['asc', 'desc'] as const)('%s: keeps all of it once all was looked up', (order) => {
    for (const indexed of [BLOCKS * SLOTS, BLOCKS * SLOTS - 10, 70 * SLOTS + 3]) {
      const { within, windows, kept } = made([5, 66 * SLOTS + 1, 70 * SLOTS + 2, 70 * SLOTS + 9], indexed);
      const leaf = windows(order);
      for (const block of all(order)) leaf.bounds(block);
      expect(kept.map((found) => found.indexed)).toEqual([indexed]);
      expect(kept[0]?.set.bits).toEqual(within(RANGE).set.bits);
    }
  });

  it('keeps nothing where blocks were passed over, or something could not be found out', () => {
    const { windows, kept } = made([5], BLOCKS * SLOTS);
    const leaf = windows('asc');
    for (const block of all('asc')) if (block !== FIRST_WINDOW) leaf.bounds(block);
    expect(kept).toEqual([]);

    const blind = new WordWindows(
      true,
      'asc',
      RANGE,
      () => null,
      (found) => kept.push(found),
    );
    for (const block of all('asc')) expect(blind.bounds(block)).toEqual({ must: false, may: true });
    expect(kept).toEqual([]);
  });
});

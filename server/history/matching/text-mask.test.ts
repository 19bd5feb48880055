import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textMatcher } from '../../../domain/query';
import { bitsWhere } from '../blocks/bits';
import { BlockBuilder, readNames, SLOTS, StoredBlock, type Name } from '../blocks/block';
import { boundsOf, hasSlot, listedLeaf, type Leaf } from './masks';
import { surestFirst } from '../facets/leaves/surest-first';
import type { QueryNode } from '../../../domain/query';
import { textMask, type TextNode } from './text-mask';

const AT = { start: 0, end: 0 };
const TEXTS = ['gh200-a', 'gh200', 'hex8_2p', 'hex8', 'daemon', 'nowhere', 'cluster'];
/** Values of category, type, source, node, config, model, severity and origin. */
const anyNames: fc.Arbitrary<Name[]> = fc.tuple(
  fc.constant('cluster'),
  fc.constantFrom('HOST_ONLINE', 'HEX8'),
  fc.constantFrom('daemon', 'p2p daemon'),
  fc.constantFrom('gh200-a', 'gh200', 'a gh200', null),
  fc.constantFrom('hex8_2p', 'hex8_3p', null),
  fc.constantFrom('hex8_2p_v4', null),
  fc.constant('info'),
  fc.constant('hex8'),
);
const anyBlock = fc
  .tuple(fc.array(anyNames, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: SLOTS }))
  .map(([names, events]) => {
    const builder = new BlockBuilder(0);
    const rows = Array.from({ length: events }, (_, n) => names[(n * 7) % names.length] ?? []);
    rows.forEach((row, n) => builder.add(n + 1, n, row));
    const { codes, times, names: dictionaries } = builder.encode();
    const columns = { codes: () => codes, times: () => times };
    return { block: new StoredBlock(builder, readNames(dictionaries), columns), rows };
  });
const anyText = fc
  .record({ text: fc.constantFrom(...TEXTS), prefix: fc.boolean() })
  .map((text): TextNode => ({ kind: 'text', ...text, ...AT }));
const SEARCHED = [1, 2, 3, 4, 5];
const holds = (node: TextNode, row: readonly Name[]): boolean =>
  SEARCHED.some((place) => textMatcher(node)(row[place] ?? ''));

describe('the fields of a block', () => {
  it('tell which of the events that are asked for hold a text, few or many', () => {
    fc.assert(
      fc.property(anyBlock, anyText, fc.integer({ min: 1, max: 50 }), ({ block, rows }, node, every) => {
        const asked = every === 1 ? true : bitsWhere((slot) => slot % every === 0);
        const mask = textMask(node, block, asked);
        const wanted = rows.flatMap((row, slot) => (slot % every === 0 && holds(node, row) ? [slot] : []));
        const told = rows.flatMap((_, slot) => (slot % every === 0 && hasSlot(mask, slot) ? [slot] : []));
        expect(told).toEqual(wanted);
      }),
    );
  });

  it('decide a query where what was looked up comes first, as well as where it comes last', () => {
    fc.assert(
      fc.property(anyBlock, anyText, anyText, fc.integer({ min: 1, max: 50 }), (some, a, b, every) => {
        const { block, rows } = some;
        const sure: TextNode = { kind: 'text', text: 'topaz', prefix: false, ...AT };
        const seqs = (test: (slot: number) => boolean) =>
          rows.flatMap((_, slot) => (test(slot) ? [slot + 1] : []));
        const leaves = new Map<QueryNode, Leaf>([
          [
            a,
            listedLeaf(
              seqs(() => true),
              false,
            ),
          ],
          [
            b,
            listedLeaf(
              seqs(() => true),
              false,
            ),
          ],
          [
            sure,
            listedLeaf(
              seqs((slot) => slot % every === 0),
              true,
            ),
          ],
        ]);
        const either = { kind: 'or' as const, parts: [a, b], ...AT };
        const not = { kind: 'not' as const, part: b, ...AT };
        for (const parts of [
          [either, sure],
          [not, a, sure],
        ]) {
          const node = { kind: 'and' as const, parts, ...AT };
          const first = surestFirst(node, leaves);
          expect(first.kind === 'and' && first.parts[0]).toBe(sure);
          const [plain, quick] = [node, first].map((each) => boundsOf(each, block, leaves, 0));
          rows.forEach((_, slot) => {
            const bounds = [plain, quick].map((each) => [
              hasSlot(each?.must ?? false, slot),
              hasSlot(each?.may ?? false, slot),
            ]);
            if (bounds[0]?.join() !== bounds[1]?.join()) expect([slot, bounds[1]]).toEqual([slot, bounds[0]]);
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});

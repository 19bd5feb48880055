import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryNode } from '../../../../domain/query';
import { SeqSet } from '../../words/seq-set';
import { SetLeaf } from '../../words/set-leaf';
import { BlockBuilder, seqAt, SLOTS } from '../../blocks/block';
import { candidates } from './left-open';
import { boundsOf, hasSlot, mayOf, type Leaf } from '../../matching/masks';
import { surestFirst } from './surest-first';

const AT = { start: 0, end: 0 };
const BLOCK = 1;
const EVENTS = 72;
const WORDS = ['a', 'b', 'c', 'd'];

/** Of each word: who holds it, up to where that is known, and whether it was found in blocks from the first on. */
const words = fc.array(
  fc.record({
    holders: fc
      .array(fc.boolean(), { minLength: EVENTS, maxLength: EVENTS })
      .map((holds) => holds.flatMap((one, slot) => (one ? [slot] : []))),
    indexed: fc.nat(EVENTS + 8),
    whole: fc.boolean(),
    exact: fc.nat(3).map((n) => n > 0),
  }),
  { minLength: WORDS.length, maxLength: WORDS.length },
);
const text = (word: string): QueryNode => ({ kind: 'text', text: word, prefix: false, ...AT });
const leafNode: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.constantFrom(...WORDS).map(text),
  fc
    .constantFrom('x', 'y')
    .map((node): QueryNode => ({ kind: 'field', field: 'node', values: [node], prefixes: [], ...AT })),
);
const { tree } = fc.letrec<{ tree: QueryNode }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leafNode,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
      start: fc.constant(0),
      end: fc.constant(0),
    }),
    tie('tree').map((part): QueryNode => ({ kind: 'not', part, ...AT })),
  ),
}));

describe('the order in which a query is answered', () => {
  it('leaves its answer as it is, and what may match is among the candidates', () => {
    const block = new BlockBuilder(BLOCK);
    const node = (slot: number): string => (slot % 3 === 0 ? 'x' : 'z');
    for (let slot = 0; slot < EVENTS; slot++)
      block.add(seqAt(BLOCK, slot), 1, ['c', 't', 's', node(slot), null, null, 'info', 'local']);
    fc.assert(
      fc.property(tree, words, (query, found) => {
        const leaves = new Map<QueryNode, Leaf>();
        eachText(query, (part, place) => {
          const { holders, indexed, whole, exact } = found[place] ?? { holders: [], indexed: 0 };
          const set = new SeqSet(whole ? 0 : BLOCK, BLOCK);
          for (const slot of holders) if (slot < indexed) set.add(seqAt(BLOCK, slot));
          leaves.set(part, new SetLeaf({ set, indexed: BLOCK * SLOTS + indexed }, exact ?? false));
        });
        const matches = (part: QueryNode, slot: number): boolean => {
          if (part.kind === 'and') return part.parts.every((each) => matches(each, slot));
          if (part.kind === 'or') return part.parts.some((each) => matches(each, slot));
          if (part.kind === 'not') return !matches(part.part, slot);
          if (part.kind === 'field') return part.values.includes(node(slot));
          return found[WORDS.indexOf(part.kind === 'text' ? part.text : '')]?.holders.includes(slot) ?? false;
        };
        const some = candidates(query, leaves);
        const open = mayOf(query, BLOCK, leaves);
        for (let slot = 0; slot < EVENTS; slot++)
          if (matches(query, slot)) {
            const beyond = some === null || seqAt(BLOCK, slot) > some.indexed;
            expect([slot, hasSlot(open, slot)]).toEqual([slot, true]);
            expect([slot, beyond || hasSlot(some.set.mask(BLOCK), slot)]).toEqual([slot, true]);
          }
        const plain = boundsOf(query, block, leaves, 0);
        const known = leaves.size;
        const quick = boundsOf(surestFirst(query, leaves), block, leaves, 0);
        expect(leaves.size).toBeGreaterThanOrEqual(known);
        for (let slot = 0; slot < EVENTS; slot++) {
          const [must, may] = [hasSlot(quick.must, slot), hasSlot(quick.may, slot)];
          // Certain and possible as before, and both true of what the words say.
          expect([slot, must, may]).toEqual([
            slot,
            must && matches(query, slot),
            may || matches(query, slot),
          ]);
          // Where not all words are known, a part may be told less of than before.
          const all = slot < Math.min(...found.map(({ indexed }) => indexed));
          if (all && !hasSlot(plain.may, slot)) expect([slot, may]).toEqual([slot, false]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('puts what is certain together, and rare fields before frequent ones', () => {
    const [a, b, c] = WORDS.map(text);
    const fields = ['y', 'x'].map((node): QueryNode => ({
      kind: 'field',
      field: 'node',
      values: [node],
      prefixes: [],
      ...AT,
    }));
    const [often, rarely] = fields;
    if (!a || !b || !c || !often || !rarely) throw new Error('not made');
    const not: QueryNode = { kind: 'not', part: b, ...AT };
    const leaves = new Map<QueryNode, Leaf>(
      [a, b].map((part) => [part, new SetLeaf({ set: new SeqSet(0, 1), indexed: 9 }, true)]),
    );
    const query: QueryNode = { kind: 'and', parts: [c, often, not, rarely, a], ...AT };
    const first = surestFirst(query, leaves, ({ values }) => (values[0] === 'x' ? 0.1 : 0.5));
    const parts = first.kind === 'and' ? first.parts : [];
    expect(parts.slice(1)).toEqual([rarely, often, c]);
    expect(parts[0]).toMatchObject({ kind: 'and', parts: [not, a] });
    expect(parts[0] && leaves.get(parts[0])).toBeInstanceOf(SetLeaf);
  });
});

function eachText(node: QueryNode, told: (node: QueryNode, place: number) => void): void {
  if (node.kind === 'and' || node.kind === 'or') for (const part of node.parts) eachText(part, told);
  if (node.kind === 'not') eachText(node.part, told);
  if (node.kind === 'text') told(node, WORDS.indexOf(node.text));
}

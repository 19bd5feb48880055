import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QueryNode } from '../../../../domain/query';
import { SeqSet } from '../../words/seq-set';
import { SetLeaf } from '../../words/set-leaf';
import { BlockBuilder, seqAt, SLOTS, type Block } from '../../blocks/block';
import type { BlockStore } from '../../blocks/block-store';
import { leftOpen, mayMatchAtAll } from './left-open';
import { FIELDS_ALONE, type Leaf } from '../../matching/masks';

const AT = { start: 0, end: 0 };
const text: QueryNode = { kind: 'text', text: 'hex8', prefix: false, ...AT };
const field: QueryNode = { kind: 'field', field: 'node', values: ['x'], prefixes: [], ...AT };
const both: QueryNode = { kind: 'and', parts: [text, field], ...AT };

/** Of every hundred events one is of the node x; of those every second is of the config hex8. */
function blockOf(number: number): Block {
  const block = new BlockBuilder(number);
  for (let slot = 0; slot < SLOTS; slot++) {
    const [node, config] = [slot % 100 === 0 ? 'x' : 'y', slot % 200 === 0 ? 'hex8_2p' : 'square8_2p'];
    block.add(seqAt(number, slot), 1, ['c', 't', 's', node, config, null, 'info', 'local']);
  }
  return block;
}
const store = {
  catalog: { times: () => null, mayHold: () => true },
  lookAtStored: <Result>(block: number, seeing: (block: Block) => Result) => seeing(blockOf(block)),
} as unknown as BlockStore;
const blocks = { first: 0, last: 59 };
const open = (node: QueryNode, leaves: ReadonlyMap<QueryNode, Leaf>): number =>
  leftOpen(store, { node, now: 0, blocks }, leaves);

describe('what is left open', () => {
  it('is what fields neither rule out nor tell, about', () => {
    const leaves = new Map([[text, FIELDS_ALONE]]);
    expect(open(text, leaves) / (60 * SLOTS)).toBeCloseTo(0.995, 3);
    expect(open(both, leaves) / (60 * SLOTS)).toBeCloseTo(0.005, 3);
  });

  it('lies within what was looked up, and is none where that is certain', () => {
    const set = new SeqSet(0, 59);
    // In a third of the blocks, of which the probes are taken.
    for (let block = 0; block < 60; block += 3)
      for (let slot = 0; slot < 1_000; slot++) set.add(seqAt(block, slot));
    const found = { set, indexed: 60 * SLOTS };
    const inexact = new Map<QueryNode, Leaf>([[text, new SetLeaf(found, false)]]);
    expect(open(text, inexact)).toBe(20 * 995);
    expect(open(both, inexact)).toBe(20 * 5);
    expect(open(both, new Map([[text, new SetLeaf(found, true)]]))).toBe(0);
  });
});

describe('what may match at all', () => {
  it('is what fields and look-ups do not rule out, whatever is found of texts from here on', () => {
    const [first, last] = [0, 3];
    const words: QueryNode = { kind: 'text', text: 'work 1', prefix: true, ...AT };
    const configs: QueryNode = { kind: 'field', field: 'config', values: ['hex8_2p'], prefixes: [], ...AT };
    const leaf = fc.constantFrom(text, words, field, configs);
    const { tree } = fc.letrec<{ tree: QueryNode }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        leaf,
        fc
          .array(tie('tree'), { minLength: 1, maxLength: 3 })
          .map((parts): QueryNode => ({ kind: 'and', parts, ...AT })),
        fc
          .array(tie('tree'), { minLength: 1, maxLength: 3 })
          .map((parts): QueryNode => ({ kind: 'or', parts, ...AT })),
        tie('tree').map((part): QueryNode => ({ kind: 'not', part, ...AT })),
      ),
    }));
    /** Whether an event matches; who knows nothing of texts says both. */
    const truth = (
      node: QueryNode,
      slot: number,
      holds: (of: QueryNode) => boolean | null,
    ): boolean | null => {
      if (node.kind === 'field') return node === field ? slot % 100 === 0 : slot % 200 === 0;
      if (node.kind === 'not') {
        const part = truth(node.part, slot, holds);
        return part === null ? null : !part;
      }
      if (node.kind !== 'and' && node.kind !== 'or') return holds(node);
      const parts = node.parts.map((part) => truth(part, slot, holds));
      const stop = node.kind === 'or';
      return parts.includes(stop) ? stop : parts.includes(null) ? null : !stop;
    };
    let narrowed = 0;
    fc.assert(
      fc.property(tree, fc.integer({ min: 2, max: 7 }), fc.boolean(), (node, every, known) => {
        // Of the one text nothing is known, of the other one perhaps where its words stand.
        const found = { set: new SeqSet(first, last), indexed: (last + 1) * SLOTS };
        for (let seq = 1; seq <= found.indexed; seq++)
          if (((seq - 1) % SLOTS) % every === 1) found.set.add(seq);
        const leaves = new Map<QueryNode, Leaf>([
          [text, FIELDS_ALONE],
          [words, known ? new SetLeaf(found, false) : FIELDS_ALONE],
        ]);
        const asked = { node, now: 0, blocks: { first, last } };
        const { set } = mayMatchAtAll(store, asked, leaves, null);
        for (let slot = 0; slot < SLOTS; slot += 3) {
          // That fields tell of a text does not count: who then looks it up among others would deny it of these.
          const may = truth(node, slot, (of) => (of === words && known && slot % every !== 1 ? false : null));
          const told = set.has(seqAt(2, slot));
          if (told !== (may !== false)) expect([node, slot, told]).toEqual([node, slot, may !== false]);
          if (!told) narrowed += 1;
        }
      }),
      { numRuns: 100 },
    );
    expect(narrowed).toBeGreaterThan(1_000);
  });
});

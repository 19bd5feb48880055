import { describe, expect, it } from 'vitest';
import type { QueryNode } from '../../../domain/query';
import { SeqSet } from '../words/seq-set';
import { SetLeaf } from '../words/set-leaf';
import { BlockBuilder, seqAt, SLOTS, type Block } from './block';
import type { BlockStore } from './block-store';
import { leftOpen } from './left-open';
import { FIELDS_ALONE, type Leaf } from './masks';

const AT = { start: 0, end: 0 };
const text: QueryNode = { kind: 'text', text: 'hex8', prefix: false, ...AT };
const field: QueryNode = { kind: 'field', field: 'node', values: ['x'], ...AT };
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

import type { QueryNode } from '../../../domain/query';
import type { Bits } from '../blocks/bits';
import { bitsWhere, hasBit, noBits, setBit, setFrom } from '../blocks/bits';
import type { Block } from '../blocks/block';
import { codesMaskOf } from './code-masks';
import { and, isWithin, not, or, type Mask } from './mask-logic';
import { nameTestOf } from '../blocks/names';
import { textMask, type TextNode } from './text-mask';
import { blockOf, DIMENSIONS, SLOTS, slotOf } from '../blocks/block';

export const hasSlot = (mask: Mask, slot: number): boolean =>
  typeof mask === 'boolean' ? mask : hasBit(mask, slot);

/** What is known of a block without reading its events: these match for certain, those perhaps. */
export interface Bounds {
  readonly must: Mask;
  readonly may: Mask;
}

/** What was looked up of a part of a query. */
export interface Leaf {
  /** False: what was found may match the part, and nothing else does. */
  readonly exact: boolean;
  readonly bounds: (block: number) => Bounds;
}
export type Leaves = ReadonlyMap<QueryNode, Leaf>;

const UNKNOWN: Bounds = { must: false, may: true };
/** Of a text that was not looked up: only the fields of events tell of it. */
export const FIELDS_ALONE: Leaf = { exact: false, bounds: () => UNKNOWN };

/**
 * Bounds of the events of a block that a query asks for; exact where `must` is `may`.
 * @param within of other events nothing is asked, and anything may be said
 */
export function boundsOf(
  node: QueryNode,
  block: Block,
  leaves: Leaves,
  now: number,
  within: Mask = true,
): Bounds {
  const leaf = leaves.get(node);
  if (leaf) return node.kind === 'text' ? withFields(node, block, leaf, within) : leaf.bounds(block.block);
  switch (node.kind) {
    case 'all':
      return both(true);
    case 'and':
    case 'or': {
      const stop = node.kind === 'or';
      let found = both(!stop);
      for (const part of node.parts) {
        if (found.must === stop && found.may === stop) break;
        const where = stop ? within : and(within, found.may);
        found = join(found, boundsOf(part, block, leaves, now, where), stop ? or : and);
      }
      return found;
    }
    case 'not': {
      const { must, may } = boundsOf(node.part, block, leaves, now, within);
      return must === may ? both(not(must)) : { must: not(may), may: not(must) };
    }
    case 'field':
      return node.field === 'id' ? UNKNOWN : both(fieldMask(node, block, within));
    case 'time':
      return both(timeMask(node, block, now));
    case 'text':
    case 'payload':
      return UNKNOWN;
  }
}

/** Of events that hold the words of a phrase, those hold it that have it in a field. */
function withFields(node: TextNode, block: Block, leaf: Leaf, within: Mask): Bounds {
  const { must, may } = leaf.bounds(block.block);
  if (leaf.exact || may === false) return { must, may };
  const asked = and(may, within);
  const all = or(must, textMask(node, block, asked));
  return isWithin(asked, all) ? both(may) : { must: all, may };
}

/** The same from what was looked up alone, without a look at the block; null where that does not decide. */
export function boundsByLeaves(node: QueryNode, block: number, leaves: Leaves): Bounds | null {
  const leaf = leaves.get(node);
  if (leaf) return leaf.bounds(block);
  // Nothing asked for is nothing looked up: not each slot holds an event.
  if ((node.kind !== 'and' && node.kind !== 'or') || node.parts.length === 0) return null;
  let found = both(node.kind === 'and');
  for (const part of node.parts) {
    const bounds = boundsByLeaves(part, block, leaves);
    if (bounds === null) return null;
    found = join(found, bounds, node.kind === 'and' ? and : or);
  }
  return found;
}

/** The slots that can hold a match, as far as what was looked up says so. */
export function mayOf(node: QueryNode, block: number, leaves: Leaves): Mask {
  const leaf = leaves.get(node);
  if (leaf) return leaf.bounds(block).may;
  if (node.kind !== 'and' && node.kind !== 'or') return true;
  const [combine, stop] = node.kind === 'and' ? [and, false] : [or, true];
  let found: Mask = !stop;
  for (const part of node.parts) {
    if (found === stop) break;
    found = combine(found, mayOf(part, block, leaves));
  }
  return found;
}

/** Slots in which there is an event. */
export function presentMask(block: Block): Mask {
  if (block.events === SLOTS) return true;
  if (block.events === 0) return false;
  const times = block.times();
  return bitsWhere((slot) => !Number.isNaN(times[slot]));
}

/** A part of which these events were found: all of them up to the seq `known`; beyond it anything may be. */
export function listedLeaf(seqs: readonly number[], exact: boolean, known = Infinity): Leaf {
  const blocks = new Map<number, Bits>();
  for (const seq of seqs) {
    const block = blockOf(seq);
    let mask = blocks.get(block);
    if (!mask) blocks.set(block, (mask = noBits()));
    setBit(mask, slotOf(seq));
  }
  return {
    exact,
    bounds: (block) => boundsUpTo(blocks.get(block) ?? false, { block, exact, known }),
  };
}

/** Bounds of a block of which was found out, up to the seq `known`, where a part of a query holds. */
export function boundsUpTo(
  found: Mask,
  { block, exact, known }: { readonly block: number; readonly exact: boolean; readonly known: number },
): Bounds {
  const must = exact ? found : false;
  const slots = known - block * SLOTS;
  if (slots >= SLOTS || found === true) return { must, may: found };
  const may = found === false ? noBits() : found.slice();
  setFrom(may, Math.max(0, slots));
  return { must, may };
}

export const both = (mask: Mask): Bounds => ({ must: mask, may: mask });

type FieldNode = Extract<QueryNode, { kind: 'field' }>;
function fieldMask(node: FieldNode, block: Block, within: Mask): Mask {
  const dimension = DIMENSIONS.findIndex((name) => name === node.field);
  const table = nameTestOf(node).codes(block, dimension);
  return table === null ? false : codesMaskOf(block, dimension, table, within);
}

function timeMask(
  { operator, moment }: Extract<QueryNode, { kind: 'time' }>,
  block: Block,
  now: number,
): Mask {
  const at = 'at' in moment ? moment.at : now - moment.ago;
  const test = {
    '>=': (time: number) => time >= at,
    '<': (time: number) => time < at,
    '<=': (time: number) => time <= at,
  }[operator];
  const [first, last] = [test(block.first), test(block.last)];
  if (first === last) return first;
  const times = block.times();
  return bitsWhere((slot) => test(times[slot] ?? Number.NaN));
}

function join(a: Bounds, b: Bounds, combine: (a: Mask, b: Mask) => Mask): Bounds {
  if (a.must === a.may && b.must === b.may) return both(combine(a.must, b.must));
  return { must: combine(a.must, b.must), may: combine(a.may, b.may) };
}

import type { QueryNode } from '../../../domain/query';
import type { FoundWords } from '../words/kept-words';
import { SeqSet } from '../words/seq-set';
import { allBut, anyOf, SetLeaf } from '../words/set-leaf';
import type { Blocks } from '../words/stretch';
import { countBits } from './bits';
import { SLOTS, type Block } from './block';
import type { BlockStore } from './block-store';
import { boundsOf, presentMask, type Leaves } from './masks';
import { and, not, or, type Mask } from './mask-logic';
import { mayMatch } from './may-match';

/** By so many blocks it is judged how many events are left open. */
const PROBED = 24;
/** So few candidates need no judging. */
const FEW = 256;

/** What is asked, and of which blocks. */
export interface Question {
  readonly node: QueryNode;
  readonly now: number;
  readonly blocks: Blocks;
}

/** Events that may match a query, as far as what was looked up says so by itself; null where that leaves out none. */
export function candidates(node: QueryNode, leaves: Leaves): FoundWords | null {
  const leaf = leaves.get(node);
  if (leaf) return leaf instanceof SetLeaf ? leaf.found : null;
  if (node.kind !== 'and' && node.kind !== 'or') return null;
  const parts = node.parts.map((part) => candidates(part, leaves));
  const known = parts.filter((part) => part !== null);
  const [first, ...others] = known;
  if (first === undefined || (node.kind === 'or' && known.length < parts.length)) return null;
  if (others.length === 0) return first;
  return node.kind === 'and' ? allBut([first, ...others], []) : anyOf([first, ...others]);
}

/**
 * The same, by what the blocks say besides: of other events nothing needs to be found out, since the query certainly does not
 * match them.
 */
export function mayMatchAtAll(
  store: BlockStore,
  { node, now, blocks }: Question,
  leaves: Leaves,
  some: FoundWords | null,
): FoundWords {
  const { first, last } = blocks;
  const set = new SeqSet(first, last);
  for (let block = first; block <= last; block++) {
    const within = some?.set.mask(block) ?? true;
    if (within === false || !mayMatch(store.catalog, node, block, leaves, now)) continue;
    const may = store.lookAtStored(block, (of) => and(within, mayOf(node, of, leaves, now, within)));
    set.addBlock(block, may ?? within);
  }
  return { set, indexed: some?.indexed ?? Infinity };
}

/**
 * The slots of a block that can hold a match, whatever is found of texts from here on. So what fields tell of a text does not
 * count: who looks it up among other events would say that these do not hold it.
 */
function mayOf(node: QueryNode, block: Block, leaves: Leaves, now: number, within: Mask): Mask {
  switch (node.kind) {
    case 'and': {
      let may = within;
      for (const part of node.parts) if (may !== false) may = and(may, mayOf(part, block, leaves, now, may));
      return may;
    }
    case 'or':
      return node.parts.reduce<Mask>((may, part) => or(may, mayOf(part, block, leaves, now, within)), false);
    case 'not':
      return not(mustOf(node.part, block, leaves, now, within));
    case 'text':
      return leaves.get(node)?.bounds(block.block).may ?? true;
    case 'all':
    case 'field':
    case 'time':
    case 'payload':
      return boundsOf(node, block, leaves, now, within).may;
  }
}

/** The slots that certainly match, in the same sense. */
function mustOf(node: QueryNode, block: Block, leaves: Leaves, now: number, within: Mask): Mask {
  switch (node.kind) {
    case 'and':
      return node.parts.reduce<Mask>(
        (must, part) => and(must, mustOf(part, block, leaves, now, within)),
        true,
      );
    case 'or':
      return node.parts.reduce<Mask>(
        (must, part) => or(must, mustOf(part, block, leaves, now, within)),
        false,
      );
    case 'not':
      return not(mayOf(node.part, block, leaves, now, within));
    case 'text':
      return leaves.get(node)?.bounds(block.block).must ?? false;
    case 'all':
    case 'field':
    case 'time':
    case 'payload':
      return boundsOf(node, block, leaves, now, within).must;
  }
}

/** About how many events would have to be read, if nothing more were looked up: judged by some blocks of all of them. */
export function leftOpen(store: BlockStore, { node, now, blocks }: Question, leaves: Leaves): number {
  const some = candidates(node, leaves)?.set ?? null;
  const events = some?.size ?? (blocks.last - blocks.first + 1) * SLOTS;
  if (events <= FEW) return events;
  let [seen, open] = [0, 0];
  for (const block of probes(blocks, some)) {
    const may = some?.mask(block) ?? true;
    const left = store.lookAtStored(block, (of) => {
      const bounds = boundsOf(node, of, leaves, now, may);
      return sizeOf(and(and(and(bounds.may, may), presentMask(of)), not(bounds.must)));
    });
    if (left === null) continue;
    seen += sizeOf(may);
    open += left;
  }
  return seen === 0 ? events : (events * open) / seen;
}

/** Some of the blocks that can hold a match, evenly from all of them. */
function probes({ first, last }: Blocks, some: SeqSet | null): number[] {
  const blocks: number[] = [];
  for (let block = first; block <= last; block++) if (some?.mask(block) !== false) blocks.push(block);
  const step = Math.max(1, blocks.length / PROBED);
  return Array.from({ length: Math.min(PROBED, blocks.length) }, (_, n) => blocks[Math.floor(n * step)] ?? 0);
}

function sizeOf(mask: Mask): number {
  if (typeof mask === 'boolean') return mask ? SLOTS : 0;
  return countBits(mask);
}

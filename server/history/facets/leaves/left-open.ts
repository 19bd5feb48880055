import type { QueryNode } from '../../../../domain/query';
import type { FoundWords } from '../../words/kept-words';
import { SeqSet } from '../../words/seq-set';
import { allBut, anyOf, SetLeaf } from '../../words/set-leaf';
import type { Blocks } from '../../words/stretch';
import { countBits } from '../../blocks/bits';
import { SLOTS } from '../../blocks/block';
import type { BlockStore } from '../../blocks/block-store';
import { boundsOf, presentMask, type Leaves } from '../../matching/masks';
import { and, not, type Mask } from '../../matching/mask-logic';
import { mayMatch } from '../../matching/may-match';

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
  const [set, told] = [new SeqSet(first, last), withoutFields(leaves)];
  for (let block = first; block <= last; block++) {
    const within = some?.set.mask(block) ?? true;
    if (within === false || !mayMatch(store.catalog, node, block, leaves, now)) continue;
    const may = store.lookAtStored(block, (of) => and(within, boundsOf(node, of, told, now, within).may));
    set.addBlock(block, may ?? within);
  }
  return { set, indexed: some?.indexed ?? Infinity };
}

/**
 * What was looked up, with texts as if it were all that is to be known of them. What fields tell of a text must not count
 * where it is still to be looked up: who does so among other events would say that these do not hold it.
 */
function withoutFields(leaves: Leaves): Leaves {
  return new Map(
    [...leaves].map(([node, leaf]) => [node, { exact: true, bounds: (block) => leaf.bounds(block) }]),
  );
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

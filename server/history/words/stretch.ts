import { SLOTS } from '../blocks/block';

/** Blocks that are asked for, the last one included. */
export interface Blocks {
  readonly first: number;
  readonly last: number;
}
/** Seqs that are asked for. */
export interface Seqs {
  readonly from: number;
  readonly to: number;
}
/** Those of some blocks, of an index that goes up to a seq; undefined: all. */
export function seqsOf(blocks: Blocks | undefined, indexed: number): Seqs | undefined {
  if (blocks === undefined) return undefined;
  const last = (blocks.last + 1) * SLOTS;
  return { from: blocks.first * SLOTS + 1, to: last < indexed ? last : Infinity };
}

export const EVERY_SEQ: Seqs = { from: 1, to: Infinity };

/** Leaf pages of a segment that tell of a word. */
export interface Stretch {
  readonly segment: number;
  readonly from: number;
  /** The page that is read after the first: those between tell of earlier events. */
  readonly next: number;
  readonly to: number;
  /** Pages of other events than those asked for are left out. */
  readonly narrowed: boolean;
}

/**
 * Of pages that go on with the list of one word those that tell of some seqs: they ascend from page to page.
 * @param firstOn the first seq that is written out on a page; 0 where no event begins on it
 */
export function narrowed(all: Stretch, { from, to }: Seqs, firstOn: (page: number) => number): Stretch {
  // On a page on which no event begins it is the next one's. The last page may begin with another word.
  const firstFrom = (page: number): number => {
    for (let at = page; at < all.to; at++) {
      const seq = firstOn(at);
      if (seq > 0) return seq;
    }
    return Infinity;
  };
  const firstAbove = (seq: number, page: number): number => {
    let [low, high] = [page, all.to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (firstFrom(middle) > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  let next = from <= 1 ? all.next : Math.max(all.next, firstAbove(from, all.next) - 1);
  // One on which an event begins: it is read from there on.
  while (next > all.next && firstOn(next) === 0) next -= 1;
  let last = to === Infinity ? all.to : firstAbove(to, next);
  // What is told of the last event may go on up to where the next one begins.
  while (last < all.to && firstOn(last) === 0) last += 1;
  return { ...all, next, to: last, narrowed: next > all.next || last < all.to };
}

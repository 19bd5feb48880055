import { boundsUpTo, type Bounds, type Leaf } from '../matching/masks';
import type { FoundWords } from './kept-words';

/** What was found as a part of a query, for the blocks that were asked for: beyond what is indexed anything may be. */
export class SetLeaf implements Leaf {
  #last: { readonly block: number; readonly bounds: Bounds } | null = null;

  /** @param exact false: events that do not match may be among them */
  constructor(
    readonly found: FoundWords,
    readonly exact: boolean,
  ) {}

  bounds(block: number): Bounds {
    if (this.#last?.block !== block) {
      const { set, indexed } = this.found;
      const bounds = boundsUpTo(set.mask(block), { block, exact: this.exact, known: indexed });
      this.#last = { block, bounds };
    }
    return this.#last.bounds;
  }
}

/** What all of the first hold and none of the others, for certain. */
export function allBut(
  [first, ...all]: readonly [FoundWords, ...FoundWords[]],
  none: readonly FoundWords[],
): FoundWords {
  const set = first.set.copy(first.set.first, first.set.last);
  for (const other of all) set.and(other.set);
  for (const other of none) set.without(other.set);
  return knownPart(set, [first, ...all, ...none]);
}

/** What any of them holds, for certain. */
export function anyOf([first, ...others]: readonly [FoundWords, ...FoundWords[]]): FoundWords {
  const set = first.set.copy(first.set.first, first.set.last);
  for (const other of others) set.or(other.set);
  return knownPart(set, [first, ...others]);
}

function knownPart(set: FoundWords['set'], of: readonly FoundWords[]): FoundWords {
  const indexed = Math.min(...of.map((found) => found.indexed));
  set.cutBehind(indexed);
  return { set, indexed };
}

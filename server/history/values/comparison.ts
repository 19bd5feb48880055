import { valueWords } from '../words/formula';
import { SetLeaf } from '../words/set-leaf';
import type { WordFinder } from '../words/word-finder';
import type { Blocks } from '../words/stretch';
import type { ValueFinder, ValueLeaf } from './value-finder';
import type { PayloadNode } from './value-test';

/** Words of values are looked up first where that takes no longer than the columns of some dozens of stripes. */
const SOON_MS = 3;

/** A comparison as columns decide it, only in those blocks whose events hold the words of a value where these are rare. */
export function comparisonLeaf(
  node: PayloadNode,
  values: ValueFinder,
  words: WordFinder,
  blocks: Blocks,
): ValueLeaf {
  const leaf = values.leaf(node);
  const formula = valueWords(node);
  if (formula !== null && words.cost(formula, blocks) <= SOON_MS) {
    const found = words.find(formula, blocks);
    if (found !== null) leaf.within(new SetLeaf(found, false));
  }
  return leaf;
}

import { textMatcher, type QueryNode } from '../../../domain/query';
import { noBits, slotsOf, type Bits } from '../blocks/bits';
import { DIMENSIONS, type Block } from '../blocks/block';
import { addOfFew, areFew, codesMask } from './code-masks';
import { or, type Mask } from './mask-logic';
import { NameTest } from '../blocks/names';

export type TextNode = Extract<QueryNode, { kind: 'text' }>;

/** Fields whose values are searched for words. */
const SEARCHED = DIMENSIONS.flatMap((name, dimension) =>
  name === 'category' || name === 'severity' || name === 'origin' ? [] : [dimension],
);

/** What is known of names stays known for as long as a query lives. */
const KNOWN = new WeakMap<TextNode, NameTest>();

/**
 * The slots of a block, of those that are asked for, that hold a text in one of their fields. Others may hold it in their
 * payload: words of configs, nodes and models mostly stand in both, so that hardly an event is left to be read.
 */
export function textMask(node: TextNode, block: Block, asked: Mask = true): Mask {
  if (asked === false) return false;
  const test = tester(node);
  const wanted: Wanted[] = [];
  for (const dimension of SEARCHED) {
    const table = test.codes(block, dimension);
    if (table !== null) wanted.push({ dimension, table });
  }
  if (wanted.length === 0) return false;
  if (asked !== true && areFew(asked)) return ofFew(block, wanted, asked);
  let found: Mask = false;
  for (const { dimension, table } of wanted) found = or(found, codesMask(block, dimension, table));
  return found;
}

interface Wanted {
  readonly dimension: number;
  /** 1 for each value that holds the text. */
  readonly table: Uint8Array;
}

function ofFew(block: Block, wanted: readonly Wanted[], asked: Bits): Mask {
  const found = noBits();
  const slots = slotsOf(asked);
  for (const { dimension, table } of wanted)
    // All have the one value that there is.
    if (!addOfFew(block, dimension, table, slots, found)) return true;
  return found;
}

function tester(node: TextNode): NameTest {
  let known = KNOWN.get(node);
  if (!known) KNOWN.set(node, (known = new NameTest(textMatcher(node))));
  return known;
}

import { textMatcher, type QueryNode } from '../../../domain/query';
import { countBits, noBits, setBit, slotsOf, type Bits } from './bits';
import { DIMENSIONS, type Block, type Name } from './block';
import { codesMask } from './code-masks';
import { or, type Mask } from './mask-logic';

export type TextNode = Extract<QueryNode, { kind: 'text' }>;

/** Fields whose values are searched for words. */
const SEARCHED = DIMENSIONS.flatMap((name, dimension) =>
  name === 'category' || name === 'severity' || name === 'origin' ? [] : [dimension],
);

/** What is known of names stays known for as long as a query lives. */
const KNOWN = new WeakMap<TextNode, (name: Name) => boolean>();

/** Of fewer slots than this each is looked at by itself. */
const FEW = 512;

/**
 * The slots of a block, of those that are asked for, that hold a text in one of their fields. Others may hold it in their
 * payload: words of configs, nodes and models mostly stand in both, so that hardly an event is left to be read.
 */
export function textMask(node: TextNode, block: Block, asked: Mask = true): Mask {
  const holds = tester(node);
  const wanted = SEARCHED.flatMap((dimension) => {
    const table = new Uint8Array(block.size(dimension));
    for (let code = 0; code < table.length; code++) if (holds(block.name(dimension, code))) table[code] = 1;
    return table.includes(1) ? [{ dimension, table }] : [];
  });
  if (wanted.length === 0 || asked === false) return false;
  if (asked !== true && countBits(asked) < FEW) return ofFew(block, wanted, asked);
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
  for (const { dimension, table } of wanted) {
    const codes = block.codes(dimension);
    // All have the one value that there is.
    if (codes === null) return true;
    for (const slot of slots) if (table[codes[slot] ?? 0] === 1) setBit(found, slot);
  }
  return found;
}

function tester(node: TextNode): (name: Name) => boolean {
  let known = KNOWN.get(node);
  if (known) return known;
  const test = textMatcher(node);
  const names = new Map<Name, boolean>([[null, false]]);
  known = (name) => {
    let holds = names.get(name);
    if (holds === undefined) names.set(name, (holds = test(name ?? '')));
    return holds;
  };
  KNOWN.set(node, known);
  return known;
}

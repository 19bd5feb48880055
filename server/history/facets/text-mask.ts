import { textMatcher, type QueryNode } from '../../../domain/query';
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

/**
 * The slots of a block that hold a text in one of their fields. Others may hold it in their payload: words of configs, nodes and
 * models mostly stand in both, so that hardly an event is left to be read.
 */
export function textMask(node: TextNode, block: Block): Mask {
  const holds = tester(node);
  let found: Mask = false;
  for (const dimension of SEARCHED) {
    const table = new Uint8Array(block.size(dimension));
    for (let code = 0; code < table.length; code++) if (holds(block.name(dimension, code))) table[code] = 1;
    found = or(found, codesMask(block, dimension, table));
    if (found === true) break;
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

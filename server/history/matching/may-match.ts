import type { QueryNode } from '../../../domain/query';
import { DIMENSIONS } from '../blocks/block';
import type { BlockCatalog } from '../blocks/block-catalog';
import type { Leaves } from './masks';
import { nameTestOf } from '../blocks/names';

/**
 * False where a block certainly holds no match: searches and counts pass over it without reading it. The catalogue may say too much
 * (of a block whose events were removed since), never too little.
 */
export function mayMatch(
  catalog: BlockCatalog,
  node: QueryNode,
  block: number,
  leaves: Leaves,
  now: number,
): boolean {
  const leaf = leaves.get(node);
  if (leaf?.bounds(block).may === false) return false;
  switch (node.kind) {
    case 'and':
      return node.parts.every((part) => mayMatch(catalog, part, block, leaves, now));
    case 'or':
      return node.parts.some((part) => mayMatch(catalog, part, block, leaves, now));
    case 'field': {
      const dimension = DIMENSIONS.findIndex((name) => name === node.field);
      return dimension < 0 || catalog.mayHold(block, dimension, nameTestOf(node));
    }
    case 'time': {
      const times = catalog.times(block);
      if (times === null) return true;
      const at = 'at' in node.moment ? node.moment.at : now - node.moment.ago;
      if (node.operator === '>=') return times.last >= at;
      return node.operator === '<' ? times.first < at : times.first <= at;
    }
    case 'all':
    case 'not':
    case 'text':
    case 'payload':
      return true;
  }
}

import { conditionsOf, linkOf } from './entities';
import type { NodesState } from './state';

/** Topic `nodes.summary` (key: `all`): the fleet in three numbers, for pages that need no node by name. */
export type NodesSummary = {
  total: number;
  /** The cluster counts on them, well or not. */
  up: number;
  /** Up, but unhealthy, overloaded or silent for long. */
  impaired: number;
};

export function nodesSummary(state: NodesState): NodesSummary {
  let [up, impaired] = [0, 0];
  for (const node of state.nodes.values()) {
    if (linkOf(node) !== 'online') continue;
    up += 1;
    if (conditionsOf(node, state.clock).length > 0) impaired += 1;
  }
  return { total: state.nodes.size, up, impaired };
}

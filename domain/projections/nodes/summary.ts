import { conditionsOf, linkOf } from './entities';
import { isPressing } from './pressure';
import type { NodesState } from './state';

/** Topic `nodes.summary` (key: `all`): the fleet in four numbers, for pages that need no node by name. */
export type NodesSummary = {
  total: number;
  /** The cluster counts on them, well or not. */
  up: number;
  /** Up, but unhealthy, overloaded or silent for long. */
  impaired: number;
  /** Up and well, but under high or critical backpressure. */
  pressed: number;
};

export function nodesSummary(state: NodesState): NodesSummary {
  let [up, impaired, pressed] = [0, 0, 0];
  for (const node of state.nodes.values()) {
    if (linkOf(node) !== 'online') continue;
    up += 1;
    if (conditionsOf(node, state.clock).length > 0) impaired += 1;
    else if (isPressing(node.backpressure.v)) pressed += 1;
  }
  return { total: state.nodes.size, up, impaired, pressed };
}

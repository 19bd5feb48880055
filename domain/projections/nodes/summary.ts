import { conditionsOf, isStale, linkOf } from './entities';
import { isPressing } from './pressure';
import type { NodesState } from './state';

/** Topic `nodes.summary` (key: `all`): the fleet in numbers, for pages that need no node by name. */
export type NodesSummary = {
  total: number;
  /** Declared online and heard of, well or not: the rule of `availabilityOf`. */
  up: number;
  /** Declared online, but silent for long: nobody knows whether they are up. */
  stale: number;
  /** Up, but unhealthy or overloaded. */
  impaired: number;
  /** Up and well, but under high or critical backpressure. */
  pressed: number;
};

export function nodesSummary(state: NodesState): NodesSummary {
  let [up, stale, impaired, pressed] = [0, 0, 0, 0];
  for (const node of state.nodes.values()) {
    if (linkOf(node) !== 'online') continue;
    if (isStale(node, state.clock)) {
      stale += 1;
      continue;
    }
    up += 1;
    if (conditionsOf(node, state.clock).length > 0) impaired += 1;
    else if (isPressing(node.backpressure.v)) pressed += 1;
  }
  return { total: state.nodes.size, up, stale, impaired, pressed };
}

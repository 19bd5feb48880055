import type { NodeStatus } from '../../realtime/entities';
import { isPressing } from './pressure';

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

/** Counts nodes by the one word that each is shown with. */
export function summaryOf(
  nodes: Iterable<{ readonly status: NodeStatus; readonly backpressure: string | null }>,
): NodesSummary {
  const sum: NodesSummary = { total: 0, up: 0, stale: 0, impaired: 0, pressed: 0 };
  for (const { status, backpressure } of nodes) {
    sum.total += 1;
    if (status === 'stale') sum.stale += 1;
    if (status === 'stale' || status === 'offline' || status === 'unknown') continue;
    sum.up += 1;
    if (status !== 'online') sum.impaired += 1;
    else if (isPressing(backpressure)) sum.pressed += 1;
  }
  return sum;
}

import { isPressing } from '@/domain/projections/nodes/pressure';
import type { NodeStatus } from '@/domain/realtime/entities';
import { formatPercent } from '../../ui/format';
import { loadOf, type FleetNode } from '../fleet/fleet';
import { FLAPPING } from '../status';

/** What a cell or card of the grid says. */
export interface Look {
  readonly status: NodeStatus;
  /** Load in steps of a tenth, 0..10; null while nothing was reported. */
  readonly load: number | null;
  /** A letter for what is wrong besides the status; empty when nothing is. */
  readonly mark: string;
  /** What the letter stands for; empty without one. */
  readonly meaning: string;
  /** All of it in words. */
  readonly label: string;
}

interface Mark {
  readonly letter: string;
  readonly meaning: string;
  readonly is: (node: FleetNode, worse: boolean) => boolean;
}

/** The letters of the grid, gravest first. */
export const MARKS: readonly Mark[] = [
  { letter: 'C', meaning: 'contradiction', is: ({ live }) => live.contradiction !== null },
  { letter: 'R', meaning: 'results worse than the others’', is: (_, worse) => worse },
  { letter: 'F', meaning: 'flapping', is: ({ slow }) => (slow?.transitions ?? 0) >= FLAPPING },
  { letter: 'B', meaning: 'high or critical backpressure', is: ({ live }) => isPressing(live.backpressure) },
];

/** `worse`: its results are worse than the others'. */
export function lookOf(node: FleetNode, worse: boolean): Look {
  const load = loadOf(node.live);
  const found = MARKS.find(({ is }) => is(node, worse));
  const tenths = load === null ? null : Math.round(load * 10);
  const parts = [
    node.node,
    node.live.status,
    ...(tenths === null ? [] : [`load ${formatPercent(tenths / 10)}`]),
    ...(found === undefined ? [] : [found.meaning]),
  ];
  return {
    status: node.live.status,
    load: tenths,
    mark: found?.letter ?? '',
    meaning: found?.meaning ?? '',
    label: parts.join(', '),
  };
}

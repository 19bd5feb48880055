import type { States } from '../../../../domain/projections';
import {
  bandsOf,
  bucketsOf,
  cell,
  currentDuties,
  GRAINS,
  nodeDocument,
  shownSeen,
  totalsBegin,
  totalsOf,
  transitionsSince,
  type Bucket,
  type Column,
  type CurrentDuty,
  type NodeDocument,
  type NodeState,
  type Sums,
} from '../../../../domain/projections/nodes';
import type { ChartPoint } from '../../../../components/charts/types';
import { availabilities, thinned, windowOf, type WireAvailability, type WireBand } from './bands';
import { championships } from './fleet';

/** Means and sums per stretch, at the middle of each; null where nothing was reported. */
export type NodeSeries = Record<'health' | 'cpu' | 'gpu' | 'memory' | 'games', ChartPoint[]>;

export type NodeDetailAnswer = {
  node: string;
  since: number;
  until: number;
  document: NodeDocument;
  first_seen: number | null;
  /** As the table of all nodes shows it: to 5 s, 0 for never. */
  last_seen: number;
  availability: WireAvailability[];
  transitions: number;
  bands: WireBand[];
  /** The states as a list, newest first, at most 100. */
  states: { at: number; status: WireBand[2]; seq: number | null; seconds: number }[];
  /** Seconds that one point of the series stands for. */
  grain: number;
  series: NodeSeries;
  duties: CurrentDuty[];
  champions: { config: string; model: string; held: boolean }[];
  totals: { day: Total; week: Total };
};

/** What it did since a moment: of whole stretches of 2 h, so somewhat longer than its name says. */
export type Total = { since: number; sums: Sums };

const LISTED = 100;
const DAY = 86_400;

/** Everything that the state knows of one node; null for one that nothing was heard of. */
export function nodeDetail(
  states: Pick<States, 'nodes' | 'models'>,
  input: { node: string; since: number | null; until: number | null },
): NodeDetailAnswer | null {
  const { nodes } = states;
  const node = nodes.nodes.get(input.node);
  const document = nodeDocument(nodes, input.node);
  if (node === undefined || document === undefined) return null;
  const clock = nodes.clock ?? 0;
  const own = { ...nodes, nodes: new Map([[input.node, node]]) };
  const [since, until] = windowOf(own, input);
  const bands = bandsOf(node, since, until);
  const grain = clock - since <= DAY + 3_600 ? 'fine' : 'coarse';
  return {
    ...{ node: input.node, since, until, document },
    first_seen: node.signs.first,
    last_seen: shownSeen(node),
    availability: availabilities(nodes, input.node),
    transitions: transitionsSince(node, clock - 3_600),
    bands: thinned(bands, since, until),
    states: bands
      .slice(-LISTED)
      .reverse()
      .map(({ from, to, status, seq }) => ({ at: from, status, seq, seconds: to - from })),
    grain: GRAINS[grain].seconds,
    series: seriesOf(node, grain, since, until),
    duties: currentDuties(node.duties, clock),
    champions: championships(states).map(({ config, model, holds }) => ({
      ...{ config, model },
      held: holds(input.node),
    })),
    totals: {
      day: totalSince(node, clock - DAY, clock),
      week: totalSince(node, clock - 7 * DAY, clock),
    },
  };
}

function totalSince({ history }: NodeState, from: number, clock: number): Total {
  return { since: totalsBegin(from, clock), sums: totalsOf(history, from, clock) };
}

type Grain = 'fine' | 'coarse';

function seriesOf(node: NodeState, grain: Grain, since: number, until: number): NodeSeries {
  const buckets = bucketsOf(node.history, grain, since, until);
  const { seconds } = GRAINS[grain];
  const points = (y: (bucket: Bucket) => number | null): ChartPoint[] =>
    buckets.map((bucket) => [Math.min(bucket.from + seconds / 2, until), y(bucket)]);
  const mean = (column: Column, count: Column) =>
    points((bucket) => {
      const n = cell(bucket, count);
      return n === 0 ? null : Math.round(cell(bucket, column) / n) / 10;
    });
  // The newest stretch has only begun: its games are counted over the time that has passed of it.
  const hours = (from: number): number => Math.min(seconds, Math.max(60, until - from)) / 3_600;
  return {
    health: mean('health', 'scores'),
    cpu: mean('cpu', 'loads'),
    gpu: mean('gpu', 'loads'),
    memory: mean('memory', 'loads'),
    games: points((bucket) => Math.round(cell(bucket, 'games') / hours(bucket.from))),
  };
}

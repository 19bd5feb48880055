import type { States } from '../../../../domain/projections';
import { configEntity, isHolding } from '../../../../domain/projections/models';
import { bucketsOf, cell, transitionsSince, type NodeState } from '../../../../domain/projections/nodes';
import { availabilities, type WireAvailability } from './bands';
import { idleNodes, type Idle } from './idle';

/** What a table of the fleet shows beside the live topic; it moves slowly. */
export type FleetRow = {
  node: string;
  /** Mean health score per half hour over the last 6 h, oldest first; null where no check came. */
  health: (number | null)[];
  /** Over 1 h, 24 h, 7 d. */
  availability: WireAvailability[];
  /** Times it went, came, fell ill or got well within the last hour. */
  transitions: number;
  /** Set where it does nothing though it could. */
  idle: Idle | null;
  /** Configs whose champion it holds. */
  champions: string[];
  events: number;
};

export type Fleet = {
  at: number;
  rows: FleetRow[];
  /** Configs that have a champion. */
  crowned: number;
};

const SPARK = { points: 12, seconds: 1_800 };

/** A champion and who holds it. */
export type Championship = { config: string; model: string; holds: (node: string) => boolean };

/** The champion of every config that has one. */
export function championships({ models }: Pick<States, 'models'>): Championship[] {
  return [...models.configs.keys()].flatMap((config) => {
    const model = configEntity(models, config)?.champion ?? null;
    if (model === null) return [];
    const holders = models.models.get(model)?.holders;
    const holds = (node: string): boolean => {
      const holder = holders?.get(node);
      return holder !== undefined && isHolding(holder.v);
    };
    return [{ config, model, holds }];
  });
}

export function fleet(states: Pick<States, 'nodes' | 'models'>): Fleet {
  const { nodes } = states;
  const at = nodes.clock ?? 0;
  const crowned = championships(states);
  const idle = idleNodes(nodes);
  const rows = [...nodes.nodes].map(([name, node]) => ({
    node: name,
    health: healthSpark(node, at),
    availability: availabilities(nodes, name),
    transitions: transitionsSince(node, at - 3_600),
    idle: idle.get(name) ?? null,
    champions: crowned.filter(({ holds }) => holds(name)).map(({ config }) => config),
    events: node.events,
  }));
  return { at, rows, crowned: crowned.length };
}

function healthSpark(node: NodeState, at: number): (number | null)[] {
  const first = Math.floor(at / SPARK.seconds) - SPARK.points + 1;
  const sums = Array.from({ length: SPARK.points }, () => ({ n: 0, sum: 0 }));
  for (const bucket of bucketsOf(node.history, 'fine', first * SPARK.seconds, at)) {
    const slot = sums[Math.floor(bucket.from / SPARK.seconds) - first];
    if (slot === undefined) continue;
    slot.n += cell(bucket, 'scores');
    slot.sum += cell(bucket, 'health');
  }
  return sums.map(({ n, sum }) => (n === 0 ? null : Math.round(sum / n / 10) / 100));
}

import { definitionOf, normaliseEventType, stageValueOf } from '../../../domain/events';
import type { TypeEntity } from '../../../domain/projections/traffic';
import type { EventRef } from '../../../domain/realtime/entities';
import type { BusSubscriber } from '../../router/delivery/delivery';
import type { ClusterSubscriber } from './cluster-subscribers';

/** A type that was seen, yet that no handler here and no process of the cluster subscribes to. */
export type UnheardType = {
  event_type: string;
  category: string;
  count: number;
  rate_per_hour: number;
  last: EventRef | null;
  /** Processes that subscribed to it and have fallen silent since. */
  silent: string[];
  /** Who acts on it by the catalogue. */
  consumers: string[];
};

/** Who would get an event of a type, asked of many types. */
class Hearing {
  readonly #all: boolean;
  readonly #types = new Set<string>();
  readonly #stages = new Set<string>();

  constructor(ours: readonly BusSubscriber[], cluster: readonly ClusterSubscriber[]) {
    const named = ours.flatMap(({ bus, types }) => types.map((type) => ({ bus, type })));
    this.#all =
      named.some(({ bus, type }) => type === '*' && bus !== 'stage_bus') ||
      cluster.some(({ types }) => types.length === 0);
    for (const { bus, type } of named) (bus === 'stage_bus' ? this.#stages : this.#types).add(type);
    // Each process writes names its own way; RingRift's queue compares them as written, but what is meant is the type.
    for (const { types } of cluster) for (const type of types) this.#types.add(normaliseEventType(type));
  }

  hears(type: string): boolean {
    if (this.#all || this.#types.has(type)) return true;
    const stage = stageValueOf(type);
    return stage !== null && (this.#stages.has('*') || this.#stages.has(stage));
  }
}

/**
 * Types seen in this history that nobody subscribes to, the commonest first. This server's own live state and history
 * take every event and do not count; neither does a process that has not polled for 300 s.
 */
export function unheardTypes(
  types: readonly TypeEntity[],
  ours: readonly BusSubscriber[],
  cluster: readonly ClusterSubscriber[],
): UnheardType[] {
  const others = cluster.filter(({ own }) => !own);
  const hearing = new Hearing(
    ours,
    others.filter(({ active }) => active),
  );
  const silent = others
    .filter(({ active }) => !active)
    .map((peer) => ({ peer, hears: new Hearing([], [peer]) }));
  return types
    .filter(({ event_type }) => !hearing.hears(event_type))
    .map((type) => ({
      event_type: type.event_type,
      category: type.category,
      count: type.count,
      rate_per_hour: type.rate_per_hour,
      last: type.last,
      silent: silent.filter(({ hears }) => hears.hears(type.event_type)).map(({ peer }) => peer.process),
      consumers: [...(definitionOf(type.event_type)?.consumers ?? [])],
    }))
    .sort((a, b) => b.count - a.count);
}

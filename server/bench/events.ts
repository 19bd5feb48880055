import type { PublishRequest } from '../router/types';
import { generateLoad } from '../simulator/load/load';

const START = 1_766_700_000;

/** Plausible cluster events, all of different content; each seed begins where `seed` thousand seconds lie behind the start. */
export function benchEvents(count: number, seed: number): PublishRequest[] {
  const load = generateLoad({ seed, count, startAt: START + seed * 1_000, rate: 1_000 });
  return Array.from(load, ({ at, eventType, payload, source, hostname }) => ({
    eventType,
    payload,
    source,
    hostname,
    timestamp: at,
  }));
}

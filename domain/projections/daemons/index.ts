import type { Projection } from '../projection';

export type DaemonsState = { configs: Map<string, number> };

/** Daemons and coordinators: who beats, who is degraded, who shut down. */
export const daemonsProjection: Projection<DaemonsState> = {
  name: 'daemons',
  version: 1,
  initial: () => ({ configs: new Map() }),
  fold: () => undefined,
  topics: {},
};

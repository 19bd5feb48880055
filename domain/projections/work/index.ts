import type { Projection } from '../projection';

export type WorkState = { configs: Map<string, number> };

/** The work queue, tasks and locks. */
export const workProjection: Projection<WorkState> = {
  name: 'work',
  version: 1,
  initial: () => ({ configs: new Map() }),
  fold: () => undefined,
  topics: {},
};

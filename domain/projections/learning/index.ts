import type { Projection } from '../projection';

export type LearningState = { configs: Map<string, number> };

/** Optimisation (CMA-ES, NAS, PBT) and curriculum. */
export const learningProjection: Projection<LearningState> = {
  name: 'learning',
  version: 1,
  initial: () => ({ configs: new Map() }),
  fold: () => undefined,
  topics: {},
};

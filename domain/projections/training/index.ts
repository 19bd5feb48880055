import type { Projection } from '../projection';

export type TrainingState = { configs: Map<string, number> };

/** Training runs with their losses. */
export const trainingProjection: Projection<TrainingState> = {
  name: 'training',
  version: 1,
  initial: () => ({ configs: new Map() }),
  fold: () => undefined,
  topics: {},
};

import type { Projection } from '../projection';
import { configEntity, runEntity } from './training-entities';
import { foldTraining, TRAINING_TYPES } from './fold';
import { initialTraining, type TrainingState } from './state';
import { MAX_CONFIGS, MAX_RUNS } from './tables';

export { nodeOf } from './attribute';
export { rollbackOf, runEntity } from './training-entities';
export { paceOf } from './epochs';
export { endOf, statusOf } from './standing';
export type * from './entities';
export type * from './state';

/** Training runs: their losses epoch by epoch, what happened to them, and what they left behind. */
export const trainingProjection: Projection<TrainingState> = {
  name: 'training',
  version: 4,
  listens: TRAINING_TYPES,
  initial: initialTraining,
  fold: foldTraining,
  topics: {
    'training.runs': { limit: MAX_RUNS, keys: (state) => state.runs.keys(), entity: runEntity },
    'training.configs': { limit: MAX_CONFIGS, keys: (state) => state.configs.keys(), entity: configEntity },
  },
};

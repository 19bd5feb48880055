import type { Projection } from '../projection';
import { curriculumEntity, learningTypeEntity, methodEntity, searchEntity } from './entities';
import { foldLearning, LEARNING_TYPES } from './fold';
import { initialLearning, METHODS, type LearningState } from './state';

export type { Change, LearningState, Milestone } from './state';

/** Optimisation (CMA-ES, NAS, PBT, parameters that change) and curriculum (weights, tiers, opponents, exploration). */
export const learningProjection: Projection<LearningState> = {
  name: 'learning',
  version: 3,
  listens: LEARNING_TYPES,
  initial: initialLearning,
  fold: foldLearning,
  topics: {
    'learning.searches': { limit: 200, keys: (state) => state.searches.keys(), entity: searchEntity },
    'learning.methods': { limit: METHODS.length, keys: () => METHODS, entity: methodEntity },
    'learning.configs': { limit: 200, keys: (state) => state.configs.keys(), entity: curriculumEntity },
    'learning.types': {
      limit: LEARNING_TYPES.length,
      keys: (state) => state.types.keys(),
      entity: learningTypeEntity,
    },
  },
};

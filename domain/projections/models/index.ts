import type { Projection } from '../projection';
import { configEntity, modelEntity } from './entities';
import { foldModels, MODEL_TYPES } from './fold';
import { initialModels, type ModelsState } from './state';

export { configEntity, modelEntity, type ModelDetail } from './entities';
export { HOLD_RELEASED, type Hold } from './hold';
export { isHolding } from './holders';
export type { HolderState } from './state';
export { reignsOf, successions, type ReignSpan } from './succession';
export type { ModelsState } from './state';

/** Champions and ratings per config, and what became of every model. */
export const modelsProjection: Projection<ModelsState> = {
  name: 'models',
  version: 4,
  listens: MODEL_TYPES,
  initial: initialModels,
  fold: foldModels,
  topics: {
    'models.configs': { limit: 500, keys: (state) => state.configs.keys(), entity: configEntity },
    'models.models': { limit: 5_000, keys: (state) => state.models.keys(), entity: modelEntity },
  },
};

import type { Projection } from '../projection';
import { eloEntity } from './entities';
import { ELO_TYPES, foldElo, MAX_CONFIGS } from './fold';
import type { EloState } from './state';

export { eloEntity, eloHistory, isRated } from './entities';
export type { EloEntity } from './entities';
export type { ConfigElo, EloState, Evaluation, Mark, MarkKind } from './state';

/** Elo of every config over time, and what was measured, decided and played on the way. */
export const eloProjection: Projection<EloState> = {
  name: 'elo',
  version: 3,
  listens: ELO_TYPES,
  initial: () => ({ configs: new Map() }),
  fold: foldElo,
  topics: {
    'elo.configs': { limit: MAX_CONFIGS, keys: (state) => state.configs.keys(), entity: eloEntity },
  },
};

import type { Projection } from '../projection';
import { foldQuality, QUALITY_TYPES } from './fold';
import { freshnessEntity } from './freshness';
import { MAX_CONFIGS } from './limits';
import { parityEntity } from './parity';
import { qualityEntity } from './standing';
import { initialQuality, type QualityState } from './state';
import { TALLY_TYPES, tallyEntity } from './tallies';

export type { QualityState } from './state';

/** Data quality, the quality loop and what it caused, per config. */
export const qualityProjection: Projection<QualityState> = {
  name: 'quality',
  version: 5,
  listens: QUALITY_TYPES,
  initial: initialQuality,
  fold: foldQuality,
  topics: {
    'quality.configs': {
      limit: MAX_CONFIGS,
      keys: (state) => state.configs.keys(),
      entity: qualityEntity,
    },
    'quality.freshness': {
      limit: MAX_CONFIGS,
      keys: (state) => state.freshness.keys(),
      entity: freshnessEntity,
    },
    'quality.parity': { limit: MAX_CONFIGS, keys: (state) => state.parity.keys(), entity: parityEntity },
    'quality.tallies': {
      limit: TALLY_TYPES.length,
      keys: (state) => state.tallies.keys(),
      entity: tallyEntity,
    },
  },
};

import type { Projection } from '../projection';

export type QualityState = { configs: Map<string, number> };

/** Data quality, the quality loop and what it caused, per config. */
export const qualityProjection: Projection<QualityState> = {
  name: 'quality',
  version: 1,
  initial: () => ({ configs: new Map() }),
  fold: () => undefined,
  topics: {},
};

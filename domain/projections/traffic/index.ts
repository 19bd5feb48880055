import type { Projection } from '../projection';
import { foldTraffic } from './fold';
import { initialTraffic, type TrafficState } from './state';
import { trafficTotal, typeEntity } from './traffic-entities';

export { driftByType } from './drift';
export type { DriftField, TypeDrift, TypeEntity } from './entities';
export { OTHER_TYPES } from './fold';
export { trafficSeries, typeSeries, type SplitBy, type TrafficSeries } from './series';
export type { TrafficState } from './state';
export { trafficTotal, typeEntity } from './traffic-entities';

/** How much came in, of what, and how much of it was repeated or unlike its schema. */
export const trafficProjection: Projection<TrafficState> = {
  name: 'traffic',
  version: 2,
  initial: initialTraffic,
  fold: foldTraffic,
  topics: {
    'traffic.total': {
      limit: 1,
      keys: () => ['all'],
      entity: (state, key) => (key === 'all' ? trafficTotal(state) : undefined),
    },
    'traffic.types': { limit: 2_001, keys: (state) => state.types.keys(), entity: typeEntity },
  },
};

import type { Projection } from '../projection';
import { DAEMON_TYPES, foldDaemons } from './fold';
import { serviceEntity, summaryEntity } from './service-entities';
import { MAX_SERVICES } from './services';
import { initialDaemons, type DaemonsState } from './state';

export { resourceEntity } from './resources';
export type { DaemonsState } from './state';

/** Daemons and coordinators: who beats, who is degraded, who shut down; and which resources are idle or short. */
export const daemonsProjection: Projection<DaemonsState> = {
  name: 'daemons',
  version: 3,
  listens: DAEMON_TYPES,
  initial: initialDaemons,
  fold: foldDaemons,
  topics: {
    'daemons.services': {
      limit: MAX_SERVICES,
      keys: (state) => state.services.keys(),
      entity: serviceEntity,
    },
    'daemons.summary': {
      limit: 1,
      keys: () => ['summary'],
      entity: (state, key) => (key === 'summary' ? summaryEntity(state) : undefined),
    },
  },
};

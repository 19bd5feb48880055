import type { StoredEvent } from '../../events/envelope';
import type { Projection, Touch } from '../projection';
import { tick } from '../shared/clock';
import { isOverdue } from './heartbeat';
import { foldResources, RESOURCE_TYPES } from './resources';
import { serviceEntity, summaryEntity } from './service-entities';
import { foldServices, MAX_SERVICES, SERVICE_TYPES } from './services';
import { initialDaemons, type DaemonsState } from './state';

export type { DaemonsState } from './state';
export { resourceEntity } from './resources';
function foldDaemons(state: DaemonsState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  if (!foldServices(state, event, touch)) foldResources(state, event, touch);
}

/** A new minute: heartbeats became overdue, and what was reported an hour ago no longer counts. */
function touchDecayed(state: DaemonsState, before: number | null, touch: Touch): void {
  for (const [name, one] of state.services)
    if (isOverdue(one, before) !== isOverdue(one, state.clock)) touch('daemons.services', name);
  touch('daemons.summary', 'summary');
}

/** Daemons and coordinators: who beats, who is degraded, who shut down; and which resources are idle or short. */
export const daemonsProjection: Projection<DaemonsState> = {
  name: 'daemons',
  version: 3,
  listens: [...SERVICE_TYPES, ...RESOURCE_TYPES],
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

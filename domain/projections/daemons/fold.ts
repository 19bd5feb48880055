import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { tick } from '../shared/clock';
import { isOverdue } from './heartbeat';
import { foldResources, RESOURCE_TYPES } from './resources';
import { foldServices, SERVICE_TYPES } from './services';
import type { DaemonsState } from './state';

export const DAEMON_TYPES = [...SERVICE_TYPES, ...RESOURCE_TYPES];

export function foldDaemons(state: DaemonsState, event: StoredEvent, touch: Touch): void {
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

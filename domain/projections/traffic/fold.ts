import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { minuteOf, tick } from '../shared/clock';
import { addToMinute, wasWarm } from '../shared/minutes';
import { newerRef } from '../shared/order';
import { noteDrift } from './drift';
import { countAt, newRings } from './rings';
import type { TrafficState, TypeCount } from './state';

/** Types beyond these are counted together: the set is open, and names come from outside. */
const MAX_TYPES = 2_000;
/** Where types beyond the limit are counted; no event type can be spelled like this. */
export const OTHER_TYPES = '(other types)';

function countOf(state: TrafficState, event: StoredEvent): TypeCount {
  const known = state.types.get(event.eventType);
  if (known !== undefined) return known;
  const name = state.types.size < MAX_TYPES ? event.eventType : OTHER_TYPES;
  let count = state.types.get(name);
  if (count === undefined) {
    const counts = { count: 0, duplicates: 0, drifted: 0, last: null, drift: null };
    count = { event_type: name, category: event.category, ...counts, rings: newRings() };
    state.types.set(name, count);
  }
  return count;
}

function bump(table: Map<string, number>, key: string): void {
  table.set(key, (table.get(key) ?? 0) + 1);
}

function countOrigin({ origins }: TrafficState, event: StoredEvent): void {
  let origin = origins.get(event.origin);
  if (origin === undefined) origins.set(event.origin, (origin = { count: 0, rings: newRings() }));
  origin.count += 1;
  countAt(origin.rings, event.timestamp);
}

/** Rates are per hour up to now: in a new minute, those that are not zero have changed. */
function touchDecayed(state: TrafficState, before: number | null, touch: Touch): void {
  for (const { event_type, rings } of state.types.values())
    if (wasWarm(rings.minutes, before)) touch('traffic.types', event_type);
}

/** Counts every row, duplicates included: this is the one projection that shows them. */
export function foldTraffic(state: TrafficState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  if (tick(state, event)) touchDecayed(state, before, touch);
  const type = countOf(state, event);
  state.events += 1;
  type.count += 1;
  type.last = newerRef(type.last, event);
  if (event.duplicateOf !== null) {
    state.duplicates += 1;
    type.duplicates += 1;
  }
  if (event.drift.length > 0) {
    state.drifted += 1;
    type.drifted += 1;
    noteDrift(type, event);
  }
  if (event.category === 'uncatalogued') state.uncatalogued += 1;
  if (state.firstAt === null || event.timestamp < state.firstAt) state.firstAt = event.timestamp;
  bump(state.categories, event.category);
  countAt(type.rings, event.timestamp);
  countOrigin(state, event);
  addToMinute(state.ring, minuteOf(event.timestamp));
  touch('traffic.total', 'all');
  touch('traffic.types', type.event_type);
}

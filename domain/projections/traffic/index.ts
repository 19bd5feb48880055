import type { StoredEvent } from '../../events/envelope';
import type { TrafficEntity, TypeTrafficEntity } from '../../realtime/entities';
import type { Projection, Touch } from '../projection';
import { minuteOf, tick } from '../shared/clock';
import { addToMinute, minutesUntil } from '../shared/minutes';
import { newerRef } from '../shared/order';
import { initialTraffic, type TrafficState, type TypeCount } from './state';

export type { TrafficState } from './state';

/** Types beyond these are counted together: the set is open, and names come from outside. */
const MAX_TYPES = 2_000;
/** Where types beyond the limit are counted; no event type can be spelled like this. */
export const OTHER_TYPES = '(other types)';
/** Most dots an entity needs for its sparkline. */
const SPARK_MINUTES = 60;

function countOf(state: TrafficState, event: StoredEvent): TypeCount {
  const known = state.types.get(event.eventType);
  if (known !== undefined) return known;
  const name = state.types.size < MAX_TYPES ? event.eventType : OTHER_TYPES;
  let count = state.types.get(name);
  if (count === undefined) {
    count = { event_type: name, category: event.category, count: 0, duplicates: 0, drifted: 0, last: null };
    state.types.set(name, count);
  }
  return count;
}

function bump(table: Map<string, number>, key: string): void {
  table.set(key, (table.get(key) ?? 0) + 1);
}

/** Counts every row, duplicates included: this is the one projection that shows them. */
export function foldTraffic(state: TrafficState, event: StoredEvent, touch: Touch): void {
  tick(state, event);
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
  }
  if (event.category === 'uncatalogued') state.uncatalogued += 1;
  if (state.firstAt === null || event.timestamp < state.firstAt) state.firstAt = event.timestamp;
  bump(state.categories, event.category);
  bump(state.origins, event.origin);
  addToMinute(state.ring, minuteOf(event.timestamp));
  touch('traffic.total', 'all');
  touch('traffic.types', type.event_type);
}

export function trafficTotal(state: TrafficState): TrafficEntity {
  return {
    events: state.events,
    types: state.types.size,
    duplicates: state.duplicates,
    drifted: state.drifted,
    uncatalogued: state.uncatalogued,
    first_at: state.firstAt,
    last_at: state.clock,
    by_category: [...state.categories].sort((a, b) => b[1] - a[1]),
    by_origin: [...state.origins].sort((a, b) => b[1] - a[1]),
    spark: minutesUntil(state.ring, minuteOf(state.clock ?? 0), SPARK_MINUTES),
  };
}

function trafficOfType(state: TrafficState, key: string): TypeTrafficEntity | undefined {
  const count = state.types.get(key);
  return count && { ...count, catalogued: count.category !== 'uncatalogued' };
}

/** How much came in, of what, and how much of it was repeated or unlike its schema. */
export const trafficProjection: Projection<TrafficState> = {
  name: 'traffic',
  version: 1,
  initial: initialTraffic,
  fold: foldTraffic,
  topics: {
    'traffic.total': {
      limit: 1,
      keys: () => ['all'],
      entity: (state, key) => (key === 'all' ? trafficTotal(state) : undefined),
    },
    'traffic.types': { limit: 2_001, keys: (state) => state.types.keys(), entity: trafficOfType },
  },
};

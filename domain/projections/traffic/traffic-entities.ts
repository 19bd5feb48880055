import type { TrafficEntity } from '../../realtime/entities';
import { minuteOf } from '../shared/clock';
import { minutesUntil, perHour } from '../shared/minutes';
import type { TypeEntity } from './entities';
import type { TrafficState } from './state';

/** Most dots an entity needs for its sparkline. */
const SPARK_MINUTES = 60;

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
    by_origin: [...state.origins]
      .map(([origin, { count }]): [string, number] => [origin, count])
      .sort((a, b) => b[1] - a[1]),
    spark: minutesUntil(state.ring, minuteOf(state.clock ?? 0), SPARK_MINUTES),
  };
}

export function typeEntity(state: TrafficState, key: string): TypeEntity | undefined {
  const type = state.types.get(key);
  if (type === undefined) return undefined;
  const { event_type, category, count, duplicates, drifted, last, rings } = type;
  return {
    event_type,
    category,
    catalogued: category !== 'uncatalogued',
    count,
    duplicates,
    drifted,
    last,
    rate_per_hour: perHour(rings.minutes, minuteOf(state.clock ?? 0)),
  };
}

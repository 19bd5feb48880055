import { slotsOf } from '../shared/rings';
import { RESOLUTIONS, type Resolution, type Rings } from './rings';
import type { TrafficState } from './state';

/** Events per slot of event time, split by something. */
export type TrafficSeries = {
  resolution: Resolution;
  /** Length of a slot in seconds. */
  seconds: number;
  /** Start of the first slot, epoch seconds. */
  from: number;
  /** What history covers of the slots, epoch seconds. */
  begin: number;
  end: number;
  /** Counts per slot, oldest first, by name; most events first. The last slot is still being filled. */
  rows: { name: string; counts: number[]; total: number }[];
};

export type SplitBy = 'category' | 'type' | 'origin';

/** The finest resolution that reaches back to a moment. */
function resolutionFor(since: number, clock: number): Resolution {
  if (since >= clock - 3_600) return 'minutes';
  return since >= clock - 86_400 ? 'tens' : 'hours';
}

/**
 * Traffic of a stretch of event time (null: no limit), at most the last 7 days. Null before the first event. Slots before
 * history began are left out.
 */
export function trafficSeries(
  state: TrafficState,
  by: SplitBy,
  since: number | null,
  until: number | null,
): TrafficSeries | null {
  const { clock, firstAt } = state;
  if (clock === null || firstAt === null) return null;
  // A young history is drawn finely whatever stretch is asked for: two hours in steps of one would be two points.
  const start = Math.max(firstAt, since ?? -Infinity);
  const resolution = resolutionFor(start, clock);
  const { seconds, span } = RESOLUTIONS[resolution];
  const newest = Math.floor(clock / seconds);
  const begin = Math.max(newest - span + 1, Math.floor(start / seconds));
  const end = Math.min(newest, Math.floor((until ?? Infinity) / seconds));
  const rows = new Map<string, number[]>();
  for (const [name, rings] of ringsBy(state, by)) {
    addTo(rows, name, slotsOf(rings[resolution], span, begin, end));
  }
  const told = [...rows].map(([name, counts]) => ({
    name,
    counts,
    total: counts.reduce((sum, count) => sum + count, 0),
  }));
  return {
    resolution,
    seconds,
    from: begin * seconds,
    begin: firstAt,
    end: clock,
    rows: told.filter(({ total }) => total > 0).sort((a, b) => b.total - a.total),
  };
}

function* ringsBy(state: TrafficState, by: SplitBy): Generator<readonly [string, Rings]> {
  if (by === 'origin') {
    for (const [name, { rings }] of state.origins) yield [name, rings];
    return;
  }
  for (const type of state.types.values())
    yield [by === 'type' ? type.event_type : type.category, type.rings];
}

function addTo(rows: Map<string, number[]>, name: string, counts: number[]): void {
  const sum = rows.get(name);
  if (sum === undefined) rows.set(name, counts);
  else counts.forEach((count, at) => (sum[at] = (sum[at] ?? 0) + count));
}

/** Events of one type per slot up to now, oldest first, as far as the resolution reaches; null for a type not seen. */
export function typeSeries(state: TrafficState, type: string, resolution: Resolution): number[] | null {
  const found = state.types.get(type);
  if (found === undefined || state.clock === null) return null;
  const { seconds, span } = RESOLUTIONS[resolution];
  const newest = Math.floor(state.clock / seconds);
  return slotsOf(found.rings[resolution], span, newest - span + 1, newest);
}

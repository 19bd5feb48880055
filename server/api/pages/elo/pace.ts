import type { ConfigElo } from '../../../../domain/projections/elo';
import type { EloPoint } from '../../../../domain/projections/elo/series';
import { finite } from './statistics/rating';
import { lineThrough, MIN_POINTS, reachOf, type Line } from './statistics/trend';

/** Velocity is the slope of a straight line through the ratings of this many hours. */
export const VELOCITY_HOURS = 12;
/** Ratings seconds apart differ by chance alone: carried on to an hour, they would tell of ten thousands of Elo. */
export const SPAN_HOURS = 1;
/** A projection looks at a day of ratings: shorter stretches swing too much. */
export const PACE_HOURS = 24;
/** Further ahead than this nobody plans. */
const MAX_AHEAD_HOURS = 24 * 365 * 2;

const HOUR = 3_600;

/** Ratings in the `hours` before and at `until`, looking from the end, where they nearly always are. */
function recent(points: readonly EloPoint[], until: number, hours: number): readonly EloPoint[] {
  let end = points.length;
  while (end > 0 && (points[end - 1]?.t ?? -Infinity) > until) end -= 1;
  let start = end;
  while (start > 0 && (points[start - 1]?.t ?? -Infinity) > until - hours * HOUR) start -= 1;
  return points.slice(start, end);
}

const inHours = (points: readonly EloPoint[]): [number, number][] =>
  points.map(({ t, elo }) => [t / HOUR, elo]);

/** The line through at least `least` ratings that span SPAN_HOURS or more; else null. */
function paceOf(points: readonly EloPoint[], least: number): Line | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < least) return null;
  return last.t - first.t < SPAN_HOURS * HOUR ? null : lineThrough(inHours(points));
}

/** Elo per hour in the window that ends at `until`; null with fewer than three ratings, or when they span too little. */
export function velocityAt(points: readonly EloPoint[], until: number): number | null {
  return finite(paceOf(recent(points, until, VELOCITY_HOURS), 3)?.slope ?? null);
}

/**
 * Velocity at the ratings that are wanted, at most about `limit` of them, evenly picked: [time, Elo per hour]. One pass:
 * both ends of the window only move on.
 */
export function velocities(
  points: readonly EloPoint[],
  wanted: (point: EloPoint) => boolean = () => true,
  limit = Infinity,
): [t: number, velocity: number][] {
  const result: [number, number][] = [];
  const first = points.findIndex(wanted);
  const last = points.findLastIndex(wanted);
  const stride = Math.max(1, Math.ceil((last - first + 1) / limit));
  let start = 0;
  // From the last one backwards in steps of `stride`: the newest velocity is always among them.
  for (let index = first + ((last - first) % stride); first >= 0 && index <= last; index += stride) {
    const point = points[index];
    if (point === undefined) break;
    while ((points[start]?.t ?? Infinity) <= point.t - VELOCITY_HOURS * HOUR) start += 1;
    const line = paceOf(points.slice(start, index + 1), 3);
    if (line !== null) result.push([point.t, line.slope]);
  }
  return result;
}

/** Selfplay games of the hours that begin in a stretch (epoch seconds). */
export function gamesBetween(games: ConfigElo['games'], from: number, to: number): number {
  let sum = 0;
  for (const [hour, count] of games) {
    if (hour * HOUR >= from && hour * HOUR < to) sum += count;
  }
  return sum;
}

/**
 * Elo gained per 1,000 games of selfplay, over the full hours of the velocity's window from the first of which games are
 * known; null where there are none.
 */
export function eloPerThousandGames(
  config: ConfigElo,
  velocity: number | null,
  until: number,
): number | null {
  if (velocity === null) return null;
  // The hour of `until` is not over: games that it still brings must not be set against the time before them.
  const to = Math.floor(until / HOUR) * HOUR;
  const known = [...config.games.keys()].reduce((first, hour) => Math.min(first, hour), Infinity) * HOUR;
  const from = Math.max(to - VELOCITY_HOURS * HOUR, known);
  const hours = (to - from) / HOUR;
  const games = gamesBetween(config.games, from, to);
  return games <= 0 ? null : finite((velocity * hours * 1_000) / games);
}

/** Whether and when a target is reached, epoch seconds. */
export type Projection =
  | { kind: 'reached'; at: number; id: string }
  | { kind: 'ahead'; at: number; earliest: number; latest: number | null; velocity: number }
  | { kind: 'out_of_reach'; velocity: number }
  /** Fewer than five ratings in the window, or ratings that span less than SPAN_HOURS. */
  | { kind: 'unknown' };

export function projectionOf(points: readonly EloPoint[], target: number): Projection {
  const reached = points.find(({ elo }) => elo >= target);
  if (reached !== undefined) return { kind: 'reached', at: reached.t, id: reached.id };
  const last = points.at(-1);
  const window = last === undefined ? [] : recent(points, last.t, PACE_HOURS);
  const line = paceOf(window, MIN_POINTS);
  if (last === undefined || line === null) return { kind: 'unknown' };
  const reach = reachOf(line, target);
  const now = last.t / HOUR;
  if (reach === null || reach.at > now + MAX_AHEAD_HOURS)
    return { kind: 'out_of_reach', velocity: line.slope };
  const soonest = (hours: number): number => Math.round(Math.max(hours, now) * HOUR);
  const latest =
    reach.latest !== null && reach.latest <= now + MAX_AHEAD_HOURS ? soonest(reach.latest) : null;
  return {
    kind: 'ahead',
    at: soonest(reach.at),
    earliest: soonest(reach.earliest),
    latest,
    velocity: line.slope,
  };
}

/** The next hundred above the best so far: 2,030.9 → 2,100. */
export function defaultTarget(best: number): number {
  return (Math.floor(best / 100) + 1) * 100;
}

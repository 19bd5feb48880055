import { compareStamps, insertSorted, type Stamp } from '../shared/order';

/** One rating: `updated` when the rating service said so, otherwise the figure of an evaluation that stands in for it. */
export type EloPoint = Stamp & {
  id: string;
  elo: number;
  model: string | null;
  games: number | null;
  updated: boolean;
};

/** Ratings of a config in time order. `best` is the highest among those that were thinned out. */
export type EloSeries = { points: EloPoint[]; best: EloPoint | null };

export function eloSeries(): EloSeries {
  return { points: [], best: null };
}

/**
 * The ratings that count: every ELO_UPDATED, and an evaluation's figure only where no ELO_UPDATED of the same model
 * follows before that model's next evaluation. One that carries the very same time counts as following, whichever of
 * the two was written first.
 */
export function effectivePoints(points: readonly EloPoint[]): EloPoint[] {
  const result: EloPoint[] = [];
  const following = new Map<string | null, EloPoint>();
  for (let index = points.length - 1; index >= 0; index -= 1) {
    const point = points[index];
    if (point === undefined) continue;
    const next = following.get(point.model);
    const superseded = !point.updated && (next?.updated === true || hasTwin(points, index));
    if (!superseded) result.push(point);
    following.set(point.model, point);
  }
  return result.reverse();
}

/** True when an ELO_UPDATED of the same model and time stands before the evaluation at `index`. */
function hasTwin(points: readonly EloPoint[], index: number): boolean {
  const point = points[index];
  for (let before = index - 1; point !== undefined && before >= 0; before -= 1) {
    const other = points[before];
    if (other === undefined || other.t !== point.t) return false;
    if (other.updated && other.model === point.model) return true;
  }
  return false;
}

/** The highest rating ever, thinned ones included; the earlier of equals. */
export function bestPoint(
  series: EloSeries,
  effective: readonly EloPoint[] = effectivePoints(series.points),
): EloPoint | null {
  let best = series.best;
  for (const point of effective) if (best === null || point.elo > best.elo) best = point;
  return best;
}

/**
 * Adds a rating at its place. Past `cap` points the older half keeps every second one, so that a series over years stays
 * bounded yet keeps its shape; the best is remembered apart.
 */
export function addPoint(series: EloSeries, point: EloPoint, cap: number): void {
  insertSorted(series.points, point);
  if (series.points.length <= cap) return;
  const effective = effectivePoints(series.points);
  series.best = bestPoint(series, effective);
  const middle = Math.floor(cap / 2);
  const pivot = series.points[series.points.length - middle];
  const isRecent = (candidate: EloPoint) => pivot !== undefined && compareStamps(candidate, pivot) >= 0;
  const older = effective.filter((candidate) => !isRecent(candidate));
  series.points = [...older.filter((_, index) => index % 2 === 0), ...series.points.filter(isRecent)];
}

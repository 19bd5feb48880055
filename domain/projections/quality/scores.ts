import { insertSorted, type Stamp } from '../shared/order';

/**
 * A word on how good a config's games are: `average` from QUALITY_SCORE_UPDATED, `high` from HIGH_QUALITY_DATA_AVAILABLE
 * (whose average may be missing; it says that quality is good all the same).
 */
export type Score = Stamp & { id: string; kind: 'average' | 'high'; q: number | null };

const TREND_POINTS = 12;
const TREND_MINIMUM = 3;

/** True when the score says that quality is at or above the threshold. */
export function isGood(score: Score, threshold: number): boolean {
  return score.q === null || score.q >= threshold;
}

/**
 * Adds a score at its place. Past `cap` the older half is thinned to about half: of each two scores the one stays that lies
 * further from the last one kept, so dips and peaks survive, and so does every crossing of the threshold, on which
 * episodes end. Should crossings alone exceed the room, the oldest go.
 */
export function addScore(scores: Score[], score: Score, cap: number, threshold: number): void {
  insertSorted(scores, score);
  if (scores.length <= cap) return;
  const middle = Math.ceil(scores.length / 2);
  const older = thinned(scores.slice(0, middle), threshold);
  const kept = [...older, ...scores.slice(middle)];
  const surplus = Math.max(0, kept.length - Math.floor(cap * 0.9));
  scores.splice(0, scores.length, ...kept.slice(surplus));
}

function thinned(scores: readonly Score[], threshold: number): Score[] {
  const kept: Score[] = [];
  let pending: Score | null = null;
  for (const score of scores) {
    const before: Score | undefined = pending ?? kept.at(-1);
    const crosses = before === undefined || isGood(before, threshold) !== isGood(score, threshold);
    if (crosses) {
      if (pending !== null) kept.push(pending);
      kept.push(score);
      pending = null;
    } else if (pending === null) {
      pending = score;
    } else {
      kept.push(farther(kept.at(-1), pending, score));
      pending = null;
    }
  }
  if (pending !== null) kept.push(pending);
  return kept;
}

function farther(from: Score | undefined, a: Score, b: Score): Score {
  const base = from?.q ?? 0;
  return Math.abs((b.q ?? base) - base) > Math.abs((a.q ?? base) - base) ? b : a;
}

export type Average = Score & { q: number };

export function isAverage(score: Score): score is Average {
  return score.kind === 'average' && score.q !== null;
}

/** The last `limit` averages, oldest first. */
export function lastAverages(scores: readonly Score[], limit: number): Average[] {
  const found: Average[] = [];
  for (let index = scores.length - 1; index >= 0 && found.length < limit; index -= 1) {
    const score = scores[index];
    if (score !== undefined && isAverage(score)) found.push(score);
  }
  return found.reverse();
}

/** Slope of the least-squares line through the last 12 averages, per hour; null below three, or when they share one moment. */
export function trendPerHour(scores: readonly Score[]): number | null {
  const points = lastAverages(scores, TREND_POINTS);
  const first = points[0];
  if (first === undefined || points.length < TREND_MINIMUM) return null;
  let [sumX, sumY, sumXX, sumXY] = [0, 0, 0, 0];
  for (const { t, q } of points) {
    const x = (t - first.t) / 3600;
    sumX += x;
    sumY += q;
    sumXX += x * x;
    sumXY += x * q;
  }
  const spread = points.length * sumXX - sumX * sumX;
  if (spread < 1e-9) return null;
  const slope = (points.length * sumXY - sumX * sumY) / spread;
  return Number.isFinite(slope) ? slope : null;
}

import { linearRegression, mean } from 'simple-statistics';
import { t95 } from './normal';

/** A straight line through points of [hours, Elo], with what is needed to say how sure it is. */
export interface Line {
  readonly slope: number;
  readonly meanX: number;
  readonly meanY: number;
  /** Sum of squared distances of x from its mean. */
  readonly sxx: number;
  /** Residual standard deviation. */
  readonly sigma: number;
  readonly n: number;
}

/** Fewer points say nothing about a pace. */
export const MIN_POINTS = 5;

/** Least squares through at least two different x; null otherwise. */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line | null {
  if (points.length < 2) return null;
  // Around the first point: epoch hours squared would cost digits.
  const origin = points[0]?.[0] ?? 0;
  const moved = points.map(([x, y]) => [x - origin, y]);
  const { m: slope, b } = linearRegression(moved);
  const meanX = mean(moved.map(([x = 0]) => x));
  const meanY = mean(moved.map(([, y = 0]) => y));
  const sxx = moved.reduce((sum, [x = 0]) => sum + (x - meanX) ** 2, 0);
  const residual = moved.reduce((sum, [x = 0, y = 0]) => sum + (y - slope * x - b) ** 2, 0);
  const sigma = points.length > 2 ? Math.sqrt(residual / (points.length - 2)) : 0;
  const line = { slope, meanX: meanX + origin, meanY, sxx, sigma, n: points.length };
  return sxx > 0 && Object.values(line).every(Number.isFinite) ? line : null;
}

/**
 * The lower bound where there is no upper one, rationalised, as the plain solution has no figure for a g of 1: none before
 * the mean, where its band holds the target already.
 */
function beyond(excess: number, reach: number): number {
  return excess > 0 ? excess / reach : 0;
}

/** When the line reaches `target`, in the points' hours. `latest` null: at 95 % it cannot be said that it ever does. */
export type Reach = { at: number; earliest: number; latest: number | null };

/**
 * Inverse prediction with Fieller's 95 % bounds: the times at which the line's own 95 % band contains the target. Null
 * when the line does not rise. The band is that of the line, so it says how well the pace is known, not whether it lasts.
 */
export function reachOf(line: Line, target: number): Reach | null {
  const { slope, meanX, meanY, sxx, sigma, n } = line;
  if (!(slope > 0) || n < MIN_POINTS) return null;
  const rise = target - meanY;
  const t2s2 = (t95(n - 2) * sigma) ** 2;
  const g = t2s2 / (sxx * slope ** 2);
  const at = meanX + rise / slope;
  const root = Math.sqrt(Math.max(0, t2s2 * ((1 - g) / n + rise ** 2 / (sxx * slope ** 2))));
  if (g >= 1)
    return { at, earliest: meanX + beyond(rise ** 2 - t2s2 / n, rise + root) / slope, latest: null };
  const centre = rise / (1 - g);
  return {
    at,
    earliest: meanX + (centre - root / (1 - g)) / slope,
    latest: meanX + (centre + root / (1 - g)) / slope,
  };
}

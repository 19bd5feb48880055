import { createLTTB } from 'downsample';

/** No chart draws more points a series. */
export const MAX_POINTS = 1_000;

/**
 * The points to draw: at most `limit` of those given, chosen so that the line keeps its shape (largest triangle, three
 * buckets). Takes points ascending in x with finite values.
 */
export function thinOut<T>(
  points: readonly T[],
  x: (point: T) => number,
  y: (point: T) => number,
  limit = MAX_POINTS,
): T[] {
  if (points.length <= limit) return [...points];
  const kept = createLTTB<T>({ x, y })([...points], limit);
  return Array.from(kept);
}

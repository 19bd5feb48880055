import type { Point } from './model';

/** A stop on the way along a route: where, and after which share of the whole length (0..1). */
export interface Stop {
  readonly point: Point;
  readonly offset: number;
}

/** The corners of a route as stops of a steady journey, with the length of the whole in pixels. */
export function journey(points: readonly Point[]): {
  readonly length: number;
  readonly stops: readonly Stop[];
} {
  const walked: number[] = [];
  let length = 0;
  points.forEach((point, i) => {
    const before = points[i - 1] ?? point;
    length += Math.hypot(point[0] - before[0], point[1] - before[1]);
    walked.push(length);
  });
  return {
    length,
    stops: points.map((point, i) => ({ point, offset: length === 0 ? 0 : (walked[i] ?? 0) / length })),
  };
}

/** The point half-way along. */
export function midpoint(points: readonly Point[]): Point {
  const { stops } = journey(points);
  const next = stops.findIndex((stop) => stop.offset >= 0.5);
  const [a, b] = [stops[next - 1] ?? stops[0], stops[next] ?? stops[0]];
  if (!a || !b) return [0, 0];
  const share = b.offset === a.offset ? 0 : (0.5 - a.offset) / (b.offset - a.offset);
  return [a.point[0] + (b.point[0] - a.point[0]) * share, a.point[1] + (b.point[1] - a.point[1]) * share];
}

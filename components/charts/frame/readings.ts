import { indicesIn, lowerBound, type Range } from './extent';
import type { Box, Drawn, Frame } from './frame';
import { scaleOf, xPx, yPx } from './shapes';

/** One point under the crosshair. */
export interface Reading {
  readonly drawn: Drawn;
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

function readingAt(drawn: Drawn, index: number): Reading | null {
  const point = drawn.series.points[index];
  if (point === undefined || point[1] === null) return null;
  return { drawn, index, x: point[0], y: point[1] };
}

/** The x of the point nearest to `at` within the range, over all series; null where there is none. */
export function nearestX(frame: Frame, at: number): number | null {
  let best: number | null = null;
  for (const drawn of frame.drawn) {
    const reading = nearest(drawn, at, frame.x.domain);
    if (reading !== null && (best === null || Math.abs(reading.x - at) < Math.abs(best - at)))
      best = reading.x;
  }
  return best;
}

function nearest(drawn: Drawn, at: number, [from, to]: Range): Reading | null {
  const { points } = drawn.series;
  const after = lowerBound(points, at);
  let best: Reading | null = null;
  for (const index of [after - 1, after]) {
    const reading = readingAt(drawn, index);
    if (reading === null || reading.x < from || reading.x > to) continue;
    if (best === null || Math.abs(reading.x - at) < Math.abs(best.x - at)) best = reading;
  }
  return best;
}

/** What each series says at `at`: its point within `reach`; of a stair, the step that is in force there. */
export function readingsAt(frame: Frame, at: number, reach: number): Reading[] {
  return frame.drawn.flatMap((drawn) => {
    if (drawn.series.kind === 'step') {
      const { points } = drawn.series;
      const index = lowerBound(points, at);
      const held = readingAt(drawn, points[index]?.[0] === at ? index : index - 1);
      return held ?? [];
    }
    const reading = nearest(drawn, at, frame.x.domain);
    return reading !== null && Math.abs(reading.x - at) <= reach ? reading : [];
  });
}

/** The point nearest to a place in the picture, at most `reach` pixels away. */
export function pointAt(frame: Frame, box: Box, px: number, py: number, reach: number): Reading | null {
  let best: Reading | null = null;
  let distance = reach;
  for (const drawn of frame.drawn) {
    const scale = scaleOf(frame, drawn);
    if (scale === null) continue;
    const [start, end] = indicesIn(drawn.series, frame.x.domain);
    for (let index = start; index < end; index += 1) {
      const reading = readingAt(drawn, index);
      if (reading === null) continue;
      const away = Math.hypot(xPx(reading.x, frame, box) - px, yPx(reading.y, scale, box) - py);
      if (away <= distance) [best, distance] = [reading, away];
    }
  }
  return best;
}

/** The next x that any series or marker has, for moving the crosshair by keyboard; null at the end. */
export function stepX(
  frame: Frame,
  marks: readonly number[],
  at: number | null,
  direction: 1 | -1,
): number | null {
  const [from, to] = frame.x.domain;
  const start = at ?? (direction === 1 ? -Infinity : Infinity);
  let best: number | null = null;
  const offer = (x: number | undefined): void => {
    if (x === undefined || x < from || x > to || (x - start) * direction <= 0) return;
    if (best === null || (x - best) * direction < 0) best = x;
  };
  for (const { series } of frame.drawn) {
    const index = lowerBound(series.points, start);
    if (direction === 1) {
      let next = lowerBound(series.points, Math.max(start, from));
      while ((series.points[next]?.[0] ?? Infinity) <= start) next += 1;
      offer(series.points[next]?.[0]);
    } else offer(series.points[Math.min(index, lowerBound(series.points, to + 1e-9)) - 1]?.[0]);
  }
  for (const x of marks) offer(x);
  return best;
}

/** A part of the axis: zoomed by `factor` around `centre`, or moved by a share of its length; at least one unit long. */
export function zoomed([from, to]: Range, factor: number, centre: number): Range {
  const span = Math.max(1, (to - from) * factor);
  const share = (centre - from) / (to - from);
  return [centre - span * share, centre + span * (1 - share)];
}

export function moved([from, to]: Range, share: number): Range {
  const by = (to - from) * share;
  return [from + by, to + by];
}

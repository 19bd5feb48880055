import type { ChartLevel, ChartMarker, ChartSeries } from '../types';

export type Range = readonly [from: number, to: number];

/** All of the x axis: every series, shown or not, so that toggling one does not move the others. */
export function xExtent(series: readonly ChartSeries[], markers: readonly ChartMarker[]): Range | null {
  let from = Infinity;
  let to = -Infinity;
  for (const { points } of series) {
    from = Math.min(from, points[0]?.[0] ?? Infinity);
    to = Math.max(to, points.at(-1)?.[0] ?? -Infinity);
  }
  if (from > to) {
    for (const { x } of markers) {
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
  }
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  return from === to ? padded(from) : [from, to];
}

/** A single moment or value still needs an axis around it: half a minute around a time, one around a small number. */
function padded(value: number): Range {
  const pad = Math.max(1, Math.abs(value) * 2e-8);
  return [value - pad, value + pad];
}

/** Indices of the points within the range, and one more on either side so that lines lead out of the picture. */
export function indicesIn({ points }: ChartSeries, [from, to]: Range): [start: number, end: number] {
  const first = lowerBound(points, from);
  let end = lowerBound(points, to);
  while (end < points.length && (points[end]?.[0] ?? Infinity) <= to) end += 1;
  return [Math.max(0, first - 1), Math.min(points.length, end + 1)];
}

/** Index of the first point at or after x. */
export function lowerBound(points: ChartSeries['points'], x: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.[0] ?? Infinity) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The values to show of one axis: points in the range, levels, zero under bars and areas, and bounds as far as they fit. */
export function yExtent(
  series: readonly ChartSeries[],
  range: Range,
  levels: readonly ChartLevel[],
): Range | null {
  let low = Infinity;
  let high = -Infinity;
  const add = (value: number | null | undefined): void => {
    if (value == null || !Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const one of series) {
    for (const index of shownIndices(one, range)) add(one.points[index]?.[1]);
    if (one.kind === 'line' || one.kind === 'area') for (const x of range) add(valueAt(one, x));
    if ((one.kind === 'bars' || one.kind === 'area') && one.points.length > 0) add(0);
  }
  for (const { y } of levels) add(y);
  if (low > high) return null;
  return withBounds(series, range, [low, high]);
}

/** Where the line between two points crosses x; null where there is none. */
function valueAt({ points }: ChartSeries, x: number): number | null {
  const next = lowerBound(points, x);
  const [before, after] = [points[next - 1], points[next]];
  if (before?.[1] == null || after?.[1] == null || after[0] === before[0]) return null;
  return before[1] + ((x - before[0]) / (after[0] - before[0])) * (after[1] - before[1]);
}

function shownIndices(one: ChartSeries, range: Range): number[] {
  const [start, end] = indicesIn(one, range);
  const indices: number[] = [];
  for (let index = start; index < end; index += 1) {
    const x = one.points[index]?.[0] ?? NaN;
    // The step in force at the left edge is seen, a line from far outside hardly.
    if ((x >= range[0] || one.kind === 'step') && x <= range[1]) indices.push(index);
  }
  return indices;
}

/** Bounds of a figure from a handful of games are enormous: they may double the axis, and are cut off beyond. */
function withBounds(series: readonly ChartSeries[], range: Range, [low, high]: Range): Range {
  const room = Math.max((high - low) / 2, Math.abs(high) * 0.05);
  let [bottom, top] = [low, high];
  for (const one of series) {
    if (one.bounds === undefined) continue;
    for (const index of shownIndices(one, range)) {
      const bound = one.bounds[index];
      if (bound == null) continue;
      bottom = Math.min(bottom, Math.max(bound[0], low - room));
      top = Math.max(top, Math.min(bound[1], high + room));
    }
  }
  return [bottom, top];
}

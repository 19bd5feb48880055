import { markPath, round, type Mark } from './look';

/** A place in the picture; y is null where there is no value. */
export interface Spot {
  readonly x: number | null;
  readonly y: number | null;
}

/** A line through the spots that breaks where a value is missing; `step` holds each value until the next. */
export function linePath(spots: readonly Spot[], step: boolean): string {
  let path = '';
  let open = false;
  for (const { x, y } of spots) {
    if (x === null || y === null || !Number.isFinite(x) || !Number.isFinite(y)) {
      open = false;
      continue;
    }
    if (!open) path += `M${round(x)} ${round(y)}`;
    else path += step ? `H${round(x)}V${round(y)}` : `L${round(x)} ${round(y)}`;
    open = true;
  }
  return path;
}

/** All marks of a series as one path: a thousand elements would cost a thousand times as much. */
export function marksPath(spots: readonly Spot[], mark: Mark, r?: number): string {
  let path = '';
  for (const { x, y } of spots) if (x !== null && y !== null) path += markPath(mark, x, y, r);
  return path;
}

/** Error bars with their caps; `low` and `high` are heights in the picture, cut off at its edges by the caller's clip. */
export function errorPath(bars: readonly { x: number; low: number; high: number }[]): string {
  let path = '';
  for (const { x, low, high } of bars) {
    path += `M${round(x)} ${round(low)}V${round(high)}`;
    path += `M${round(x - 3)} ${round(low)}h6M${round(x - 3)} ${round(high)}h6`;
  }
  return path;
}

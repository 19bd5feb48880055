import type { Look } from '../look/look';
import type { Spot } from '../look/paths';
import type { ChartSeries } from '../types';
import { indicesIn } from './extent';
import type { Box, Drawn, Frame } from './frame';
import { toPx } from './frame';
import type { Scale } from './ticks';

/** A series in pixels. */
export interface Shape {
  readonly kind: ChartSeries['kind'];
  readonly look: Look;
  /** Points in pixels. */
  readonly spots: readonly Spot[];
  /** Lower and upper bound in pixels, by index. */
  readonly bounds: readonly (readonly [low: number, high: number] | null)[] | undefined;
  /** Where each bar of a stack begins, in pixels, by index; null: at `base`. */
  readonly floors: readonly number[] | null;
  /** Height of zero, or of the axis' end nearest to it. */
  readonly base: number;
  /** Room of one bar in pixels. */
  readonly barWidth: number;
}

/** The scale that a series is drawn by. */
export function scaleOf(frame: Frame, { series }: Drawn): Scale | null {
  return series.right === true ? frame.right : frame.left;
}

/** Height of a value within the picture. */
export function yPx(value: number, scale: Scale, box: Box): number {
  return box.y + box.height - toPx(value, scale.domain, box.height);
}

export function xPx(value: number, frame: Frame, box: Box): number {
  return box.x + toPx(value, frame.x.domain, box.width);
}

/** A series as it is drawn within the plot's box. */
export function shapeOf(frame: Frame, box: Box, drawn: Drawn): Shape | null {
  const scale = scaleOf(frame, drawn);
  if (scale === null) return null;
  const { series, look, floors } = drawn;
  const [start, end] = indicesIn(series, frame.x.domain);
  const placed = series.points.slice(start, end).map(([x, y], index) => ({
    x: xPx(x, frame, box),
    y: y === null ? null : yPx(y + (floors?.[start + index] ?? 0), scale, box),
  }));
  const [low, high] = scale.domain;
  return {
    kind: series.kind,
    look,
    spots: placed,
    bounds: series.bounds
      ?.slice(start, end)
      .map((bound) =>
        bound === null
          ? null
          : [inside(yPx(bound[0], scale, box), box), inside(yPx(bound[1], scale, box), box)],
      ),
    floors: floors && placed.map((_, index) => yPx(floors[start + index] ?? 0, scale, box)),
    base: yPx(Math.min(Math.max(0, low), high), scale, box),
    barWidth: barRoom(placed, box.width),
  };
}

/** A bound may be infinite or far outside: it ends just beyond the edge, where the picture is cut off. */
function inside(y: number, box: Box): number {
  return Math.min(Math.max(y, box.y - 10), box.y + box.height + 10);
}

/** Bars touch where points are closest, less a gap; between 1 and 64 px. */
function barRoom(spots: readonly Spot[], width: number): number {
  let closest = width;
  spots.forEach(({ x }, index) => {
    const before = spots[index - 1]?.x;
    if (x !== null && before != null && x > before) closest = Math.min(closest, x - before);
  });
  return Math.max(1, Math.min(64, closest * 0.8));
}

import type { Spot } from '../look/paths';
import type { ChartLevel } from '../types';
import type { Box, Frame } from './frame';
import { shapeOf, yPx, type Shape } from './shapes';

/** Where the text of a level stands: `x` is its start or end, `y` its baseline. */
export interface LevelPlace {
  readonly level: ChartLevel;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** Of a text of 11 px: a character's width on average, how far it reaches over and under its baseline. */
const TEXT = { char: 6.2, up: 9, down: 3 };
const FROM_EDGE = 4;
/** From the line to the baseline of a text above and below it. */
const [ABOVE, BELOW] = [-5, 13];
/** Room around a text, for marks and the width of lines. */
const ROOM = 4;
const ON_ANOTHER_TEXT = 1e6;

interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Puts each text where it covers least of the series; of equal places to the left, since one looks for the newest at the right. */
export function placeLevels(frame: Frame, levels: readonly ChartLevel[], box: Box): LevelPlace[] {
  const scale = frame.left;
  if (scale === null || levels.length === 0) return [];
  const parts = frame.drawn.flatMap((drawn) => {
    const shape = shapeOf(frame, box, drawn);
    return shape === null ? [] : shape.spots.flatMap((spot, index) => partsOf(shape, spot, index));
  });
  const taken: Rect[] = [];
  return levels.map((level) => {
    const width = level.label.length * TEXT.char;
    const line = yPx(level.y, scale, box);
    let best: { place: LevelPlace; rect: Rect; cost: number } | null = null;
    for (const anchor of ['start', 'end'] as const) {
      for (const shift of sidesOf(line, box)) {
        const place = { level, anchor, x: xOf(anchor, box), y: line + shift };
        const rect = rectOf(place, width);
        const crowd = taken.some((other) => meet(other, rect)) ? ON_ANOTHER_TEXT : 0;
        const cost = crowd + covered(parts, rect);
        if (best === null || cost < best.cost) best = { place, rect, cost };
      }
    }
    if (best === null) return { level, anchor: 'start', x: xOf('start', box), y: line + ABOVE };
    taken.push(best.rect);
    return best.place;
  });
}

/** Above a line at the upper edge a text would stand among the marks, below one at the lower edge among the times. */
function sidesOf(line: number, box: Box): readonly number[] {
  if (line < box.y + box.height * 0.1) return [BELOW];
  return line + BELOW + TEXT.down > box.y + box.height ? [ABOVE] : [ABOVE, BELOW];
}

function xOf(anchor: LevelPlace['anchor'], box: Box): number {
  return anchor === 'start' ? box.x + FROM_EDGE : box.x + box.width - FROM_EDGE;
}

function rectOf({ anchor, x, y }: LevelPlace, width: number): Rect {
  const left = anchor === 'start' ? x : x - width;
  return {
    left: left - ROOM,
    right: left + width + ROOM,
    top: y - TEXT.up - ROOM / 2,
    bottom: y + TEXT.down + ROOM / 2,
  };
}

function meet(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** How much of the series a text would hide, in pixels along the x axis, with one more for each part of them. */
function covered(parts: readonly Rect[], rect: Rect): number {
  let sum = 0;
  for (const part of parts)
    if (meet(part, rect)) sum += 1 + Math.min(part.right, rect.right) - Math.max(part.left, rect.left);
  return sum;
}

/** What is drawn of a point, and from it to the next one, as upright rectangles. */
function partsOf(shape: Shape, { x, y }: Spot, index: number): Rect[] {
  if (x === null || y === null) return [];
  const { kind, barWidth, base, bounds, floors, spots } = shape;
  if (kind === 'bars') return [rectFrom(x - barWidth / 2, y, x + barWidth / 2, floors?.[index] ?? base)];
  if (kind === 'points') {
    const bound = bounds?.[index];
    return [bound == null ? rectFrom(x, y, x, y) : rectFrom(x, bound[0], x, bound[1])];
  }
  const next = spots[index + 1];
  if (next === undefined || next.x === null || next.y === null) return [rectFrom(x, y, x, y)];
  if (kind === 'step') return [rectFrom(x, y, next.x, y), rectFrom(next.x, y, next.x, next.y)];
  return slices(x, y, next.x, next.y);
}

/** A slope in short pieces, because a rectangle around all of it would be mostly empty. */
function slices(x: number, y: number, toX: number, toY: number): Rect[] {
  const count = Math.max(1, Math.min(100, Math.ceil((toX - x) / 10)));
  const at = (from: number, to: number, index: number): number => from + ((to - from) * index) / count;
  return Array.from({ length: count }, (_, index) =>
    rectFrom(at(x, toX, index), at(y, toY, index), at(x, toX, index + 1), at(y, toY, index + 1)),
  );
}

function rectFrom(x: number, y: number, toX: number, toY: number): Rect {
  return { left: Math.min(x, toX), right: Math.max(x, toX), top: Math.min(y, toY), bottom: Math.max(y, toY) };
}

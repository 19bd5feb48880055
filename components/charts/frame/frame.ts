import type { Range } from './extent';
import { xExtent, yExtent } from './extent';
import { lookOf, type Look } from '../look/look';
import { niceScale, numberTicks, timeTicks, trimmed, type Scale } from './ticks';
import type { ChartLevel, ChartMarker, ChartSeries, ChartWindow } from '../types';

/** A series with its look, which it keeps when others are hidden. */
export interface Drawn {
  readonly series: ChartSeries;
  readonly look: Look;
  /** By index, what each point stands on; null: on zero. */
  readonly floors: readonly number[] | null;
}

/** The room around the plot in pixels: fixed, so that the picture does not move when figures grow longer. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

export interface Frame {
  readonly x: Scale;
  readonly left: Scale | null;
  readonly right: Scale | null;
  readonly margins: Margins;
  readonly drawn: readonly Drawn[];
}

export interface FrameInput {
  readonly series: readonly ChartSeries[];
  readonly hidden: ReadonlySet<string>;
  readonly markers: readonly ChartMarker[];
  readonly levels: readonly ChartLevel[];
  readonly window: ChartWindow;
  /** All of the x axis, where that is more than the points. */
  readonly span?: Range;
  readonly xKind: 'time' | 'number';
  readonly xLabel: boolean;
  readonly width: number;
  readonly height: number;
  readonly offset: (at: number) => number;
}

const TICK_PX = { x: 84, y: 40 };
/** On a plot as narrow as on a phone ticks stand closer: 84 px apart, a day would have one of them. The longest text is 50 px. */
const NARROW = { plot: 420, x: 60 };
/** Up to this height an axis ends near its values. */
const LOW_PX = 120;

/** What is drawn and between which ends; null when there is nothing to draw. */
export function frameOf(input: FrameInput): Frame | null {
  const { series, hidden, markers, levels, width, height } = input;
  const extent = windowRange(input.window) ?? input.span ?? xExtent(series, markers);
  if (extent === null) return null;
  const drawn = withFloors(
    series
      .map((one, place) => ({ series: one, look: lookOf(one, place), floors: null }))
      .filter((one) => !hidden.has(one.series.id)),
  );
  const hasRight = series.some(({ right }) => right === true);
  const margins: Margins = {
    top: markers.length > 0 ? 24 : 20,
    // Half of a time at the very end, which has seconds where ticks are less than a minute apart.
    right: hasRight ? 52 : tellsSeconds(input, extent) ? 26 : 18,
    bottom: input.xLabel ? 36 : 22,
    left: 52,
  };
  const plot = width - margins.left - margins.right;
  const count = Math.max(2, Math.floor(plot / (plot < NARROW.plot ? NARROW.x : TICK_PX.x)));
  const rows = Math.max(2, Math.floor((height - margins.top - margins.bottom) / TICK_PX.y));
  const axis = (right: boolean): Scale | null => {
    const mine = drawn.filter(({ series: one }) => (one.right === true) === right).map(raised);
    const range = yExtent(mine, extent, right ? [] : levels);
    // What is counted has no half.
    const least = mine.some(({ stacked }) => stacked === true) || mine.every(isWhole) ? 1 : 0;
    if (range === null) return null;
    const scale = niceScale(range, rows, least);
    return height <= LOW_PX && range[1] > range[0] ? trimmed(scale, range[1]) : scale;
  };
  const x =
    input.xKind === 'time'
      ? timeTicks(extent, count, input.offset)
      : numberTicks(extent, count, stepsOf(drawn));
  return { x, left: axis(false), right: hasRight ? axis(true) : null, margins, drawn };
}

function tellsSeconds({ xKind, width }: FrameInput, [from, to]: Range): boolean {
  return xKind === 'time' && to - from < (60 * width) / TICK_PX.x;
}

/** Each stacked series stands on the sum of those before it that are shown. */
function withFloors(drawn: readonly Drawn[]): Drawn[] {
  let sums: readonly number[] = [];
  return drawn.map((one) => {
    if (one.series.stacked !== true) return one;
    const floors = sums;
    sums = one.series.points.map(([, y], index) => (floors[index] ?? 0) + (y ?? 0));
    return { ...one, floors };
  });
}

/** A series of whole numbers only, such as peers or pieces of work. */
function isWhole({ points }: ChartSeries): boolean {
  return points.every(([, y]) => y === null || Number.isInteger(y));
}

/** Between two epochs or games there is none: an axis of whole numbers has no step below one. */
function stepsOf(drawn: readonly Drawn[]): number {
  return drawn.every(({ series }) => series.points.every(([x]) => Number.isInteger(x))) ? 1 : 0;
}

/** The series as high as it reaches. */
function raised({ series, floors }: Drawn): ChartSeries {
  if (floors === null) return series;
  return {
    ...series,
    points: series.points.map(([x, y], index) => [x, y === null ? null : y + (floors[index] ?? 0)]),
  };
}

function windowRange(window: ChartWindow): Range | null {
  if (window === null) return null;
  const [from, to] = window;
  return Number.isFinite(from) && Number.isFinite(to) && to > from ? [from, to] : null;
}

/** The plot's place in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function boxOf({ margins }: Frame, width: number, height: number): Box {
  return {
    x: margins.left,
    y: margins.top,
    width: Math.max(1, width - margins.left - margins.right),
    height: Math.max(1, height - margins.top - margins.bottom),
  };
}

/** A place on the x axis as a CSS length, which is right before the width is known. */
export function cssLeft(value: number, { x, margins }: Frame): string {
  const share = Math.round(toPx(value, x.domain, 1) * 1e5) / 1e5;
  return `calc(${margins.left}px + ${share} * (100% - ${margins.left + margins.right}px))`;
}

export function toPx(value: number, [from, to]: Range, size: number): number {
  return ((value - from) / (to - from)) * size;
}

export function fromPx(px: number, [from, to]: Range, size: number): number {
  return from + (px / size) * (to - from);
}

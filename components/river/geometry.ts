import type { RiverView } from './bins';

/** CSS pixels. As high as a finger needs, both for the lane's name and for its marks. */
export const LANE_HEIGHT = 24;
export const AXIS_HEIGHT = 20;
export const COLUMN_WIDTH = 4;
/** Room right of the newest moment, so that its marks are whole. */
export const EDGE_WIDTH = 6;

/** A view whose columns stand on fixed moments, so that marks glide instead of flickering between columns. */
export interface RiverFrame extends RiverView {
  /** The exact right edge, epoch seconds. */
  readonly end: number;
  readonly secondsPerPixel: number;
  readonly width: number;
}

/** `newest`: the moment that the river ends with, epoch seconds. */
export function frameOf(newest: number, windowSeconds: number, width: number, lanes: number): RiverFrame {
  const secondsPerPixel = windowSeconds / Math.max(1, width - EDGE_WIDTH);
  const end = newest + EDGE_WIDTH * secondsPerPixel;
  const perColumn = secondsPerPixel * COLUMN_WIDTH;
  const columns = Math.ceil(width / COLUMN_WIDTH) + 1;
  const to = Math.ceil(end / perColumn) * perColumn;
  return { from: to - columns * perColumn, to, columns, lanes, end, secondsPerPixel, width };
}

/** Middle of a column, in CSS pixels from the left. */
export function columnX(frame: RiverFrame, column: number): number {
  const ahead = (frame.to - frame.end) / frame.secondsPerPixel;
  return frame.width + ahead - (frame.columns - column - 0.5) * COLUMN_WIDTH;
}

export function columnAt(frame: RiverFrame, x: number): number {
  return Math.round((x - columnX(frame, 0)) / COLUMN_WIDTH);
}

export function timeX(frame: RiverFrame, time: number): number {
  return frame.width - (frame.end - time) / frame.secondsPerPixel;
}

export function laneAt(y: number): number {
  return Math.floor(y / LANE_HEIGHT);
}

/** Height of the mark for a cell: grows with the magnitude of the count, so that 2 and 2,000 both show. */
export function markHeight(count: number): number {
  return Math.min(LANE_HEIGHT - 2, 5 + Math.log2(count) * 1.6);
}

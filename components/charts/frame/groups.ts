import type { Tone } from '../../ui/signs/tone';
import type { Range } from './extent';
import type { Box, Frame } from './frame';
import { xPx } from './shapes';
import type { ChartMarker } from '../types';

/** Marks that would cover each other, as one: from the first to the last of them. */
export interface MarkerGroup {
  readonly from: number;
  readonly to: number;
  readonly markers: readonly ChartMarker[];
}

/** Marks within the picture from left to right; those closer than `apart` pixels to the first of a group join it. */
export function groupMarkers(
  markers: readonly ChartMarker[],
  frame: Frame,
  box: Box,
  apart: number,
): MarkerGroup[] {
  const [from, to] = frame.x.domain;
  const groups: { from: number; to: number; markers: ChartMarker[] }[] = [];
  const shown = markers.filter(({ x }) => x >= from && x <= to).sort((a, b) => a.x - b.x);
  for (const marker of shown) {
    const last = groups.at(-1);
    if (last !== undefined && xPx(marker.x, frame, box) - xPx(last.from, frame, box) < apart) {
      last.markers.push(marker);
      last.to = marker.x;
    } else groups.push({ from: marker.x, to: marker.x, markers: [marker] });
  }
  return groups;
}

/** Where seconds are counted, a stretch of half an hour shows what came of most that is marked. */
const ENOUGH = 1_800;

/**
 * The stretch that shows a crowd's marks one by one: no shorter than it takes for them to stand `apart` pixels from each
 * other twice over, or than is enough. Some seconds around two of them would hold nothing else of the chart.
 */
export function crowdStretch(
  { from, to }: Pick<MarkerGroup, 'from' | 'to'>,
  box: Pick<Box, 'width'>,
  apart: number,
): Range {
  const extent = to - from;
  const told = (extent * box.width) / (2 * apart);
  const half = Math.max(extent * 1.4, Math.min(told, ENOUGH)) / 2;
  const middle = (from + to) / 2;
  return [middle - half, middle + half];
}

export function letterOf({ letter, label }: ChartMarker): string {
  return letter ?? label.charAt(0).toUpperCase();
}

const RANK: readonly Tone[] = ['off', 'info', 'busy', 'ok', 'warn', 'bad', 'crit'];

/** The gravest of a group gives it its colour. */
export function worstTone(markers: readonly ChartMarker[]): Tone {
  return RANK[Math.max(...markers.map(({ tone }) => RANK.indexOf(tone)))] ?? 'off';
}

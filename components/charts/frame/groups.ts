import type { Tone } from '../../ui/signs/tone';
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

export function letterOf({ letter, label }: ChartMarker): string {
  return letter ?? label.charAt(0).toUpperCase();
}

const RANK: readonly Tone[] = ['off', 'info', 'busy', 'ok', 'warn', 'bad', 'crit'];

/** The gravest of a group gives it its colour. */
export function worstTone(markers: readonly ChartMarker[]): Tone {
  return RANK[Math.max(...markers.map(({ tone }) => RANK.indexOf(tone)))] ?? 'off';
}

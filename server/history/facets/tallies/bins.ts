import type { Bins } from './tally';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const WIDTHS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((days) => days * DAY),
];

/** At most `most` bars of a round width on whole minutes, hours and days (UTC) that hold both ends; null where there is nothing between them. */
export function binsBetween(from: number, to: number, most: number): Bins | null {
  if (!Number.isFinite(from) || !Number.isFinite(to) || from > to) return null;
  for (let place = 0; ; place++) {
    const width = WIDTHS[place] ?? 364 * DAY * 2 ** (place - WIDTHS.length + 1);
    const start = Math.floor(from / width) * width;
    const count = Math.floor((to - start) / width) + 1;
    if (count <= most) return { from: start, width, count };
  }
}

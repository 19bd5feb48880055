import { insertSorted, type Stamp } from '../shared/order';

/** What marks must reach back to at least, however fast they come: longer than a sync takes. Seconds. */
const SPAN_S = 1_800;

/**
 * Adds a mark at its place in time. Past `limit` the oldest quarter goes, unless that would leave less than half an hour:
 * then the older three quarters are thinned to every second one.
 */
export function addMark<T extends Stamp>(list: T[], mark: T, limit: number): void {
  insertSorted(list, mark);
  if (list.length <= limit) return;
  const [quarter, newest] = [Math.floor(limit / 4), list.at(-1)];
  const kept = list[quarter];
  if (kept !== undefined && newest !== undefined && newest.t - kept.t >= SPAN_S) {
    list.splice(0, quarter);
    return;
  }
  const older = list.splice(0, quarter * 3).filter((_, index) => index % 2 === 0);
  list.unshift(...older);
}

/** The newest mark that is not later than `at` and fits. */
export function lastBefore<T extends Stamp>(
  list: readonly T[],
  at: number,
  fits: (mark: T) => boolean = () => true,
): T | null {
  for (let index = list.length - 1; index >= 0; index -= 1) {
    const mark = list[index];
    if (mark !== undefined && mark.t <= at && fits(mark)) return mark;
  }
  return null;
}

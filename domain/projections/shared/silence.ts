import { minuteOf } from './clock';

/** What nothing was heard of for so long, by event time, was given up somewhere. */
export const SILENT_AFTER_S = 6 * 3_600;

/** From which minute on it counts as silent: states change with the minute, never within it. */
function silentFrom(heard: number): number {
  return minuteOf(heard + SILENT_AFTER_S) + 1;
}

/** `heard`: when the newest word of it came. */
export function isSilent(heard: number, clock: number | null): boolean {
  return clock !== null && minuteOf(clock) >= silentFrom(heard);
}

/** True when it fell silent between two readings of the clock. */
export function fellSilent(heard: number, before: number | null, clock: number | null): boolean {
  return isSilent(heard, clock) && !isSilent(heard, before);
}

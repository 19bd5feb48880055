import { minuteOf } from './clock';
import { addToSlot, newRing, slotsOf, type Ring } from './rings';

/** Counts per minute of event time over the last hour. */
export type MinuteRing = Ring;
export const minuteRing: () => MinuteRing = newRing;

const SPAN = 60;

/** Adds to a minute; one that lies an hour or more before the newest is over and done with. */
export function addToMinute(ring: MinuteRing, minute: number, amount = 1): void {
  addToSlot(ring, minute, SPAN, amount);
}

/** The last `span` minutes up to and including `now`, oldest first. */
export function minutesUntil(ring: MinuteRing, now: number, span: number): number[] {
  return slotsOf(ring, SPAN, now - span + 1, now);
}

/** Sum over the last 60 minutes up to and including `now`, hence a rate per hour. */
export function perHour(ring: MinuteRing, now: number): number {
  return minutesUntil(ring, now, SPAN).reduce((sum, count) => sum + count, 0);
}

/** Whether what happened at `t` is still within the hour that `perHour` sums up at the time `now`. */
export function withinHour(t: number, now: number): boolean {
  return minuteOf(now) - minuteOf(t) < SPAN;
}

/** True when the ring showed something other than zeros at the time `clock`, so that it decays as the clock moves on. */
export function wasWarm(ring: MinuteRing, clock: number | null): boolean {
  return clock !== null && minuteOf(clock) - ring.newest <= SPAN;
}

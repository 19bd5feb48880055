import { minuteOf } from './clock';

/** Counts per minute of event time over the last hour. `counts` is indexed by minute modulo 60, and empty until the first. */
export type MinuteRing = { newest: number; counts: number[] };

const SPAN = 60;

export function minuteRing(): MinuteRing {
  return { newest: -Infinity, counts: [] };
}

/** Adds to a minute; one that lies an hour or more before the newest is over and done with. */
export function addToMinute(ring: MinuteRing, minute: number, amount = 1): void {
  if (minute > ring.newest) advance(ring, minute);
  else if (minute <= ring.newest - SPAN) return;
  const slot = slotOf(minute);
  ring.counts[slot] = (ring.counts[slot] ?? 0) + amount;
}

function slotOf(minute: number): number {
  return ((minute % SPAN) + SPAN) % SPAN;
}

function advance(ring: MinuteRing, minute: number): void {
  if (ring.counts.length === 0 || minute - ring.newest >= SPAN) {
    ring.counts = new Array<number>(SPAN).fill(0);
  } else {
    for (let passed = ring.newest + 1; passed <= minute; passed += 1) ring.counts[slotOf(passed)] = 0;
  }
  ring.newest = minute;
}

/** The last `span` minutes up to and including `now`, oldest first. */
export function minutesUntil(ring: MinuteRing, now: number, span: number): number[] {
  const result = new Array<number>(span).fill(0);
  for (let index = 0; index < span; index += 1) {
    const minute = now - span + 1 + index;
    if (minute > ring.newest || minute <= ring.newest - SPAN) continue;
    result[index] = ring.counts[slotOf(minute)] ?? 0;
  }
  return result;
}

/** Sum over the last 60 minutes up to and including `now`, hence a rate per hour. */
export function perHour(ring: MinuteRing, now: number): number {
  return minutesUntil(ring, now, SPAN).reduce((sum, count) => sum + count, 0);
}

/** True when the ring showed something other than zeros at the time `clock`, so that it decays as the clock moves on. */
export function wasWarm(ring: MinuteRing, clock: number | null): boolean {
  return clock !== null && minuteOf(clock) - ring.newest <= SPAN;
}

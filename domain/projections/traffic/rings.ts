import { minuteOf } from '../shared/clock';

/** Counts per slot of event time, the newest `span` of them. `counts` is indexed by slot modulo span, and empty until the first. */
export type Ring = { newest: number; counts: number[] };

/** The resolutions in which traffic is kept: for the last hour, day and week of event time. */
export const RESOLUTIONS = {
  minutes: { seconds: 60, span: 60 },
  tens: { seconds: 600, span: 144 },
  hours: { seconds: 3_600, span: 168 },
} as const;
export type Resolution = keyof typeof RESOLUTIONS;

export type Rings = Record<Resolution, Ring>;

export function newRings(): Rings {
  const ring = (): Ring => ({ newest: -Infinity, counts: [] });
  return { minutes: ring(), tens: ring(), hours: ring() };
}

/** Counts an event at its time, in every resolution. */
export function countAt(rings: Rings, t: number): void {
  const minute = minuteOf(t);
  add(rings.minutes, minute, 60);
  add(rings.tens, Math.floor(minute / 10), 144);
  add(rings.hours, Math.floor(minute / 60), 168);
}

function add(ring: Ring, slot: number, span: number): void {
  if (slot > ring.newest) advance(ring, slot, span);
  else if (slot <= ring.newest - span) return;
  const at = index(slot, span);
  ring.counts[at] = (ring.counts[at] ?? 0) + 1;
}

function index(slot: number, span: number): number {
  return ((slot % span) + span) % span;
}

function advance(ring: Ring, slot: number, span: number): void {
  if (ring.counts.length === 0 || slot - ring.newest >= span) {
    ring.counts = new Array<number>(span).fill(0);
  } else {
    for (let passed = ring.newest + 1; passed <= slot; passed += 1) ring.counts[index(passed, span)] = 0;
  }
  ring.newest = slot;
}

/** The counts of the slots `from` to `to` (both included), oldest first; zero for those that are not kept. */
export function slotsOf(ring: Ring, resolution: Resolution, from: number, to: number): number[] {
  const { span } = RESOLUTIONS[resolution];
  const result: number[] = [];
  for (let slot = from; slot <= to; slot += 1) {
    const kept = slot <= ring.newest && slot > ring.newest - span;
    result.push(kept ? (ring.counts[index(slot, span)] ?? 0) : 0);
  }
  return result;
}

/** Events of the last 60 minutes up to and including minute `now`, hence a rate per hour. */
export function lastHour({ minutes }: Rings, now: number): number {
  return slotsOf(minutes, 'minutes', now - 59, now).reduce((sum, count) => sum + count, 0);
}

/** True when the rate was not zero at the time `clock`, so that it decays as the clock moves on. */
export function wasWarm({ minutes }: Rings, clock: number | null): boolean {
  return clock !== null && minuteOf(clock) - minutes.newest <= 60;
}

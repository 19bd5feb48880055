import { minuteOf } from '../shared/clock';
import { addToSlot, newRing, type Ring } from '../shared/rings';

/** The resolutions in which traffic is kept: for the last hour, day and week of event time. */
export const RESOLUTIONS = {
  minutes: { seconds: 60, span: 60 },
  tens: { seconds: 600, span: 144 },
  hours: { seconds: 3_600, span: 168 },
} as const;
export type Resolution = keyof typeof RESOLUTIONS;

export type Rings = Record<Resolution, Ring>;

export function newRings(): Rings {
  return { minutes: newRing(), tens: newRing(), hours: newRing() };
}

/** Counts an event at its time, in every resolution. */
export function countAt(rings: Rings, t: number): void {
  const minute = minuteOf(t);
  addToSlot(rings.minutes, minute, 60);
  addToSlot(rings.tens, Math.floor(minute / 10), 144);
  addToSlot(rings.hours, Math.floor(minute / 60), 168);
}

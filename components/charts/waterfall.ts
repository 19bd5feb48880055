/** What a bar says: data of the config, the run's own time, a failure. */
export const SEGMENT_LOOK = {
  data: 'border border-line-strong bg-raised text-dim',
  own: 'border border-accent bg-accent-soft text-accent',
  failed: 'border border-bad bg-bad-soft text-bad',
} as const;

const STEPS = [
  1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
  345_600, 604_800,
];

/** Round times to mark on an axis of that many seconds, at most nine of them, and four at least where it is that long. */
export function ticksOf(length: number): number[] {
  const step = STEPS.find((each) => length / each <= 8) ?? Math.ceil(length / 8);
  const ticks: number[] = [];
  for (let at = 0; at <= length; at += step) ticks.push(at);
  return ticks;
}

/** A time written on an axis, and how it stands to its mark. */
export interface AxisLabel {
  readonly at: number;
  readonly place: 'start' | 'middle' | 'end';
}

/**
 * What is written on an axis of that many seconds. The last time stands left of its mark where it would stick out on the right,
 * and takes the room of the one before it, where marks are close.
 */
export function axisLabels(length: number): AxisLabel[] {
  const ticks = ticksOf(length);
  const last = ticks.length - 1;
  const [step = 0] = ticks.slice(1);
  const inward = (step * last) / length > 0.9;
  const crowded = inward && step / length < 0.2;
  return ticks.flatMap((at, index): AxisLabel[] => {
    if (index === 0) return [{ at, place: 'start' }];
    if (index === last && inward) return [{ at, place: 'end' }];
    return crowded && index === last - 1 ? [] : [{ at, place: 'middle' }];
  });
}

/** Where the text of a label stands from its mark. */
export const LABEL_SHIFT = { start: '', middle: '-translate-x-1/2', end: '-translate-x-full' } as const;

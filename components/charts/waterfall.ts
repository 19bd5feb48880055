/** What a bar says: data of the config, the run's own time, a failure. */
export const SEGMENT_LOOK = {
  data: 'border border-line-strong bg-raised text-dim',
  own: 'border border-accent bg-accent-soft text-accent',
  failed: 'border border-bad bg-bad-soft text-bad',
} as const;

const STEPS = [
  1, 2, 5, 10, 30, 60, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 604_800,
];

/** Round times to mark on an axis of that many seconds, four to eight of them. */
export function ticksOf(length: number): number[] {
  const step = STEPS.find((each) => length / each <= 8) ?? Math.ceil(length / 8);
  const ticks: number[] = [];
  for (let at = 0; at <= length; at += step) ticks.push(at);
  return ticks;
}

import type { Spread } from './entities';

/** A duration, when it ended, and the place in history of the event that it is measured for. */
export type Sample = { t: number; s: number; v: number };

const MAX_SAMPLES = 400;

/** Remembers a duration; of more than 400 the one taken in first goes. Durations below zero are clocks that differ: none. */
export function addSample(samples: Sample[], sample: Sample): void {
  if (!Number.isFinite(sample.v) || sample.v < 0) return;
  samples.push(sample);
  if (samples.length > MAX_SAMPLES) samples.shift();
}

/** Takes back the sample that was measured for an event, should it still be there. */
export function takeSample(samples: Sample[], s: number): Sample | undefined {
  // A plain loop from the end, where what was measured a moment ago is.
  let index = samples.length - 1;
  while (index >= 0 && samples[index]?.s !== s) index -= 1;
  return index === -1 ? undefined : samples.splice(index, 1)[0];
}

/** The value that `share` of the sorted values do not exceed: nearest rank, so it is one of them. Null for none. */
export function nearestRank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { samples: sorted.length, p50: nearestRank(sorted, 0.5), p95: nearestRank(sorted, 0.95) };
}

export function spread(samples: readonly Sample[]): Spread {
  return spreadOf(samples.map(({ v }) => v));
}

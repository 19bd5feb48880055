import type { Spread } from './entities';

/** A duration, when it ended, and the place in history of the event that it is measured for. */
export type Sample = { t: number; s: number; v: number };

/** Durations in the order in which they were taken in, by the place of their event: they are taken back by it. */
export type Samples = Map<number, Sample>;

const MAX_SAMPLES = 400;

/** Remembers a duration; of more than 400 the one taken in first goes. Durations below zero are clocks that differ: none. */
export function addSample(samples: Samples, sample: Sample): void {
  if (!Number.isFinite(sample.v) || sample.v < 0) return;
  samples.set(sample.s, sample);
  if (samples.size <= MAX_SAMPLES) return;
  for (const first of samples.keys()) {
    samples.delete(first);
    return;
  }
}

/** Takes back the sample that was measured for an event, should it still be there. */
export function takeSample(samples: Samples, s: number): Sample | undefined {
  const sample = samples.get(s);
  samples.delete(s);
  return sample;
}

/** The value that `share` of the sorted values do not exceed: nearest rank, so it is one of them. Null for none. */
export function nearestRank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { samples: sorted.length, p50: nearestRank(sorted, 0.5), p95: nearestRank(sorted, 0.95) };
}

export function spread(samples: Samples): Spread {
  return spreadOf(Array.from(samples.values(), ({ v }) => v));
}

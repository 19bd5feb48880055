import { hopTimes, leadTime, SPANS, totalTime, type Span } from './hops';
import type { RunView } from './run-view';

/** How long a span of the runs takes, over the runs that are kept. Seconds. */
export type LeadTime = {
  hop: Span;
  runs: number;
  median_seconds: number;
  p95_seconds: number;
  max_seconds: number;
};

/** The durations of every span over these runs, unsorted. */
export function spanSamples(views: Iterable<RunView>): Map<Span, number[]> {
  const samples = new Map<Span, number[]>();
  const add = (span: Span, seconds: number | null) => {
    if (seconds === null) return;
    const list = samples.get(span);
    if (list === undefined) samples.set(span, [seconds]);
    else list.push(seconds);
  };
  for (const view of views) {
    for (const { stage, took } of hopTimes(view)) add(stage, took);
    add('total', totalTime(view));
    add('lead', leadTime(view));
  }
  return samples;
}

export function leadTimes(views: Iterable<RunView>): LeadTime[] {
  const samples = spanSamples(views);
  return SPANS.flatMap((hop) => {
    const sorted = samples.get(hop)?.sort((a, b) => a - b);
    if (sorted === undefined) return [];
    const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    const [median, p95, max] = [at(0.5), at(0.95), at(1)];
    return [{ hop, runs: sorted.length, median_seconds: median, p95_seconds: p95, max_seconds: max }];
  });
}

import { quantileSorted } from 'simple-statistics';
import type { States } from '../../../../domain/projections';
import {
  hopTimes,
  leadTime,
  runViews,
  totalTime,
  type RunView,
  type Span,
} from '../../../../domain/projections/pipeline';
import { wants, within, type PageInput } from '../input';
import { tenth } from './runs';

/**
 * What durations are told of: the hops of a run (from the end of the stage before), its whole way, and three stages by
 * themselves, from their own start to their own end: a training, an evaluation, and any sync, in a run or not.
 */
export const DURATIONS = [
  ...['selfplay', 'new_games', 'sync', 'export', 'threshold', 'training', 'evaluation'],
  ...['promotion', 'distribution', 'total', 'lead', 'training_run', 'evaluation_run', 'sync_run'],
] as const as readonly DurationId[];
export type DurationId = Span | 'training_run' | 'evaluation_run' | 'sync_run';

/** One duration: when it was over, how long it took, how much of that was waiting, and the event that ended it. */
export type Duration = {
  id: DurationId;
  at: number;
  seconds: number;
  waited: number | null;
  seq: number | null;
};

/** Seconds. */
export type Quantiles = { runs: number; p50: number; p95: number; max: number; waited: number | null };
export type DurationRow = { config: string | null; of: Partial<Record<DurationId, Quantiles>> };

/** The durations of the runs and syncs on record that ended within the stretch asked for, by config. */
export function collectDurations(
  { pipeline }: Pick<States, 'pipeline'>,
  input: PageInput,
): Map<string | null, Duration[]> {
  const byConfig = new Map<string | null, Duration[]>();
  const add = (config: string | null, found: readonly Duration[]): void => {
    let list = byConfig.get(config);
    if (list === undefined) byConfig.set(config, (list = []));
    const whole = input.since === null && input.until === null;
    for (const each of found) if (whole || within(each.at, input)) list.push(each);
  };
  for (const view of runViews(pipeline)) if (wants(view.config, input)) add(view.config, durationsOf(view));
  const syncs = pipeline.sources.syncs.map(({ t, s, start }): Duration => ({
    id: 'sync_run',
    at: t,
    seconds: t - start,
    waited: null,
    seq: s,
  }));
  add(null, syncs);
  return byConfig;
}

/** By view: those of runs on record stay the same, and there are thousands of them. */
const KNOWN = new WeakMap<RunView, readonly Duration[]>();

function durationsOf(view: RunView): readonly Duration[] {
  let known = KNOWN.get(view);
  if (known === undefined) KNOWN.set(view, (known = measure(view)));
  return known;
}

function measure(view: RunView): readonly Duration[] {
  const ends = new Map(view.hops.map((hop) => [hop.stage, hop.ended]));
  const hops = hopTimes(view).flatMap(({ stage, took, waited, at }): Duration[] => {
    const hop: Duration = { id: stage, at, seconds: took, waited, seq: ends.get(stage)?.s ?? null };
    const itself = stage === 'training' || stage === 'evaluation';
    if (!itself || waited === null) return [hop];
    return [hop, { ...hop, id: `${stage}_run`, seconds: took - waited, waited: null }];
  });
  const promoted = ends.get('promotion');
  const way = (id: 'lead' | 'total', seconds: number | null): Duration[] =>
    seconds === null || !promoted ? [] : [{ id, at: promoted.t, seconds, waited: null, seq: promoted.s }];
  return [...hops, ...way('lead', leadTime(view)), ...way('total', totalTime(view))];
}

/** Median and 95th percentile of every duration: over all configs asked for (config null), then each by name. */
export function pipelineDurations(states: Pick<States, 'pipeline'>, input: PageInput): DurationRow[] {
  const all: Samples = new Map();
  const own: DurationRow[] = [];
  for (const [config, found] of collectDurations(states, input)) {
    const samples: Samples = new Map();
    for (const each of found) addSample(samples, each);
    for (const [id, { seconds, waits }] of samples) {
      const sum = sampleOf(all, id);
      for (const value of seconds) sum.seconds.push(value);
      for (const value of waits) sum.waits.push(value);
    }
    if (config !== null) own.push({ config, of: quantiles(samples) });
  }
  return [{ config: null, of: quantiles(all) }, ...own];
}

/** Bare numbers by duration: there are tens of thousands, so no object is made for each. */
type Sample = { seconds: number[]; waits: number[] };
type Samples = Map<DurationId, Sample>;

function sampleOf(samples: Samples, id: DurationId): Sample {
  let sample = samples.get(id);
  if (sample === undefined) samples.set(id, (sample = { seconds: [], waits: [] }));
  return sample;
}

function addSample(samples: Samples, { id, seconds, waited }: Duration): void {
  const sample = sampleOf(samples, id);
  sample.seconds.push(seconds);
  if (waited !== null) sample.waits.push(waited);
}

function quantiles(samples: Samples): DurationRow['of'] {
  return Object.fromEntries([...samples].map(([id, sample]) => [id, quantilesOf(sample)]));
}

function quantilesOf({ seconds, waits }: Sample): Quantiles {
  const sorted = ascending(seconds);
  return {
    runs: sorted.length,
    p50: tenth(quantileSorted(sorted, 0.5)) ?? 0,
    p95: tenth(quantileSorted(sorted, 0.95)) ?? 0,
    max: tenth(sorted.at(-1) ?? 0) ?? 0,
    waited: waits.length === 0 ? null : tenth(quantileSorted(ascending(waits), 0.5)),
  };
}

/** Typed arrays sort numbers many times faster than a comparing function does. */
function ascending(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort());
}

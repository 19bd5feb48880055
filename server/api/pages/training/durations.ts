import { mean, quantileSorted } from 'simple-statistics';
import { endOf, type Run } from '../../../../domain/projections/training';
import { thinOut } from '../downsample';
import { medianOf } from '../median';

/**
 * How long trainings of a config take. Only completed runs count; those that stopped early are among them. A config whose
 * runs all failed is listed too.
 */
export type ConfigDurations = {
  config: string;
  /** That completed, also those whose start is not known. */
  runs: number;
  stopped: number;
  failed: number;
  /** Start to completion, seconds; null where that is known of no run. */
  min: number | null;
  p50: number | null;
  p95: number | null;
  max: number | null;
  mean: number | null;
  /** Median over the runs, of seconds per epoch. */
  epoch_seconds: number | null;
  /** Median over the runs, of the export's samples times the epochs, per second of training. */
  samples_per_second: number | null;
};

/** A completed run on the chart of durations. */
export type DurationPoint = { t: number; seconds: number; job_id: string; event_id: string | null };

export type Durations = {
  durations: ConfigDurations[];
  charts: { config: string; points: DurationPoint[] }[];
};

const NO_CONFIG = 'no config';

export function grouped<T>(all: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group === undefined) groups.set(keyOf(each), [each]);
    else group.push(each);
  }
  return groups;
}

function byConfig(runs: readonly Run[]): [string, Run[]][] {
  const groups = grouped(runs, ({ config }) => config ?? NO_CONFIG);
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Seconds from start to completion; null where one of them is missing or they run backwards. */
export function secondsOf(run: Run): number | null {
  const end = endOf(run);
  return end === null || run.started === null || end < run.started ? null : end - run.started;
}

/** Durations of completed runs by config; `failed` are only counted. */
export function durationsOf(completed: readonly Run[], failed: readonly Run[]): Durations {
  const durations: ConfigDurations[] = [];
  const charts: Durations['charts'] = [];
  const fell = new Set(failed);
  for (const [config, ended] of byConfig([...completed, ...failed])) {
    const runs = ended.filter((run) => !fell.has(run));
    const points = runs
      .flatMap((run): DurationPoint[] => {
        const [t, seconds] = [endOf(run), secondsOf(run)];
        return t === null || seconds === null ? [] : [{ t, seconds, job_id: run.id, event_id: run.endedId }];
      })
      .sort((a, b) => a.t - b.t);
    const sorted = points.map(({ seconds }) => seconds).sort((a, b) => a - b);
    durations.push({
      config,
      runs: runs.length,
      stopped: runs.filter(({ stop }) => stop.v !== null).length,
      failed: ended.length - runs.length,
      ...spreadOf(sorted),
      epoch_seconds: medianOf(runs.map(epochSeconds)),
      samples_per_second: medianOf(runs.map(samplesPerSecond)),
    });
    if (points.length === 0) continue;
    charts.push({
      config,
      points: thinOut(
        points,
        (point) => point.t,
        (point) => point.seconds,
      ),
    });
  }
  return { durations, charts };
}

type Spread = Pick<ConfigDurations, 'min' | 'p50' | 'p95' | 'max' | 'mean'>;

function spreadOf(sorted: number[]): Spread {
  const [min, max] = [sorted[0] ?? null, sorted.at(-1) ?? null];
  if (min === null) return { min, p50: null, p95: null, max, mean: null };
  return {
    min,
    p50: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    max,
    mean: mean(sorted),
  };
}

/** Seconds per epoch, from the start to the newest epoch. */
function epochSeconds(run: Run): number | null {
  const last = run.epochs.at(-1);
  if (run.started === null || last === undefined || last.e === 0 || last.t <= run.started) return null;
  return (last.t - run.started) / last.e;
}

/** Samples a second, if every epoch goes once through the samples of the export. No event tells the true throughput. */
export function samplesPerSecond(run: Run): number | null {
  const [samples, seconds] = [run.export?.samples ?? null, epochSeconds(run)];
  return samples === null || seconds === null ? null : samples / seconds;
}

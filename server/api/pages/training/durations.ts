import { mean, quantileSorted } from 'simple-statistics';
import { endOf, type Run } from '../../../../domain/projections/training';
import { thinOut } from '../downsample';

/** How long trainings of a config take. Only completed runs count; those that stopped early are among them. */
export type ConfigDurations = {
  config: string;
  runs: number;
  stopped: number;
  failed: number;
  /** Start to completion, seconds. */
  min: number;
  p50: number;
  p95: number;
  max: number;
  mean: number;
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
  for (const [config, runs] of byConfig(completed)) {
    const points = runs
      .flatMap((run): DurationPoint[] => {
        const [t, seconds] = [endOf(run), secondsOf(run)];
        return t === null || seconds === null ? [] : [{ t, seconds, job_id: run.id, event_id: run.endedId }];
      })
      .sort((a, b) => a.t - b.t);
    if (points.length === 0) continue;
    const sorted = points.map(({ seconds }) => seconds).sort((a, b) => a - b);
    durations.push({
      config,
      runs: points.length,
      stopped: runs.filter(({ stop }) => stop.v !== null).length,
      failed: failed.filter((run) => (run.config ?? NO_CONFIG) === config).length,
      min: sorted[0] ?? 0,
      p50: quantileSorted(sorted, 0.5),
      p95: quantileSorted(sorted, 0.95),
      max: sorted.at(-1) ?? 0,
      mean: mean(sorted),
      epoch_seconds: medianOf(runs.map(epochSeconds)),
      samples_per_second: medianOf(runs.map(samplesPerSecond)),
    });
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

export function medianOf(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted.length === 0 ? null : quantileSorted(sorted, 0.5);
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

import type { States } from '../../../../domain/projections';
import { endOf, nodeOf, statusOf, type Run } from '../../../../domain/projections/training';
import type { EventRef } from '../../../../domain/realtime/entities';
import { wants, within, type PageInput } from '../input';
import { medianOf } from '../median';
import { durationsOf, grouped, secondsOf, type Durations } from './durations';
import { touches } from './input';

/** Failures with the same error, newest first. */
export type FailureGroup = {
  error: string;
  failures: number;
  configs: string[];
  nodes: string[];
  newest: { t: number; event_id: string };
  /** The runs that failed so, newest first; at most 20. */
  runs: string[];
};

export type RollbackRow = {
  model_id: string;
  config: string | null;
  job_id: string | null;
  severity: string | null;
  reason: string | null;
  to: string | null;
  needed: EventRef | null;
  completed: EventRef | null;
};

/** A time that quality kept a config from training, and what its next run was, if any came. */
export type BlockRow = {
  config: string;
  quality: number | null;
  required: number | null;
  event: EventRef;
  next_run: string | null;
  next_at: number | null;
};

export type TrainingOverview = Durations & {
  /** `anomalous`: the runs that the anomalies of the stretch are of. */
  counts: {
    runs: number;
    completed: number;
    failed: number;
    stopped: number;
    anomalies: number;
    anomalous: number;
  };
  /** Of all completed runs, start to completion, seconds. */
  median_seconds: number | null;
  failures: FailureGroup[];
  rollbacks: RollbackRow[];
  blocks: BlockRow[];
  unassigned: { events: number; newest: EventRef[] };
};

const MAX_FAILED_RUNS = 20;
const MAX_ROWS = 200;

/** The figures of the page /training beyond its runs: for the configs asked for, and what ended in the stretch asked for. */
export function trainingOverview(states: States, input: PageInput): TrainingOverview {
  const { training } = states;
  const runs = [...training.runs.values()].filter((run) => touches(run, input));
  const ended = runs.filter((run) => within(endOf(run) ?? -Infinity, input));
  const completed = ended.filter((run) => statusOf(run, training.clock) === 'completed');
  const failed = ended.filter((run) => statusOf(run, training.clock) === 'failed');
  const anomalies = runs
    .map((run) => run.anomalies.filter(({ t }) => within(t, input)).length)
    .filter((count) => count > 0);
  return {
    counts: {
      runs: runs.length,
      completed: completed.length,
      failed: failed.length,
      stopped: completed.filter(({ stop }) => stop.v !== null).length,
      anomalies: anomalies.reduce((sum, count) => sum + count, 0),
      anomalous: anomalies.length,
    },
    median_seconds: medianOf(completed.map(secondsOf)),
    ...durationsOf(completed, failed),
    failures: failureGroups(runs, input),
    rollbacks: rollbackRows(states, input),
    blocks: blockRows(states, input),
    unassigned: unassigned(states, input),
  };
}

function failureGroups(runs: readonly Run[], input: PageInput): FailureGroup[] {
  const failures = runs
    .flatMap((run) => run.failures.map((failure) => ({ run, ...failure })))
    .filter(({ t }) => within(t, input))
    .sort((a, b) => b.t - a.t);
  return [...grouped(failures, ({ error }) => error)].flatMap(([error, all]): FailureGroup[] => {
    const [newest] = all;
    if (newest === undefined) return [];
    return [
      {
        error,
        failures: all.length,
        configs: [...new Set(all.flatMap(({ run }) => run.config ?? []))].sort(),
        nodes: [...new Set(all.flatMap(({ run, node }) => nodeOf(run) ?? node ?? []))].sort(),
        newest: { t: newest.t, event_id: newest.id },
        runs: [...new Set(all.map(({ run }) => run.id))].slice(0, MAX_FAILED_RUNS),
      },
    ];
  });
}

function rollbackRows({ training }: States, input: PageInput): RollbackRow[] {
  return [...training.rollbacks]
    .filter(([, { at, config }]) => wants(config, input) && within(at, input))
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MAX_ROWS)
    .map(([model, { config, needed, completed }]) => ({
      model_id: model,
      config,
      job_id: training.byModel.get(model) ?? null,
      severity: needed.v?.severity ?? null,
      reason: needed.v?.reason ?? completed.v?.reason ?? null,
      to: completed.v?.to ?? null,
      needed: needed.v?.ref ?? null,
      completed: completed.v?.ref ?? null,
    }));
}

/** Those of the configs and the stretch asked for; how many there were in all is known only over everything. */
function unassigned({ training }: States, input: PageInput): TrainingOverview['unassigned'] {
  const newest = training.strays
    .filter(({ t, ref }) => wants(ref.config, input) && within(t, input))
    .map(({ ref }) => ref);
  const everything = input.configs.length === 0 && input.since === null && input.until === null;
  const events = everything ? training.strayCount : newest.length;
  return { events, newest: newest.reverse() };
}

function blockRows({ training }: States, input: PageInput): BlockRow[] {
  const rows: BlockRow[] = [];
  for (const [config, { blocks, runs }] of training.configs) {
    if (!wants(config, input)) continue;
    for (const { t, quality, required, ref } of blocks) {
      if (!within(t, input)) continue;
      const next = runs.find(({ begin }) => begin >= t);
      rows.push({
        config,
        quality,
        required,
        event: ref,
        next_run: next?.id ?? null,
        next_at: next?.begin ?? null,
      });
    }
  }
  return rows.sort((a, b) => b.event.timestamp - a.event.timestamp).slice(0, MAX_ROWS);
}

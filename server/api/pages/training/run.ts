import type { States } from '../../../../domain/projections';
import { modelEntity } from '../../../../domain/projections/models';
import {
  paceOf,
  rollbackOf,
  runEntity,
  type Anomaly,
  type Block,
  type Checkpoint,
  type Export,
  type Failure,
  type ParamChange,
  type Run,
  type Stop,
  type TrainingRunEntity,
  type Trend,
  type Trigger,
} from '../../../../domain/projections/training';
import type { ModelEntity } from '../../../../domain/realtime/entities';
import { epochRows, type EpochRow } from './compare';
import { samplesPerSecond, secondsOf } from './durations';
import type { RollbackRow } from './overview';

/** What became of the model that a run gave. */
export type ModelFate = Pick<
  ModelEntity,
  'model_id' | 'status' | 'elo' | 'win_rate' | 'evaluated_at' | 'promoted_at'
>;

/** What is kept of a run, beyond its live entity. `id`s are those of events. */
export type RunDetail = {
  entity: TrainingRunEntity;
  model_version: string | null;
  started_id: string | null;
  ended_id: string | null;
  /** Start to end, seconds. */
  seconds: number | null;
  samples_per_second: number | null;
  /** Of how many epochs the pace is the median. */
  pace_epochs: number;
  epochs: EpochRow[];
  /** Long runs keep every second of their older epochs, and the best. */
  thinned: boolean;
  final: { train_loss: number | null; val_loss: number | null };
  trigger: (Trigger & { t: number }) | null;
  export: Export | null;
  stop: (Stop & { t: number }) | null;
  anomalies: Anomaly[];
  checkpoints: Checkpoint[];
  trends: (Trend & { e: number | null })[];
  failures: Failure[];
  params: (ParamChange & { e: number | null })[];
  /** Refusals for quality between the run of the config before this one and this one. */
  blocks: Block[];
  rollback: RollbackRow | null;
  model: ModelFate | null;
  /** The runs of the config before and after it. */
  previous: string | null;
  next: string | null;
  events: number;
  /** Events without a job id, counted to this run by config and time. */
  inferred: number;
};

/** Everything known of a run; null for a job id that is not kept. */
export function runDetail(states: States, id: string): RunDetail | null {
  const { training } = states;
  const [run, entity] = [training.runs.get(id), runEntity(training, id)];
  if (run === undefined || entity === undefined) return null;
  return {
    entity,
    model_version: run.version.v,
    started_id: run.startedId,
    ended_id: entity.ended_at === null ? null : run.endedId,
    seconds: secondsOf(run),
    samples_per_second: samplesPerSecond(run),
    pace_epochs: paceOf(run)?.epochs ?? 0,
    epochs: epochRows(run),
    thinned: run.thinned,
    final: { train_loss: run.finalTrain.v, val_loss: run.finalVal.v },
    ...happened(run),
    ...around(states, run, entity),
    events: run.events,
    inferred: run.inferred,
  };
}

/** Copies, never the state's own lists: they go on changing. */
function happened(run: Run) {
  return {
    trigger: run.trigger.v && { ...run.trigger.v, t: run.trigger.t },
    export: run.export && { ...run.export },
    stop: run.stop.v && { ...run.stop.v, t: run.stop.t },
    anomalies: [...run.anomalies],
    checkpoints: [...run.checkpoints],
    trends: run.trends.map((each) => ({ ...each, e: epochAt(run, each.t) })),
    failures: [...run.failures],
  };
}

/** The epoch that was last reported at a moment. */
function epochAt(run: Run, t: number): number | null {
  return run.epochs.findLast((each) => each.t <= t)?.e ?? null;
}

function around(states: States, run: Run, entity: TrainingRunEntity) {
  const config = run.config === null ? undefined : states.training.configs.get(run.config);
  const place = config?.runs.indexOf(run) ?? -1;
  const previous = place > 0 ? config?.runs[place - 1] : undefined;
  const model = run.model.v;
  const [from, to] = [run.started ?? run.begin, entity.ended_at ?? Infinity];
  return {
    params: (config?.params ?? [])
      .filter(({ t }) => t >= from && t <= to)
      .map((each) => ({ ...each, e: epochAt(run, each.t) })),
    blocks: (config?.blocks ?? []).filter(({ t }) => t >= (previous?.begin ?? -Infinity) && t <= run.begin),
    rollback: rollbackRow(states, run),
    model: model === null ? null : modelFate(states, model),
    previous: previous?.id ?? null,
    next: (place >= 0 ? config?.runs[place + 1]?.id : undefined) ?? null,
  };
}

function modelFate({ models }: States, id: string): ModelFate | null {
  const model = modelEntity(models, id);
  if (model === undefined) return null;
  const { model_id, status, elo, win_rate, evaluated_at, promoted_at } = model;
  return { model_id, status, elo, win_rate, evaluated_at, promoted_at };
}

function rollbackRow({ training }: States, run: Run): RollbackRow | null {
  const rollback = rollbackOf(training, run);
  if (rollback === undefined || run.model.v === null) return null;
  const { config, needed, completed } = rollback;
  return {
    model_id: run.model.v,
    config,
    job_id: run.id,
    severity: needed.v?.severity ?? null,
    reason: needed.v?.reason ?? completed.v?.reason ?? null,
    to: completed.v?.to ?? null,
    needed: needed.v?.ref ?? null,
    completed: completed.v?.ref ?? null,
  };
}

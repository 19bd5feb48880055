import { nodeOf } from './attribute';
import type { TrainingConfigEntity, TrainingRunEntity } from './entities';
import { bestEpoch, lossOf, paceOf } from './epochs';
import { endOf, statusOf } from './standing';
import type { Epoch, Rollback, Run, TrainingState } from './state';

const SPARK_POINTS = 16;

export function runEntity(state: TrainingState, id: string): TrainingRunEntity | undefined {
  const run = state.runs.get(id);
  if (run === undefined) return undefined;
  return { ...standing(state, run), ...progress(run), ...marks(state, run) };
}

function standing(state: TrainingState, run: Run) {
  return {
    job_id: run.id,
    config: run.config,
    node: nodeOf(run),
    status: statusOf(run, state.clock),
    triggered_at: run.trigger.v === null ? null : run.trigger.t,
    started_at: run.started,
    ended_at: endOf(run),
    updated_at: run.at,
  };
}

function progress(run: Run) {
  const pace = paceOf(run);
  const last = newest(run.epochs);
  const best = bestEpoch(run.epochs);
  return {
    epoch: run.epoch.v,
    total_epochs: run.totalEpochs.v,
    epoch_at: run.epoch.v === null ? null : run.epoch.t,
    epoch_seconds: pace?.median ?? null,
    epoch_low: pace?.low ?? null,
    epoch_high: pace?.high ?? null,
    train_loss: last?.train ?? run.finalTrain.v,
    val_loss: last?.val ?? run.finalVal.v,
    learning_rate: last?.lr ?? null,
    best_epoch: best?.e ?? null,
    best_loss: best === null ? null : lossOf(best),
    spark: sparkOf(run.epochs),
  };
}

/** The epoch reported last: of a run that went back to a checkpoint it is not the highest. */
function newest(epochs: readonly Epoch[]): Epoch | undefined {
  const last = epochs.at(-1);
  if (last === undefined) return undefined;
  return epochs.reduce((found, each) => (each.t > found.t ? each : found), last);
}

function marks(state: TrainingState, run: Run) {
  const model = run.model.v;
  const trend = run.trends.at(-1);
  return {
    trend: trend?.trend ?? null,
    trend_at: trend?.t ?? null,
    stopped: run.stop.v?.reason ?? null,
    anomalies: run.anomalyCount,
    checkpoints: run.checkpointCount,
    failures: run.failureCount,
    error: run.failures.at(-1)?.error ?? null,
    model_id: model,
    rollback: rollbackStage(rollbackOf(state, run)),
    samples: run.export?.samples ?? null,
    games: run.export?.games ?? run.trigger.v?.games ?? null,
  };
}

/** The rollback of the model that this run gave. */
export function rollbackOf(state: TrainingState, run: Run): Rollback | undefined {
  const model = run.model.v;
  return model !== null && state.byModel.get(model) === run.id ? state.rollbacks.get(model) : undefined;
}

function rollbackStage(rollback: Rollback | undefined): TrainingRunEntity['rollback'] {
  if (rollback === undefined) return null;
  return rollback.completed.v === null ? 'needed' : 'completed';
}

/** Evenly picked, the last one always among them. */
function sparkOf(epochs: readonly Epoch[]): number[] {
  const losses = epochs.flatMap((each) => lossOf(each) ?? []);
  const step = Math.max(1, Math.ceil(losses.length / SPARK_POINTS));
  const skipped = (losses.length - 1) % step;
  return losses.filter((_, index) => index % step === skipped).map(shortened);
}

/** Four significant digits are more than a sparkline shows. The largest numbers would round to infinity: they stay. */
function shortened(value: number): number {
  const short = Number(value.toPrecision(4));
  return Number.isFinite(short) ? short : value;
}

export function configEntity(state: TrainingState, key: string): TrainingConfigEntity | undefined {
  const config = state.configs.get(key);
  if (config === undefined) return undefined;
  let [queued, running, decided] = [0, 0, -Infinity];
  for (const run of config.runs) {
    const status = statusOf(run, state.clock);
    if (status === 'queued') queued += 1;
    if (status === 'running') running += 1;
    decided = Math.max(decided, run.begin);
  }
  const block = config.blocks.at(-1);
  const stands = block !== undefined && block.t > decided;
  return {
    config: key,
    queued,
    running,
    ...config.counts,
    blocked_by: stands ? { quality: block.quality, required: block.required, event: block.ref } : null,
  };
}

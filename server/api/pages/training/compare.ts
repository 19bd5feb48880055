import type { States } from '../../../../domain/projections';
import { statusOf, type Run, type TrainingStatus } from '../../../../domain/projections/training';

/** An epoch as charts and tables take it. */
export type EpochRow = {
  epoch: number;
  t: number;
  train_loss: number | null;
  val_loss: number | null;
  learning_rate: number | null;
  /** Since the epoch before it, or the start; null where that is not known. */
  seconds: number | null;
  event_id: string;
};

/** A run on the chart that compares runs; `status` null for a job id that is not known. */
export type ComparedRun = {
  job_id: string;
  config: string | null;
  status: TrainingStatus | null;
  started_at: number | null;
  epochs: EpochRow[];
};

/** The losses of the runs asked for, in the order asked for. The state keeps at most 300 epochs of a run. */
export function comparedRuns({ training }: States, jobs: readonly string[]): ComparedRun[] {
  return [...new Set(jobs)].map((job) => {
    const run = training.runs.get(job);
    if (run === undefined) return { job_id: job, config: null, status: null, started_at: null, epochs: [] };
    return {
      job_id: job,
      config: run.config,
      status: statusOf(run, training.clock),
      started_at: run.started,
      epochs: epochRows(run),
    };
  });
}

export function epochRows(run: Run): EpochRow[] {
  return run.epochs.map(({ e, t, train, val, lr, id }, index) => {
    const before = run.epochs[index - 1];
    const since = before?.e === e - 1 ? before.t : e === 1 ? run.started : null;
    const seconds = since === null || t < since ? null : t - since;
    return { epoch: e, t, train_loss: train, val_loss: val, learning_rate: lr, seconds, event_id: id };
  });
}

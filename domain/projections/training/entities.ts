import type { EventRef } from '../../realtime/entities';

/** Where a run stands: decided on, under way, unheard of for six hours of event time, or over. */
export const TRAINING_STATUSES = ['queued', 'running', 'silent', 'completed', 'failed'] as const;
export type TrainingStatus = (typeof TRAINING_STATUSES)[number];

/** Topic `training.runs` (key: job id): every run that is kept. Times are epoch seconds of event time. */
export type TrainingRunEntity = {
  /** Any text. A run that no job id was ever told of goes by its model id. */
  job_id: string;
  config: string | null;
  node: string | null;
  status: TrainingStatus;
  triggered_at: number | null;
  started_at: number | null;
  ended_at: number | null;
  updated_at: number;
  /** The epoch reported last, out of so many, and when. */
  epoch: number | null;
  total_epochs: number | null;
  epoch_at: number | null;
  /** Median, shortest and longest of the last eight epochs, seconds; the basis of the time that remains. */
  epoch_seconds: number | null;
  epoch_low: number | null;
  epoch_high: number | null;
  /** Newest losses and learning rate. */
  train_loss: number | null;
  val_loss: number | null;
  learning_rate: number | null;
  /** Where the validation loss (without any: the training loss) was lowest. */
  best_epoch: number | null;
  best_loss: number | null;
  /** What the newest TRAINING_LOSS_TREND said, and when: the epochs since may tell otherwise. */
  trend: string | null;
  trend_at: number | null;
  /** Why it stopped before its last epoch; null when it did not. */
  stopped: string | null;
  anomalies: number;
  checkpoints: number;
  failures: number;
  /** First line of the newest error. */
  error: string | null;
  model_id: string | null;
  /** How far a return from its model to an earlier one got. */
  rollback: 'needed' | 'completed' | null;
  samples: number | null;
  games: number | null;
  /** Up to 16 losses over the epochs, for a sparkline. */
  spark: number[];
};

/** Topic `training.configs` (key: config). Counts are since history began. */
export type TrainingConfigEntity = {
  config: string;
  queued: number;
  running: number;
  started: number;
  completed: number;
  failed: number;
  stopped: number;
  anomalies: number;
  /** How often quality kept a training from starting. */
  blocked: number;
  /** Returns from a model to an earlier one, asked for and done. */
  rollbacks: number;
  /** The newest refusal for quality, unless a run was decided on since. */
  blocked_by: { quality: number | null; required: number | null; event: EventRef } | null;
};

import type { Stage } from '../actor';
import { round } from '../random';
import type { Config, TrainingJob } from '../world';

/** What AnomalyDetection says about an epoch: spikes at once, a trend every five epochs. */
export function watchLoss(stage: Stage, job: TrainingJob, before: number): void {
  const { rng } = stage;
  const by = { by: 'AnomalyDetection', on: job.node };
  if (rng.chance(0.016)) {
    const spike = {
      config_key: job.config,
      epoch: job.epoch,
      current_loss: round(job.loss * 1.9, 4),
      expected_loss: round(job.loss, 4),
      anomaly_score: round(rng.between(3, 6), 2),
    };
    stage.emit('TRAINING_LOSS_ANOMALY', spike, by);
  }
  if (job.epoch % 5 !== 0) return;
  const change = (job.loss - before) * 5;
  const trend = change < -0.02 ? 'improving' : change < 0.03 ? 'stalled' : 'degrading';
  stage.emit(
    'TRAINING_LOSS_TREND',
    { config_key: job.config, trend, window_epochs: 5, loss_delta: round(change, 4) },
    by,
  );
}

export function saveCheckpoint(stage: Stage, id: string, job: TrainingJob): void {
  job.checkpoint = `checkpoints/${id}/epoch_${String(job.epoch).padStart(3, '0')}.pt`;
  const payload = { checkpoint_path: job.checkpoint, epoch: job.epoch, config_key: job.config };
  stage.emit('CHECKPOINT_SAVED', payload, { by: 'train', on: job.node });
}

/** Prioritised experience replay: the buffer is refilled before a training, its priorities follow. */
export function replayBuffer(stage: Stage, config: Config, node: string): void {
  const size = stage.rng.int(80_000, 260_000);
  const at = { by: 'train', on: node };
  stage.emit(
    'PER_BUFFER_REBUILT',
    { config_key: config.spec.key, buffer_size: size, timestamp: stage.iso() },
    at,
  );
  const updated = {
    config_key: config.spec.key,
    updated_count: Math.round(size * stage.rng.between(0.1, 0.4)),
    timestamp: stage.iso(),
  };
  stage.emit('PER_PRIORITIES_UPDATED', updated, at);
}

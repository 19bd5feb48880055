import { defineActor, textOf, type Post, type Stage } from '../actor';
import { clamp, round } from '../random';
import { isUp, nodesUp, type Config, type TrainingJob } from '../world';
import { configNamed, trigger } from './exporting';
import { replayBuffer, saveCheckpoint, watchLoss } from './training-reports';

type Messages = {
  launch: { job: string; config: string };
  epoch: { job: string };
  retry: { config: string };
};
type Send = Post<Messages>;

const BY = 'TrainingCoordinator';
const OUT_OF_MEMORY = {
  error: 'CUDA out of memory. Tried to allocate 2.50 GiB',
  details:
    'Traceback (most recent call last):\n  File "train.py", line 812, in step\n    loss.backward()\ntorch.cuda.OutOfMemoryError: CUDA out of memory.',
};

/** Trains a model per trigger: epochs with falling loss, early stops, crashes, and a retry from the last checkpoint. */
export const training = defineActor<Messages>({
  name: 'training',
  on: {
    launch: (stage, message, post) => launch(stage, message, post),
    epoch: (stage, { job }, post) => epoch(stage, job, post),
    retry(stage, { config: key }) {
      const config = stage.world.configs.get(key);
      if (config) trigger(stage, config, config.target, 'scheduled');
    },
  },
  hears: {
    TRAINING_THRESHOLD_REACHED(stage, { payload }, post) {
      const config = configNamed(stage, payload);
      const job = textOf(payload, 'job_id');
      if (!config || job === undefined || stage.world.trainings.has(job)) return;
      config.busy = true;
      post(stage.rng.between(8, 14), 'launch', { job, config: config.spec.key });
    },
    HOST_OFFLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      for (const [id, job] of stage.world.trainings) {
        const lost = {
          error: `worker lost: ${job.node}`,
          details: 'No heartbeat from the training process.',
        };
        if (job.node === node) crash(stage, id, job, lost, post);
      }
    },
  },
});

function launch(stage: Stage, message: Messages['launch'], post: Send): void {
  const { world, rng } = stage;
  const config = world.configs.get(message.config);
  if (!config || world.trainings.has(message.job)) return;
  const node = freest(stage);
  if (node === null) {
    post(60, 'launch', message);
    return;
  }
  config.version += 1;
  const job = newJob(stage, config, node);
  world.trainings.set(message.job, job);
  const payload = {
    config_key: config.spec.key,
    node_name: node,
    job_id: message.job,
    board_type: config.spec.board,
    num_players: config.spec.players,
    model_version: `v${String(config.version)}`,
    timestamp: stage.iso(),
  };
  stage.emit('TRAINING_STARTED', payload, { by: BY, on: node });
  if (config.resumeFrom !== null) {
    const loaded = { checkpoint_path: config.resumeFrom, config_key: config.spec.key, job_id: message.job };
    stage.emit('CHECKPOINT_LOADED', loaded, { by: 'train', on: node });
    config.resumeFrom = null;
  }
  if (rng.chance(0.3)) replayBuffer(stage, config, node);
  post(job.epochSeconds, 'epoch', { job: message.job });
}

function newJob(stage: Stage, config: Config, node: string): TrainingJob {
  const { rng } = stage;
  const floor = clamp(rng.gauss(0.47 - config.version * 0.0006, 0.025), 0.33, 0.6);
  return {
    config: config.spec.key,
    node,
    model: `${config.spec.key}_v${String(config.version)}`,
    epochs: rng.int(12, 24),
    epochSeconds: rng.between(75, 100),
    floor,
    epoch: 0,
    loss: 1.5,
    bestLoss: 99,
    bestEpoch: 0,
    checkpoint: null,
  };
}

/** The trainer that is up and has least to do. */
function freest(stage: Stage): string | null {
  const load = new Map<string, number>();
  for (const job of stage.world.trainings.values()) load.set(job.node, (load.get(job.node) ?? 0) + 1);
  const trainers = nodesUp(stage.world).filter((node) => node.spec.trains);
  const [first] = trainers
    .map((node) => node.spec.name)
    .sort((a, b) => (load.get(a) ?? 0) - (load.get(b) ?? 0));
  return first ?? null;
}

function epoch(stage: Stage, id: string, post: Send): void {
  const { rng, world } = stage;
  const job = world.trainings.get(id);
  if (!job || !isUp(world, job.node)) return;
  if (rng.chance(0.003)) {
    crash(stage, id, job, OUT_OF_MEMORY, post);
    return;
  }
  const before = job.loss;
  job.epoch += 1;
  job.loss = job.floor + 0.95 * Math.exp(-job.epoch / 4.5) + rng.gauss(0, 0.006);
  if (job.loss < job.bestLoss) [job.bestLoss, job.bestEpoch] = [job.loss, job.epoch];
  const payload = {
    config_key: job.config,
    epoch: job.epoch,
    train_loss: round(job.loss - 0.045, 5),
    val_loss: round(job.loss, 5),
    learning_rate: round(0.001 * 0.93 ** job.epoch, 7),
    job_id: id,
    total_epochs: job.epochs,
    timestamp: stage.iso(),
  };
  stage.emit('TRAINING_PROGRESS', payload, { by: 'train', on: job.node });
  watchLoss(stage, job, before);
  if (job.epoch % 5 === 0) saveCheckpoint(stage, id, job);
  const stops = job.epoch > 9 && job.epoch < job.epochs && rng.chance(0.035);
  if (stops) stopEarly(stage, job);
  if (stops || job.epoch >= job.epochs) complete(stage, id, job);
  else post(job.epochSeconds * rng.between(0.95, 1.05), 'epoch', { job: id });
}

function stopEarly(stage: Stage, job: TrainingJob): void {
  const payload = {
    config_key: job.config,
    reason: stage.rng.pick(['plateau', 'plateau', 'stagnation', 'regression']),
    epochs_completed: job.epoch,
    best_epoch: job.bestEpoch,
    val_loss: round(job.loss, 5),
  };
  stage.emit('TRAINING_EARLY_STOPPED', payload, { by: 'train', on: job.node });
}

function complete(stage: Stage, id: string, job: TrainingJob): void {
  stage.world.trainings.delete(id);
  release(stage, job);
  const payload = {
    config_key: job.config,
    model_id: job.model,
    model_path: `models/${job.model}.pth`,
    val_loss: round(job.bestLoss, 5),
    train_loss: round(job.bestLoss - 0.045, 5),
    epochs: job.epoch,
    timestamp: stage.iso(),
    success: true,
    job_id: id,
  };
  stage.emit('TRAINING_COMPLETED', payload, {
    by: BY,
    on: job.node,
    as: stage.rng.chance(0.06) ? 'training_complete' : undefined,
  });
}

function crash(
  stage: Stage,
  id: string,
  job: TrainingJob,
  cause: { error: string; details: string },
  post: Send,
): void {
  stage.world.trainings.delete(id);
  const config = stage.world.configs.get(job.config);
  if (config) config.resumeFrom = job.checkpoint;
  const payload = {
    config_key: job.config,
    error: cause.error,
    error_details: cause.details,
    timestamp: stage.iso(),
    success: false,
    job_id: id,
  };
  stage.emit('TRAINING_FAILED', payload, { by: BY, on: isUp(stage.world, job.node) ? job.node : undefined });
  post(stage.rng.between(60, 240), 'retry', { config: job.config });
}

function release(stage: Stage, job: TrainingJob): void {
  const config = stage.world.configs.get(job.config);
  if (config) config.busy = false;
}

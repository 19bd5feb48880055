import { defineActor, textOf, type Post, type Stage } from '../actor';
import { round } from '../random';
import type { Config } from '../world';
import { publishElo } from './evaluation';
import { configNamed } from './exporting';

type Regression = { config: string; model: string; severity: string; attempt: number };
type Messages = {
  inspect: { config: string; model: string };
  begin: Regression;
  recover: Regression;
  settle: Regression & { seconds: number };
  clear: { config: string; model: string };
};
type Send = Post<Messages>;

const DETECTOR = 'RegressionDetector';
const MANAGER = 'RollbackManager';
const REASON = 'elo_regression';
/** How much Elo a regression costs: from, to, and how likely that is. */
const AMOUNTS: readonly (readonly [low: number, high: number, weight: number])[] = [
  [8, 20, 3],
  [20, 38, 3],
  [38, 60, 3],
  [60, 90, 1],
];

/** Some champions turn out worse in play than in their gauntlet: they are detected and rolled back. */
export const regression = defineActor<Messages>({
  name: 'regression',
  on: {
    inspect: (stage, message, post) => inspect(stage, message, post),
    begin: (stage, message, post) => begin(stage, message, post),
    recover: (stage, message, post) => recover(stage, message, post),
    settle: (stage, message, post) => settle(stage, message, post),
    clear(stage, { config, model }) {
      stage.emit('REGRESSION_CLEARED', { model_id: model, config_key: config }, { by: DETECTOR });
    },
  },
  hears: {
    MODEL_PROMOTED(stage, { payload }, post) {
      const config = configNamed(stage, payload);
      const model = textOf(payload, 'model_id');
      if (!config || model === undefined || !stage.rng.chance(0.14)) return;
      post(stage.rng.between(500, 2200), 'inspect', { config: config.spec.key, model });
    },
  },
});

function inspect(stage: Stage, { config: key, model }: Messages['inspect'], post: Send): void {
  const { rng } = stage;
  const config = stage.world.configs.get(key);
  if (config?.champion !== model || config.former.length === 0) return;
  const [low, high] = rng.weighted(AMOUNTS, ([, , weight]) => weight);
  const amount = round(rng.between(low, high), 1);
  const severity = amount < 20 ? 'minor' : amount < 38 ? 'moderate' : amount < 60 ? 'severe' : 'critical';
  const payload = {
    metric_name: 'elo',
    current_value: round(config.elo - amount, 1),
    previous_value: config.elo,
    severity,
    regression_amount: amount,
    model_id: model,
    config_key: key,
    timestamp: stage.iso(),
  };
  const host = rng.pick([...stage.world.nodes.values()].filter((n) => n.up)).spec.name;
  stage.emit('REGRESSION_DETECTED', payload, { by: 'event_emitters', on: host });
  const graded = {
    model_id: model,
    config_key: key,
    regression_amount: amount,
    metric_name: 'elo',
    timestamp: stage.iso(),
  };
  stage.emit(`REGRESSION_${severity.toUpperCase()}`, graded, { by: DETECTOR });
  if (severity === 'minor') post(rng.between(300, 900), 'clear', { config: key, model });
  else post(rng.between(5, 30), 'begin', { config: key, model, severity, attempt: 1 });
}

function begin(stage: Stage, message: Regression, post: Send): void {
  const config = stage.world.configs.get(message.config);
  const target = config?.former.at(-1)?.model;
  if (config?.champion !== message.model || target === undefined) return;
  const payload = {
    model_id: message.model,
    reason: REASON,
    checkpoint_path: `models/${target}.pth`,
    severity: message.severity,
    config_key: message.config,
  };
  stage.emit('TRAINING_ROLLBACK_NEEDED', payload, { by: DETECTOR });
  post(stage.rng.between(1, 6), 'recover', message);
}

function recover(stage: Stage, message: Regression, post: Send): void {
  const { recovering } = stage.world;
  if (recovering.has(message.model)) {
    post(30, 'recover', message);
    return;
  }
  recovering.set(message.model, REASON);
  const reason = message.attempt === 1 ? REASON : `${REASON}, attempt ${String(message.attempt)}`;
  stage.emit(
    'RECOVERY_INITIATED',
    { recovery_type: 'model', target: message.model, reason },
    { by: MANAGER },
  );
  const seconds = round(stage.rng.between(25, 70), 1);
  post(seconds, 'settle', { ...message, seconds });
}

function settle(stage: Stage, message: Messages['settle'], post: Send): void {
  const { config: key, model, attempt, seconds } = message;
  stage.world.recovering.delete(model);
  if (attempt < 3 && stage.rng.chance(0.15)) {
    const failed = {
      recovery_type: 'model',
      target: model,
      error: 'checkpoint could not be read',
      timestamp: stage.iso(),
    };
    stage.emit('RECOVERY_FAILED', failed, { by: MANAGER });
    const { severity } = message;
    post(stage.rng.between(30, 90), 'recover', { config: key, model, severity, attempt: attempt + 1 });
    return;
  }
  const actions = ['stop_serving', 'restore_checkpoint', 'redistribute'];
  const done = { recovery_type: 'model', target: model, duration_seconds: seconds, actions_taken: actions };
  stage.emit('RECOVERY_COMPLETED', done, { by: MANAGER });
  const config = stage.world.configs.get(key);
  if (config?.champion === model) rollBack(stage, config);
  post(stage.rng.between(30, 180), 'clear', { config: key, model });
}

function rollBack(stage: Stage, config: Config): void {
  const target = config.former.at(-1);
  const model = config.champion;
  if (!target) return;
  const restored = {
    model_id: target.model,
    checkpoint_path: `models/${target.model}.pth`,
    rollback_from: model,
    reason: REASON,
  };
  stage.emit('TRAINING_ROLLBACK_COMPLETED', restored, { by: MANAGER });
  const back = {
    model_id: model,
    reason: REASON,
    rollback_to: target.model,
    timestamp: stage.iso(),
    config_key: config.spec.key,
  };
  stage.emit('PROMOTION_ROLLED_BACK', back, { by: MANAGER });
  publishElo(stage, config, target.model, target.elo, 100);
}

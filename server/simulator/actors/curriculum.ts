import { defineActor, type Stage } from '../actor';
import { round } from '../random';
import type { Config } from '../world';
import { configNamed } from './exporting';

type Messages = { explore: Record<string, never> };

const BY = 'CurriculumFeedback';
const STRATEGIES = ['standard', 'high_temperature', 'annealed', 'noisy_root'];

/** Which config gets how much selfplay, against whom, and how boldly it plays. */
export const curriculum = defineActor<Messages>({
  name: 'curriculum',
  start: (stage, post) => post(stage.wait(2400), 'explore', {}),
  on: {
    explore(stage, _, post) {
      explore(stage, stage.rng.pick([...stage.world.configs.values()]));
      post(stage.wait(3000), 'explore', {});
    },
  },
  hears: {
    ELO_SIGNIFICANT_CHANGE(stage, { payload }) {
      const config = configNamed(stage, payload);
      if (config && stage.rng.chance(0.6)) rebalance(stage, config);
    },
    MODEL_PROMOTED(stage, { payload }) {
      const config = configNamed(stage, payload);
      if (config) master(stage, config);
    },
    PLATEAU_DETECTED(stage, { payload }) {
      const config = configNamed(stage, payload);
      if (!config) return;
      const boost = {
        config_key: config.spec.key,
        boost_factor: round(stage.rng.between(1.2, 2), 2),
        reason: 'plateau',
        timestamp: stage.iso(),
      };
      stage.emit('EXPLORATION_BOOST', boost, { by: 'FeedbackSignals' });
    },
  },
});

function weights(stage: Stage): Record<string, number> {
  return Object.fromEntries(
    [...stage.world.configs.values()].map((config) => [config.spec.key, config.weight]),
  );
}

/** Configs that improve slowly get more games; the one that moved is weighed anew first. */
function rebalance(stage: Stage, mover: Config): void {
  const { rng } = stage;
  const before = weights(stage);
  const old = mover.weight;
  for (const config of stage.world.configs.values()) {
    config.weight = round(Math.min(2, Math.max(0.5, 1.2 - config.velocity / 60 + rng.gauss(0, 0.15))), 2);
  }
  const payload = {
    config: mover.spec.key,
    old_weights: before,
    new_weights: weights(stage),
    reason: 'elo_change',
    trigger: 'elo_change',
    timestamp: stage.iso(),
  };
  stage.emit('CURRICULUM_REBALANCED', payload, { by: 'event_emitters' });
  if (old === mover.weight) return;
  const updated = {
    config_key: mover.spec.key,
    old_weight: old,
    new_weight: mover.weight,
    reason: 'rebalanced',
  };
  stage.emit('WEIGHT_UPDATED', updated, { by: BY });
}

function master(stage: Stage, config: Config): void {
  const { rng } = stage;
  const key = config.spec.key;
  if (rng.chance(0.25)) {
    const opponent = rng.pick(['random', 'heuristic', 'mcts_100', 'mcts_800']);
    const payload = {
      config_key: key,
      opponent_type: opponent,
      win_rate: round(rng.between(0.8, 0.97), 3),
      timestamp: stage.iso(),
    };
    stage.emit('OPPONENT_MASTERED', payload, { by: BY });
  }
  if (config.elo < 1500 + config.tier * 60) return;
  const advanced = {
    config_key: key,
    old_tier: `tier_${String(config.tier)}`,
    new_tier: `tier_${String(config.tier + 1)}`,
    timestamp: stage.iso(),
  };
  config.tier += 1;
  stage.emit('CURRICULUM_ADVANCED', advanced, { by: BY });
  const tier = {
    model_id: config.champion,
    config_key: key,
    old_tier: advanced.old_tier,
    new_tier: advanced.new_tier,
    timestamp: stage.iso(),
  };
  stage.emit('TIER_PROMOTION', tier, { by: 'PromotionController' });
  if (rng.chance(0.3)) {
    const board = {
      model_id: config.champion,
      source_config: key,
      target_config: otherOf(stage, config),
      elo: config.elo,
      timestamp: stage.iso(),
    };
    stage.emit('CROSSBOARD_PROMOTION', board, { by: 'PromotionController' });
  }
}

function otherOf(stage: Stage, config: Config): string {
  const others = [...stage.world.configs.keys()].filter((key) => key !== config.spec.key);
  return others.length > 0 ? stage.rng.pick(others) : config.spec.key;
}

function explore(stage: Stage, config: Config): void {
  const next = stage.rng.pick(STRATEGIES.filter((s) => s !== config.exploration));
  const payload = {
    config_key: config.spec.key,
    old_strategy: config.exploration,
    new_strategy: next,
    reason: config.velocity < 2 ? 'elo_stagnating' : 'temperature_schedule',
  };
  config.exploration = next;
  stage.emit('EXPLORATION_ADJUSTED', payload, { by: 'TemperatureScheduling' });
}

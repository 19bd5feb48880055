import { defineActor, numberOf, textOf, type Stage } from '../actor';
import { round } from '../random';
import type { Config } from '../world';
import { configNamed } from './exporting';

type Messages = {
  gate: { config: string; model: string; elo: number; winRate: number };
  promote: { config: string; model: string; elo: number; retry: boolean };
};

const BY = 'PromotionController';
/** A candidate must be this much stronger than the champion; the gate measures with some noise of its own. */
const MARGIN = 10;

/** Decides which evaluated model becomes champion. */
export const promotion = defineActor<Messages>({
  name: 'promotion',
  on: {
    gate(stage, message, post) {
      const config = stage.world.configs.get(message.config);
      if (!config) return;
      const required = round(config.elo + MARGIN + stage.rng.gauss(0, 4), 1);
      if (message.elo < required) {
        reject(stage, config, message, required);
        return;
      }
      const { model, elo } = message;
      config.stagnant = 0;
      const candidate = {
        model_id: model,
        elo,
        win_rate: message.winRate,
        reason: 'elo_improvement',
        config_key: message.config,
      };
      stage.emit('PROMOTION_CANDIDATE', candidate, { by: 'AutoPromotionDaemon' });
      stage.emit('PROMOTION_STARTED', { model_id: model, config_key: message.config }, { by: BY });
      post(stage.rng.between(2, 9), 'promote', { config: message.config, model, elo, retry: false });
    },
    promote(stage, message, post) {
      const config = stage.world.configs.get(message.config);
      if (!config) return;
      if (!message.retry && stage.rng.chance(0.03)) {
        const failed = {
          model_id: message.model,
          error: 'registry is locked',
          config_key: message.config,
          timestamp: stage.iso(),
        };
        stage.emit('PROMOTION_FAILED', failed, { by: BY });
        post(stage.rng.between(30, 90), 'promote', { ...message, retry: true });
        return;
      }
      promote(stage, config, message.model, message.elo);
    },
  },
  hears: {
    EVALUATION_COMPLETED(stage, { payload }, post) {
      const config = configNamed(stage, payload);
      const model = textOf(payload, 'model_id');
      const elo = numberOf(payload, 'elo');
      if (!config || model === undefined || elo === undefined || model === config.champion) return;
      const winRate = numberOf(payload, 'win_rate') ?? 0.5;
      post(stage.rng.between(1, 4), 'gate', { config: config.spec.key, model, elo, winRate });
    },
  },
});

function reject(stage: Stage, config: Config, message: Messages['gate'], required: number): void {
  config.stagnant += 1;
  const reason = message.winRate < 0.48 ? 'win_rate_too_low' : 'insufficient_elo_gain';
  const payload = {
    model_id: message.model,
    reason,
    elo: message.elo,
    required_elo: required,
    config_key: message.config,
  };
  stage.emit('PROMOTION_REJECTED', payload, { by: BY });
}

function promote(stage: Stage, config: Config, model: string, elo: number): void {
  const payload = {
    model_id: model,
    config_key: config.spec.key,
    tier: 'production',
    elo,
    promotion_type: 'production',
    elo_improvement: round(elo - config.elo, 1),
    model_path: `models/${model}.pth`,
    timestamp: stage.iso(),
  };
  stage.emit('MODEL_PROMOTED', payload, { by: BY });
}

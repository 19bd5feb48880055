import type { Stage } from '../actor';
import { clamp, round } from '../random';
import type { Config } from '../world';

const PENALTY = 0.7;
const LOWEST_RATE = 0.4;

/** The quality loop's brake: less selfplay on the config, first of all with a notice of the penalty. */
export function penalise(stage: Stage, config: Config): void {
  const payload = { config_key: config.spec.key, penalty_factor: PENALTY, reason: 'quality_below_threshold' };
  stage.emit('QUALITY_PENALTY_APPLIED', payload, { by: 'FeedbackLoopController' });
  config.penalised = true;
  changeRate(stage, config, Math.max(LOWEST_RATE, config.rate * PENALTY));
}

/** Quality is back: the penalty is lifted. */
export function adjustFeedback(stage: Stage, config: Config): void {
  const payload = {
    config_key: config.spec.key,
    old_weight: config.rate,
    new_weight: 1,
    reason: 'quality_recovered',
  };
  config.penalised = false;
  config.qualityTarget = config.spec.quality;
  stage.emit('QUALITY_FEEDBACK_ADJUSTED', payload, { by: 'FeedbackLoopController' });
  changeRate(stage, config, Math.min(1, config.rate * 1.4));
}

/** SelfplayScheduler follows; steps below a fiftieth are not worth an event. */
export function changeRate(stage: Stage, config: Config, wanted: number): void {
  const rate = round(wanted, 2);
  const change = round((100 * (rate - config.rate)) / config.rate, 1);
  if (Math.abs(change) < 2) return;
  const payload = { config_key: config.spec.key, old_rate: config.rate, new_rate: rate, change_pct: change };
  config.rate = rate;
  stage.emit('SELFPLAY_RATE_CHANGED', payload, { by: 'SelfplayScheduler' });
}

/** UnifiedQualityScorer samples single games. */
export function scoreGame(stage: Stage): void {
  const { rng } = stage;
  const config = rng.pick([...stage.world.configs.values()]);
  const score = round(clamp(rng.gauss(config.quality, 0.12), 0.02, 0.99), 3);
  const category =
    score > 0.8
      ? 'excellent'
      : score > 0.65
        ? 'good'
        : score > 0.5
          ? 'adequate'
          : score > 0.3
            ? 'poor'
            : 'unusable';
  const payload = {
    game_id: `g${rng.hex(10)}`,
    quality_score: score,
    quality_category: category,
    training_weight: round(clamp(score * 0.8, 0.05, 1), 2),
    game_length: rng.int(18, 140),
    is_decisive: rng.chance(0.93),
    is_per_game: true,
    source: 'UnifiedQualityScorer',
  };
  stage.emit('QUALITY_SCORE_UPDATED', payload, { by: 'UnifiedQualityScorer' });
}

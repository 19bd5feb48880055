import { defineActor, type Stage } from '../actor';
import { clamp, round } from '../random';
import type { Config } from '../world';
import { configNamed } from './exporting';
import { adjustFeedback, changeRate, penalise, scoreGame } from './quality-feedback';

type Nothing = Record<string, never>;
type Messages = {
  measure: { config: string };
  game: Nothing;
  spell: Nothing;
  check: Nothing;
  judge: { config: string };
};

const BY = 'QualityMonitorDaemon';
const THRESHOLD = 0.6;
const GOOD = 0.65;

/** Watches the quality of the games: bad spells are penalised, recovery lifts the penalty again. */
export const quality = defineActor<Messages>({
  name: 'quality',
  start(stage, post) {
    for (const config of stage.world.configs.keys()) post(stage.gap(600), 'measure', { config });
    post(stage.wait(370), 'game', {});
    post(stage.wait(2700), 'spell', {});
    post(stage.wait(4000), 'check', {});
  },
  on: {
    measure(stage, { config: key }, post) {
      const config = stage.world.configs.get(key);
      if (config) measure(stage, config);
      post(stage.gap(700), 'measure', { config: key });
    },
    game(stage, _, post) {
      scoreGame(stage);
      post(stage.wait(370), 'game', {});
    },
    spell(stage, _, post) {
      const config = stage.rng.pick([...stage.world.configs.values()]);
      config.qualityTarget = config.spec.quality - stage.rng.between(0.15, 0.3);
      post(stage.wait(5400), 'spell', {});
    },
    check(stage, _, post) {
      requestCheck(stage, stage.rng.pick([...stage.world.configs.values()]));
      post(stage.wait(4000), 'check', {});
    },
    judge: (stage, message) => judge(stage, message),
  },
  hears: {
    QUALITY_CHECK_REQUESTED(stage, { payload }, post) {
      const config = configNamed(stage, payload);
      if (config) post(stage.rng.between(10, 60), 'judge', { config: config.spec.key });
    },
    DATA_SYNC_COMPLETED(stage) {
      const config = stage.rng.pick([...stage.world.configs.values()]);
      if (config.quality >= GOOD) announceGood(stage, config);
    },
  },
});

function measure(stage: Stage, config: Config): void {
  const { rng } = stage;
  const before = config.quality;
  const drift = (config.qualityTarget - before) * 0.35 + rng.gauss(0, 0.012);
  config.quality = round(clamp(before + drift, 0.3, 0.97), 4);
  // A bad spell ends once it has been noticed and fought for a while.
  if (config.penalised && rng.chance(0.3))
    config.qualityTarget = config.spec.quality + rng.between(-0.02, 0.04);
  const payload = {
    board_type: config.spec.board,
    num_players: config.spec.players,
    avg_quality: config.quality,
    total_games: config.totalGames,
    high_quality_games: Math.round(config.totalGames * config.quality * 0.8),
    timestamp: stage.iso(),
  };
  stage.emit('QUALITY_SCORE_UPDATED', payload, { by: BY });
  react(stage, config, before);
}

function react(stage: Stage, config: Config, before: number): void {
  const key = config.spec.key;
  const shift = round(Math.abs(config.quality - before), 4);
  if (shift > 0.05) {
    const changed = { config_key: key, old_avg: before, new_avg: config.quality, shift_magnitude: shift };
    stage.emit('QUALITY_DISTRIBUTION_CHANGED', changed, { by: BY });
  }
  if (config.quality < THRESHOLD) {
    const drop = round((100 * (config.spec.quality - config.quality)) / config.spec.quality, 1);
    const payload = {
      config_key: key,
      current_quality: config.quality,
      threshold: THRESHOLD,
      quality_drop_pct: drop,
    };
    stage.emit('QUALITY_DEGRADED', payload, { by: BY });
    if (config.quality < 0.58)
      stage.emit(
        'LOW_QUALITY_DATA_WARNING',
        { config_key: key, avg_quality: config.quality, threshold: THRESHOLD },
        { by: BY },
      );
    if (config.quality < 0.52) {
      const alert = {
        config_key: key,
        alert_type: 'low_average',
        severity: 'error',
        quality_score: config.quality,
        timestamp: stage.iso(),
      };
      stage.emit('DATA_QUALITY_ALERT', alert, { by: BY });
    }
    penalise(stage, config);
  } else if (config.penalised && config.quality >= GOOD) adjustFeedback(stage, config);
  else if (config.rate < 1 && !config.penalised) changeRate(stage, config, Math.min(1, config.rate * 1.4));
}

function announceGood(stage: Stage, config: Config): void {
  const total = config.fresh + stage.rng.int(800, 3000);
  const payload = {
    config_key: config.spec.key,
    high_quality_count: Math.round(total * 0.8),
    total_count: total,
    avg_quality: config.quality,
  };
  stage.emit('HIGH_QUALITY_DATA_AVAILABLE', payload, { by: BY });
}

function requestCheck(stage: Stage, config: Config): void {
  const reason = stage.rng.pick(['post_sync_audit', 'operator_request', 'loss_anomaly']);
  const payload = { config_key: config.spec.key, reason, timestamp: stage.iso() };
  stage.emit('QUALITY_CHECK_REQUESTED', payload, { by: 'FeedbackLoopController' });
}

function judge(stage: Stage, { config: key }: { config: string }): void {
  const config = stage.world.configs.get(key);
  if (!config) return;
  if (stage.rng.chance(0.3)) {
    const failed = { config_key: key, error: 'games database is locked', timestamp: stage.iso() };
    stage.emit('QUALITY_CHECK_FAILED', failed, { by: BY });
  } else measure(stage, config);
}

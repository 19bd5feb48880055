import { defineActor, textOf, type Post, type Stage } from '../actor';
import { nextId, type Config } from '../world';

type Messages = {
  finish: { config: string; games: number; path: string; seconds: number };
  reconsider: { config: string };
};
type Send = Post<Messages>;

const BY = 'AutoExportDaemon';
export const REQUIRED_QUALITY = 0.55;

/** Turns enough fresh games into a training file and decides whether training starts. */
export const exporting = defineActor<Messages>({
  name: 'exporting',
  on: {
    finish(stage, { config: key, games, path, seconds }, post) {
      const config = stage.world.configs.get(key);
      if (!config) return;
      reportExport(stage, config, games, path, seconds);
      decide(stage, config, games, post);
    },
    reconsider(stage, { config: key }, post) {
      const config = stage.world.configs.get(key);
      if (config) decide(stage, config, config.fresh, post);
    },
  },
  hears: {
    DATA_SYNC_COMPLETED(stage, _, post) {
      for (const config of stage.world.configs.values()) {
        if (!config.busy && config.fresh >= config.target) begin(stage, config, post);
      }
    },
  },
});

function begin(stage: Stage, config: Config, post: Send): void {
  const { rng } = stage;
  config.busy = true;
  const { key, board, players } = config.spec;
  const path = `data/training/${key}_${String(Math.floor(stage.epoch()))}.npz`;
  const payload = {
    board_type: board,
    num_players: players,
    output_path: path,
    games_to_export: config.fresh,
  };
  stage.emit('NPZ_EXPORT_STARTED', payload, { by: BY });
  const seconds = Math.round(rng.between(55, 200) * 10) / 10;
  post(seconds, 'finish', { config: key, games: config.fresh, path, seconds });
}

function reportExport(stage: Stage, config: Config, games: number, path: string, seconds: number): void {
  const { rng } = stage;
  const { key, board, players } = config.spec;
  const payload = {
    board_type: board,
    num_players: players,
    samples_exported: games * 38,
    games_exported: games,
    output_path: path,
    success: true,
    duration_seconds: seconds,
    config_key: key,
    timestamp: stage.iso(),
  };
  stage.emit('NPZ_EXPORT_COMPLETE', payload, { by: BY });
  // The stage bus says it once more in its own, emptier words.
  if (rng.chance(0.2)) {
    const thin = { event: 'npz_export_complete', success: true, config: '', metrics: {} };
    const host = rng.pick([...stage.world.nodes.keys()]);
    stage.emit('NPZ_EXPORT_COMPLETE', thin, { by: 'stage_event', on: host });
  }
  if (rng.chance(0.4)) {
    const batch = {
      config_key: key,
      batch_id: nextId(stage.world, 'encoding'),
      samples_encoded: games * 38,
      duration_seconds: seconds,
    };
    stage.emit('ENCODING_BATCH_COMPLETED', batch, { by: BY });
  }
}

function decide(stage: Stage, config: Config, games: number, post: Send): void {
  const key = config.spec.key;
  if (config.quality < REQUIRED_QUALITY) {
    const payload = { config_key: key, quality: config.quality, required_quality: REQUIRED_QUALITY };
    stage.emit('TRAINING_BLOCKED_BY_QUALITY', payload, { by: 'TrainingTriggerDaemon' });
    post(stage.rng.between(500, 900), 'reconsider', { config: key });
    return;
  }
  config.fresh = 0;
  trigger(stage, config, games, 'threshold');
}

/** Announces that a config shall train; the training actor takes it from there. */
export function trigger(stage: Stage, config: Config, games: number, reason: string): void {
  const payload = {
    config: config.spec.key,
    job_id: `${config.spec.key}_${String(Math.floor(stage.epoch()))}`,
    trigger_reason: reason,
    games,
    threshold: config.target,
    priority: config.weight > 1.3 ? 'high' : stage.rng.pick(['normal', 'high']),
    event_subtype: 'training_triggered',
    timestamp: stage.iso(),
  };
  stage.emit('TRAINING_THRESHOLD_REACHED', payload, { by: 'event_emitters' });
}

/** The config that an event of this kind names. */
export function configNamed(stage: Stage, payload: Parameters<typeof textOf>[0]): Config | undefined {
  const key =
    textOf(payload, 'config_key') ??
    textOf(payload, 'config') ??
    textOf(payload, 'model_id')?.replace(/_v\d+$/, '');
  return key === undefined ? undefined : stage.world.configs.get(key);
}

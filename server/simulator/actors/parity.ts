import { defineActor, type Stage } from '../actor';
import { round } from '../random';

type Messages = {
  begin: Record<string, never>;
  finish: { config: string; games: number };
  calibrate: Record<string, never>;
};

const BY = 'parity';
const THRESHOLD = 0.02;

/** The rules exist in two languages: replays check that both agree. Ratings are calibrated beside it. */
export const parity = defineActor<Messages>({
  name: 'parity',
  start(stage, post) {
    post(stage.wait(900), 'begin', {});
    post(stage.wait(7200), 'calibrate', {});
  },
  on: {
    begin(stage, _, post) {
      const { spec } = stage.rng.pick([...stage.world.configs.values()]);
      const games = stage.rng.pick([100, 200, 200, 500]);
      const payload = {
        board_type: spec.board,
        num_players: spec.players,
        games_to_validate: games,
        timestamp: stage.iso(),
      };
      stage.emit('PARITY_VALIDATION_STARTED', payload, { by: BY });
      post(stage.rng.between(40, 200), 'finish', { config: spec.key, games });
      post(stage.wait(1600), 'begin', {});
    },
    finish: (stage, message) => finish(stage, message),
    calibrate(stage, _, post) {
      const { key } = stage.rng.pick([...stage.world.configs.values()]).spec;
      const payload = {
        config_key: key,
        calibration_error: round(stage.rng.between(0.01, 0.06), 4),
        samples: stage.rng.int(2, 20) * 100,
        timestamp: stage.iso(),
      };
      stage.emit('CALIBRATION_COMPLETED', payload, { by: 'EloService' });
      post(stage.wait(9000), 'calibrate', {});
    },
  },
});

function finish(stage: Stage, { config: key, games }: { config: string; games: number }): void {
  const { rng } = stage;
  const config = stage.world.configs.get(key);
  if (!config) return;
  const failures = rng.chance(0.12) ? round(rng.between(0.01, 0.06), 4) : rng.pick([0, 0.005, 0.01]);
  const payload = {
    board_type: config.spec.board,
    num_players: config.spec.players,
    success: failures < THRESHOLD,
    games_validated: games,
    parity_rate: round(1 - failures, 4),
    timestamp: stage.iso(),
  };
  stage.emit('PARITY_VALIDATION_COMPLETED', payload, {
    by: BY,
    as: rng.chance(0.1) ? 'parity_validation_complete' : undefined,
  });
  if (Math.abs(failures - config.parityFailures) >= 0.01) {
    const changed = {
      config_key: key,
      old_rate: config.parityFailures,
      new_rate: failures,
      threshold: THRESHOLD,
    };
    stage.emit('PARITY_FAILURE_RATE_CHANGED', changed, { by: BY });
  }
  config.parityFailures = failures;
}

import { defineActor, textOf, type Post, type Stage } from '../actor';
import { clamp, round } from '../random';
import { isUp, nextId, nodesUp, type Config, type Evaluation } from '../world';
import { configNamed } from './exporting';

type Messages = {
  start: { model: string; config: string; attempt: number };
  games: { evaluation: string };
};
type Send = Post<Messages>;

const GAUNTLET = 'game_gauntlet';
const SIGNIFICANT = 25;
/** Elo lies this far apart for one standard deviation of a gauntlet's verdict. */
const NOISE = 21;

/** Measures each trained model in a gauntlet; the verdict is noisy, the strength behind it saturates. */
export const evaluation = defineActor<Messages>({
  name: 'evaluation',
  on: {
    start: (stage, message, post) => start(stage, message, post),
    games: (stage, { evaluation: id }, post) => playOn(stage, id, post),
  },
  hears: {
    TRAINING_COMPLETED(stage, { payload }, post) {
      const config = configNamed(stage, payload);
      const model = textOf(payload, 'model_id');
      if (!config || model === undefined) return;
      post(stage.rng.between(20, 90), 'start', { model, config: config.spec.key, attempt: 1 });
    },
    HOST_OFFLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      for (const [id, run] of stage.world.evaluations)
        if (run.node === node) abort(stage, id, run, 'gauntlet worker lost', post);
    },
  },
});

function start(stage: Stage, message: Messages['start'], post: Send): void {
  const { world, rng } = stage;
  const config = world.configs.get(message.config);
  const hosts = nodesUp(world).filter((node) => node.spec.evaluates);
  if (!config) return;
  if (hosts.length === 0) {
    post(60, 'start', message);
    return;
  }
  const node = rng.pick(hosts).spec.name;
  const planned = message.attempt === 1 ? rng.pick([100, 200, 200, 400]) : 50 + 100 * message.attempt;
  const id = nextId(world, 'evaluation');
  world.evaluations.set(id, {
    config: message.config,
    model: message.model,
    node,
    planned,
    delta: verdict(stage, config),
    attempt: message.attempt,
    played: 0,
  });
  const payload = {
    model_id: message.model,
    board_type: config.spec.board,
    num_players: config.spec.players,
    evaluation_type: 'gauntlet',
    games_planned: planned,
    config_key: message.config,
  };
  stage.emit('EVALUATION_STARTED', payload, { by: 'AutoEvaluationDaemon', on: node });
  post(rng.between(380, 630) / (planned / 50), 'games', { evaluation: id });
}

/** What the gauntlet will say: true progress shrinks towards the ceiling and with poor data; luck does not. */
function verdict(stage: Stage, config: Config): number {
  const room = Math.max(0, config.spec.ceiling - config.elo);
  const progress = room * 0.042 * clamp((config.quality - 0.4) / 0.35, 0.2, 1.2);
  return round(stage.rng.gauss(progress, NOISE), 1);
}

function playOn(stage: Stage, id: string, post: Send): void {
  const { world, rng } = stage;
  const run = world.evaluations.get(id);
  if (!run || !isUp(world, run.node)) return;
  run.played += 50;
  if (run.played === 50 && rng.chance(0.015)) {
    abort(stage, id, run, 'opponent process exited with code 139', post);
    return;
  }
  if (run.played >= run.planned) {
    complete(stage, id, run);
    return;
  }
  progress(stage, run);
  post(rng.between(380, 630) / (run.planned / 50), 'games', { evaluation: id });
}

function progress(stage: Stage, run: Evaluation): void {
  const config = stage.world.configs.get(run.config);
  if (!config) return;
  const doubt = NOISE * Math.sqrt(1 - run.played / run.planned);
  const payload = {
    model_id: run.model,
    games_completed: run.played,
    games_planned: run.planned,
    current_elo: round(config.elo + run.delta + stage.rng.gauss(0, doubt), 1),
  };
  stage.emit('EVALUATION_PROGRESS', payload, { by: GAUNTLET, on: run.node });
}

function complete(stage: Stage, id: string, run: Evaluation): void {
  const { world, rng } = stage;
  world.evaluations.delete(id);
  const config = world.configs.get(run.config);
  if (!config) return;
  const elo = round(config.elo + run.delta, 1);
  const expected = 1 / (1 + 10 ** (-run.delta / 400));
  const payload = {
    model_id: run.model,
    board_type: config.spec.board,
    num_players: config.spec.players,
    config_key: run.config,
    elo,
    win_rate: round(clamp(rng.gauss(expected, 0.012), 0, 1), 4),
    games_played: run.planned,
    elo_delta: run.delta,
    opponents: ['random', 'heuristic', config.champion],
    timestamp: stage.iso(),
  };
  const as = rng.chance(0.06) ? 'evaluation_complete' : undefined;
  stage.emit('EVALUATION_COMPLETED', payload, { by: GAUNTLET, on: run.node, as });
  publishElo(stage, config, run.model, elo, run.planned);
}

/** EloService: every verdict moves the published rating; large steps and changes of pace are announced. */
export function publishElo(stage: Stage, config: Config, model: string, elo: number, games: number): void {
  const key = config.spec.key;
  const delta = round(elo - config.published, 1);
  const by = { by: 'EloService' };
  const payload = {
    model_id: model,
    config_key: key,
    old_elo: config.published,
    new_elo: elo,
    elo_delta: delta,
    games_played: games,
  };
  config.published = elo;
  stage.emit('ELO_UPDATED', payload, by);
  if (Math.abs(delta) >= SIGNIFICANT) {
    stage.emit(
      'ELO_SIGNIFICANT_CHANGE',
      { config_key: key, elo_delta: delta, new_elo: elo, threshold: SIGNIFICANT },
      by,
    );
  }
  const velocity = round(config.velocity * 0.6 + delta * 0.4, 2);
  const change = (100 * (velocity - config.velocity)) / Math.max(1, Math.abs(config.velocity));
  if (Math.abs(change) >= 60) {
    const changed = {
      config_key: key,
      old_velocity: config.velocity,
      new_velocity: velocity,
      change_pct: round(change, 1),
    };
    stage.emit('ELO_VELOCITY_CHANGED', changed, by);
  }
  config.velocity = velocity;
}

function abort(stage: Stage, id: string, run: Evaluation, error: string, post: Send): void {
  stage.world.evaluations.delete(id);
  const payload = { model_id: run.model, error, timestamp: stage.iso(), config_key: run.config };
  stage.emit('EVALUATION_FAILED', payload, {
    by: GAUNTLET,
    on: isUp(stage.world, run.node) ? run.node : undefined,
  });
  post(stage.rng.between(60, 180), 'start', {
    model: run.model,
    config: run.config,
    attempt: run.attempt + 1,
  });
}

import { defineActor, textOf, type Post, type Stage } from '../actor';
import { clamp, round } from '../random';
import { nextId, type Node } from '../world';

type Messages = {
  play: { node: string };
  finish: { task: string };
  retarget: Record<string, never>;
};
type Send = Post<Messages>;

const BY = 'SelfplayRunner';

/** Keeps every machine that is up playing batches, one slot per unit of rate. */
export const selfplay = defineActor<Messages>({
  name: 'selfplay',
  start(stage, post) {
    for (const node of stage.world.nodes.values()) launch(stage, node.spec.name, post);
    post(stage.wait(2400), 'retarget', {});
  },
  on: {
    play: (stage, { node }, post) => begin(stage, node, post),
    finish(stage, { task }, post) {
      const batch = stage.world.batches.get(task);
      if (!batch) return;
      stage.world.batches.delete(task);
      report(stage, task, batch);
      post(stage.rng.between(1, 8), 'play', { node: batch.node });
    },
    retarget(stage, _, post) {
      retarget(stage);
      post(stage.wait(2400), 'retarget', {});
    },
  },
  hears: {
    HOST_ONLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      if (node !== undefined && stage.world.nodes.has(node)) launch(stage, node, post);
    },
    HOST_OFFLINE(stage, { payload }) {
      const node = textOf(payload, 'node_id');
      for (const [task, batch] of stage.world.batches)
        if (batch.node === node) stage.world.batches.delete(task);
    },
  },
});

function launch(stage: Stage, node: string, post: Send): void {
  const running = [...stage.world.batches.values()].filter((batch) => batch.node === node).length;
  for (let slot = running; slot < Math.max(1, Math.round(stage.rate)); slot++)
    post(stage.rng.between(5, 400), 'play', { node });
}

function begin(stage: Stage, name: string, post: Send): void {
  const { world, rng } = stage;
  const node = world.nodes.get(name);
  const slots = Math.max(1, Math.round(stage.rate));
  const running = [...world.batches.values()].reduce((n, batch) => n + (batch.node === name ? 1 : 0), 0);
  if (!node?.up || running >= slots) return;
  const config = rng.weighted([...world.configs.values()], (c) => c.weight * c.rate);
  const seconds = round(clamp(rng.gauss(410, 90) * slowness(node), 68, 1200), 1);
  const games = Math.round(clamp(rng.gauss(225, 45) * node.spec.pace * config.rate, 40, 480));
  const task = nextId(world, 'selfplay');
  world.batches.set(task, { node: name, config: config.spec.key, games, seconds });
  post(seconds, 'finish', { task });
}

/** A machine under backpressure plays more slowly. */
function slowness(node: Node): number {
  return node.pressure === null ? 1 : node.pressure === 'critical' ? 2 : 1.4;
}

function report(
  stage: Stage,
  task: string,
  batch: { node: string; config: string; games: number; seconds: number },
): void {
  const { world, rng } = stage;
  const config = world.configs.get(batch.config);
  const node = world.nodes.get(batch.node);
  if (!config || !node) return;
  const success = !rng.chance(0.014);
  const games = success ? batch.games : 0;
  const kind = rng.chance(0.08)
    ? 'canonical'
    : node.spec.gpuMemoryGb > 0 && rng.chance(0.6)
      ? 'gpu_accelerated'
      : 'standard';
  config.totalGames += games;
  node.unsynced.set(batch.config, (node.unsynced.get(batch.config) ?? 0) + games);
  const payload = {
    task_id: task,
    board_type: config.spec.board,
    num_players: config.spec.players,
    config_key: batch.config,
    games_generated: games,
    success,
    node_id: batch.node,
    duration_seconds: batch.seconds,
    selfplay_type: kind,
    iteration: config.version + 10,
    error: success
      ? null
      : rng.pick([
          'CUDA error: an illegal memory access was encountered',
          'worker exited with code 137',
          'no moves generated',
        ]),
  };
  const as = spelling(kind, rng.float());
  stage.emit(
    'SELFPLAY_COMPLETE',
    payload,
    as === null ? { by: BY, on: batch.node } : { by: BY, on: batch.node, as },
  );
}

/** Some runners still report under the stage's name or the queue's legacy name. */
function spelling(kind: string, draw: number): string | null {
  if (draw > 0.15) return null;
  if (kind === 'gpu_accelerated') return 'gpu_selfplay_complete';
  return kind === 'canonical' ? 'canonical_selfplay_complete' : 'SELFPLAY_BATCH_COMPLETE';
}

function retarget(stage: Stage): void {
  const { world, rng } = stage;
  const config = rng.pick([...world.configs.values()]);
  const target = rng.pick([4000, 5000, 6000, 8000].filter((t) => t !== config.target));
  const reason = target > config.target ? rng.pick(['training_stalled', 'quality_low']) : 'manual';
  const payload = { config_key: config.spec.key, old_target: config.target, new_target: target, reason };
  config.target = target;
  stage.emit('SELFPLAY_TARGET_UPDATED', payload, { by: 'SelfplayScheduler' });
  if (rng.chance(0.4)) {
    const scale = round(rng.between(0.8, 1.3), 2);
    stage.emit(
      'P2P_SELFPLAY_SCALED',
      { config_key: config.spec.key, scale_factor: scale, reason: 'target_updated' },
      { by: 'P2POrchestrator' },
    );
  }
}

import { defineActor, numberOf, textOf, type Post, type Stage } from '../actor';
import { round } from '../random';
import { isUp, nextId, nodesUp, type Config, type SyncJob } from '../world';

type Messages = {
  finish: { sync: string };
  stall: { sync: string };
  fail: { sync: string; error: string };
  side: Record<string, never>;
  look: Record<string, never>;
};
type Send = Post<Messages>;

const BY = 'AutoSyncDaemon';
const SYNC_AT = 1400;
const STALL_SECONDS = 600;
const STALE_HOURS = 1.5;

/** Announces new games, moves them to the trainers, and watches how old the training data is. */
export const sync = defineActor<Messages>({
  name: 'sync',
  start(stage, post) {
    post(stage.wait(1500), 'side', {});
    post(stage.gap(600), 'look', {});
  },
  on: {
    finish: (stage, { sync }) => finish(stage, sync),
    stall(stage, { sync: id }, post) {
      const job = stage.world.syncs.get(id);
      if (!job) return;
      const seconds = stage.now - job.startedAt;
      const payload = {
        sync_type: job.type,
        source: job.node,
        duration_seconds: seconds,
        timeout_threshold: STALL_SECONDS,
      };
      stage.emit('SYNC_STALLED', payload, { by: BY, on: isUp(stage.world, job.node) ? job.node : undefined });
      post(stage.rng.between(20, 120), 'fail', { sync: id, error: 'sync stalled, giving up' });
    },
    fail: (stage, { sync, error }) => fail(stage, sync, error),
    side(stage, _, post) {
      const node = stage.rng.pick(nodesUp(stage.world)).spec.name;
      begin(stage, node, stage.rng.pick(['model', 'elo', 'registry']), stage.rng.int(1, 60), post);
      post(stage.wait(1500), 'side', {});
    },
    look(stage, _, post) {
      for (const config of stage.world.configs.values()) lookAtAge(stage, config, post);
      post(stage.gap(600), 'look', {});
    },
  },
  hears: {
    SELFPLAY_COMPLETE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      const key = textOf(payload, 'config_key');
      if (node === undefined || key === undefined) return;
      if (stage.rng.chance(0.5)) announce(stage, node, key, numberOf(payload, 'games_generated') ?? 0);
      syncWhenFull(stage, node, post);
    },
    SYNC_REQUEST(stage, { payload }, post) {
      const node = textOf(payload, 'source');
      if (node !== undefined && isUp(stage.world, node)) syncWhenFull(stage, node, post, 1);
    },
    HOST_OFFLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      for (const [id, job] of stage.world.syncs) {
        if (job.node === node)
          post(stage.rng.between(1, 20), 'fail', {
            sync: id,
            error: 'ssh: connect to host: No route to host',
          });
      }
    },
  },
});

function announce(stage: Stage, node: string, key: string, games: number): void {
  const config = stage.world.configs.get(key);
  if (!config || games === 0) return;
  const payload = {
    host: node,
    new_games: games,
    total_games: config.totalGames,
    config_key: key,
    timestamp: stage.iso(),
  };
  stage.emit('NEW_GAMES_AVAILABLE', payload, { by: BY, on: node });
}

function syncWhenFull(stage: Stage, name: string, post: Send, atLeast = SYNC_AT): void {
  const node = stage.world.nodes.get(name);
  if (!node || node.syncing) return;
  const items = [...node.unsynced.values()].reduce((sum, n) => sum + n, 0);
  if (items >= atLeast) begin(stage, name, 'data', items, post);
}

function begin(stage: Stage, name: string, type: SyncJob['type'], items: number, post: Send): void {
  const { world, rng } = stage;
  const node = world.nodes.get(name);
  if (!node?.up || node.syncing) return;
  node.syncing = true;
  const id = nextId(world, 'sync');
  world.syncs.set(id, { node: name, type, items, startedAt: stage.now });
  const payload = { sync_type: type, source: name, targets: targets(stage, name), items_to_sync: items };
  stage.emit('DATA_SYNC_STARTED', payload, { by: BY, on: name });
  const fate = rng.float();
  if (fate < 0.03)
    post(rng.between(5, 60), 'fail', { sync: id, error: 'rsync: connection unexpectedly closed (code 12)' });
  else if (fate < 0.055) post(rng.between(605, 700), 'stall', { sync: id });
  else post(rng.between(4, 80), 'finish', { sync: id });
}

function targets(stage: Stage, source: string): string[] {
  return nodesUp(stage.world)
    .filter((node) => node.spec.trains && node.spec.name !== source)
    .slice(0, 2)
    .map((node) => node.spec.name);
}

function close(stage: Stage, id: string): SyncJob | undefined {
  const job = stage.world.syncs.get(id);
  const node = job && stage.world.nodes.get(job.node);
  if (node) node.syncing = false;
  stage.world.syncs.delete(id);
  return job;
}

function finish(stage: Stage, id: string): void {
  const job = stage.world.syncs.get(id);
  if (!job || !isUp(stage.world, job.node)) return;
  close(stage, id);
  if (job.type === 'data') land(stage, job);
  const { rng } = stage;
  const payload = {
    sync_type: job.type,
    items_synced: job.items,
    success: true,
    duration_seconds: round(stage.now - job.startedAt, 2),
    source: job.node,
    iteration: 0,
    components: job.type === 'data' ? ['games', 'elo'] : [job.type],
    errors: rng.chance(0.02) ? ['skipped 1 file: changed while reading'] : [],
    timestamp: stage.iso(),
  };
  const as = rng.chance(0.06) ? rng.pick(['sync_completed', 'CLUSTER_SYNC_COMPLETE']) : undefined;
  stage.emit('DATA_SYNC_COMPLETED', payload, { by: BY, on: job.node, as });
  if (job.type !== 'data') return;
  const ids = Array.from({ length: 3 }, () => `g${rng.hex(10)}`);
  const synced = {
    game_ids: ids,
    source: job.node,
    targets: targets(stage, job.node).slice(0, 1),
    count: job.items,
  };
  stage.emit('GAME_SYNCED', synced, { by: BY, on: job.node });
}

/** The node's games are now on the trainers, ready for export. */
function land(stage: Stage, job: SyncJob): void {
  const node = stage.world.nodes.get(job.node);
  if (!node) return;
  for (const [key, games] of node.unsynced) {
    const config = stage.world.configs.get(key);
    if (!config) continue;
    config.fresh += games;
    config.lastSync = stage.now;
    if (config.stale) freshen(stage, config);
  }
  node.unsynced.clear();
}

function fail(stage: Stage, id: string, error: string): void {
  const job = close(stage, id);
  if (!job) return;
  const payload = { sync_type: job.type, error, source: job.node, timestamp: stage.iso() };
  stage.emit('DATA_SYNC_FAILED', payload, { by: BY, on: isUp(stage.world, job.node) ? job.node : undefined });
}

function ageHours(stage: Stage, config: Config): number {
  return round((stage.now - config.lastSync) / 3600, 2);
}

function lookAtAge(stage: Stage, config: Config, post: Send): void {
  const key = config.spec.key;
  // Clocks of the machines that hold the files disagree now and then: data looks older than it is.
  const age = ageHours(stage, config) + (stage.rng.chance(0.01) ? STALE_HOURS : 0);
  if (config.stale || age < STALE_HOURS) return;
  config.stale = true;
  const payload = {
    config_key: key,
    data_age_hours: round(age, 2),
    threshold_hours: STALE_HOURS,
    last_sync: stage.iso(config.lastSync),
  };
  stage.emit('DATA_STALE', payload, { by: 'TrainingFreshness' });
  stage.emit(
    'SYNC_TRIGGERED',
    { config_key: key, reason: 'stale_data', data_age_hours: round(age, 2) },
    { by: 'TrainingFreshness' },
  );
  const holder = nodesUp(stage.world).find((node) => (node.unsynced.get(key) ?? 0) > 0 && !node.syncing)?.spec
    .name;
  if (holder === undefined) return;
  const request = {
    source: holder,
    target: targets(stage, holder)[0] ?? holder,
    priority: 'high',
    reason: 'stale_data',
    config_key: key,
  };
  stage.emit('SYNC_REQUEST', request, { by: BY });
  syncWhenFull(stage, holder, post, 1);
}

function freshen(stage: Stage, config: Config): void {
  config.stale = false;
  const payload = {
    config_key: config.spec.key,
    data_age_hours: ageHours(stage, config),
    last_sync: stage.iso(config.lastSync),
  };
  stage.emit('DATA_FRESH', payload, { by: 'TrainingFreshness' });
}

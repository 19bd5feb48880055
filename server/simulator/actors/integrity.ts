import { defineActor, textOf, type Post, type Stage } from '../actor';
import { round } from '../random';

type Nothing = Record<string, never>;
type Messages = {
  scan: Nothing;
  adopt: { count: number };
  repair: Nothing;
  repaired: { target: string; seconds: number };
  create: Nothing;
};
type Send = Post<Messages>;

const BY = 'OrphanDetectionDaemon';

/** The books: games nobody registered, databases that need repair, new databases. */
export const integrity = defineActor<Messages>({
  name: 'integrity',
  start(stage, post) {
    post(stage.wait(900), 'scan', {});
    post(stage.wait(3600), 'repair', {});
    post(stage.wait(5400), 'create', {});
  },
  on: {
    scan(stage, _, post) {
      const count = stage.rng.int(12, 320);
      const database = `games_${stage.rng.pick([...stage.world.configs.values()]).spec.board}.db`;
      stage.emit('ORPHAN_GAMES_DETECTED', { count, databases: [database] }, { by: BY });
      post(stage.rng.between(5, 40), 'adopt', { count });
      post(stage.wait(1330), 'scan', {});
    },
    adopt(stage, { count }) {
      stage.emit('ORPHAN_GAMES_REGISTERED', { count }, { by: BY });
    },
    repair(stage, _, post) {
      beginRepair(stage, `data/games/${stage.rng.pick([...stage.world.configs.keys()])}.db`, post);
      post(stage.wait(5400), 'repair', {});
    },
    repaired: (stage, message) => endRepair(stage, message),
    create(stage, _, post) {
      const config = stage.rng.pick([...stage.world.configs.keys()]);
      const path = `data/games/${config}_${String(Math.floor(stage.epoch()))}.db`;
      stage.emit('DATABASE_CREATED', { path, config, timestamp: stage.iso() }, { by: 'DatabaseManager' });
      post(stage.wait(7200), 'create', {});
    },
  },
  hears: {
    DATA_SYNC_FAILED(stage, { payload }, post) {
      const error = textOf(payload, 'error') ?? '';
      if (error.startsWith('rsync') && stage.rng.chance(0.3))
        beginRepair(stage, `sync from ${textOf(payload, 'source') ?? 'unknown'}`, post);
    },
  },
});

function beginRepair(stage: Stage, target: string, post: Send): void {
  stage.emit('REPAIR_STARTED', { target, timestamp: stage.iso() }, { by: 'DataRepairDaemon' });
  const seconds = round(stage.rng.between(20, 300), 1);
  post(seconds, 'repaired', { target, seconds });
}

function endRepair(stage: Stage, { target, seconds }: Messages['repaired']): void {
  const at = { target, duration: seconds, timestamp: stage.iso() };
  const by = { by: 'DataRepairDaemon' };
  if (!stage.rng.chance(0.2)) {
    stage.emit('REPAIR_COMPLETED', at, by);
    return;
  }
  stage.emit('REPAIR_FAILED', { ...at, error: 'integrity_check failed: row missing from index' }, by);
}

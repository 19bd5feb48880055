import { defineActor, type Post, type Stage } from '../actor';
import { round } from '../random';

type Messages = {
  want: { lock: string; holder: string };
  release: { lock: string };
  timeout: { lock: string; holder: string };
  tangle: Record<string, never>;
};
type Send = Post<Messages>;

const BY = 'LockManager';
const WAIT_SECONDS = 30;

/** Locks around shared databases: taken, given back, waited for in vain, and now and then a knot. */
export const locks = defineActor<Messages>({
  name: 'locks',
  start(stage, post) {
    post(stage.wait(1300), 'want', someWish(stage));
    post(stage.wait(6000), 'tangle', {});
  },
  on: {
    want(stage, { lock, holder }, post) {
      take(stage, lock, holder, post);
      post(stage.wait(1600), 'want', someWish(stage));
    },
    release: (stage, { lock }) => release(stage, lock),
    timeout(stage, { lock, holder }) {
      const payload = { lock_name: lock, holder, waited_seconds: WAIT_SECONDS };
      stage.emit('LOCK_TIMEOUT', payload, { by: BY });
    },
    tangle(stage, _, post) {
      tangle(stage);
      post(stage.wait(7000), 'tangle', {});
    },
  },
  hears: {
    EVALUATION_COMPLETED: (stage, _, post) =>
      take(stage, `elo_db_${String(stage.rng.int(1, 4))}`, 'EloService', post),
  },
});

function someWish(stage: Stage): { lock: string; holder: string } {
  const { rng } = stage;
  return rng.chance(0.5)
    ? { lock: `elo_db_${String(rng.int(1, 4))}`, holder: 'EloService' }
    : {
        lock: rng.pick(['model_registry', 'replay_index', 'games_hex8', 'games_square8']),
        holder: rng.pick(['PromotionController', 'AutoExportDaemon', 'OrphanDetectionDaemon']),
      };
}

function take(stage: Stage, lock: string, holder: string, post: Send): void {
  const { world, rng } = stage;
  if (world.locks.has(lock)) {
    post(WAIT_SECONDS, 'timeout', { lock, holder });
    return;
  }
  world.locks.set(lock, holder);
  stage.emit('LOCK_ACQUIRED', { lock_name: lock, holder }, { by: BY });
  // Most holders are quick; one in six holds on long enough for others to wait in vain.
  const held = rng.chance(0.17) ? rng.between(120, 400) : rng.between(0.4, 20);
  if (held > 100)
    post(rng.between(5, 60), 'timeout', {
      lock,
      holder: rng.pick(['SelfplayScheduler', 'CurriculumFeedback']),
    });
  post(round(held, 3), 'release', { lock });
}

function release(stage: Stage, lock: string): void {
  if (!stage.world.locks.delete(lock)) return;
  stage.emit('LOCK_RELEASED', { lock_name: lock }, { by: BY });
}

function tangle(stage: Stage): void {
  const involved = ['model_registry', `elo_db_${String(stage.rng.int(1, 4))}`];
  const holders = ['PromotionController', 'EloService'];
  const payload = {
    locks_involved: involved,
    holders,
    resolution: 'youngest holder aborted',
    timestamp: stage.iso(),
  };
  stage.emit('DEADLOCK_DETECTED', payload, { by: BY });
  const [victim] = involved;
  if (victim !== undefined) release(stage, victim);
}

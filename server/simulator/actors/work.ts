import { defineActor, textOf, type Post, type Stage } from '../actor';
import { round } from '../random';
import { isUp, nextId, nodesUp, type WorkItem } from '../world';

type Messages = {
  enqueue: Record<string, never>;
  claim: { work: string };
  start: { work: string };
  finish: { work: string; seconds: number };
  retry: { work: string; error: string };
};
type Send = Post<Messages>;

const BY = 'WorkQueue';
const MAX_ATTEMPTS = 3;

/** The work queue: items are queued, claimed, started and end well, badly, late, cancelled or preempted. */
export const work = defineActor<Messages>({
  name: 'work',
  start: (stage, post) => post(stage.wait(60), 'enqueue', {}),
  on: {
    enqueue(stage, _, post) {
      enqueue(stage, post);
      post((stage.wait(78) * 14) / stage.world.nodes.size, 'enqueue', {});
    },
    claim: (stage, { work: id }, post) => claim(stage, id, post),
    start: (stage, { work: id }, post) => start(stage, id, post),
    finish: (stage, message, post) => finish(stage, message, post),
    retry: (stage, { work: id, error }, post) => retry(stage, id, error, post),
  },
  hears: {
    HOST_OFFLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      for (const [id, item] of stage.world.work) {
        if (item.node === node && item.state !== 'queued')
          post(stage.rng.between(5, 60), 'retry', { work: id, error: 'worker lost' });
      }
    },
    NODE_OVERLOADED: (stage, { payload }) => preempt(stage, textOf(payload, 'node_id')),
  },
});

function enqueue(stage: Stage, post: Send): void {
  const { world, rng } = stage;
  const id = nextId(world, 'work');
  const item: WorkItem = {
    type: rng.pick(['selfplay', 'training', 'evaluation', 'sync']),
    priority: rng.int(1, 99),
    state: 'queued',
    node: null,
    attempt: 1,
  };
  world.work.set(id, item);
  stage.emit('WORK_QUEUED', { work_id: id, work_type: item.type, priority: item.priority }, { by: BY });
  post(rng.between(2, 60), 'claim', { work: id });
}

function claim(stage: Stage, id: string, post: Send): void {
  const { world, rng } = stage;
  const item = world.work.get(id);
  if (item?.state !== 'queued') return;
  if (item.attempt === 1 && rng.chance(0.012)) {
    world.work.delete(id);
    const reason = rng.pick(['superseded', 'operator_request', 'config_paused']);
    stage.emit('WORK_CANCELLED', { work_id: id, reason, work_type: item.type }, { by: BY });
    return;
  }
  // A retry goes to another machine than the attempt that failed.
  const free = nodesUp(world).filter((node) => node.spec.name !== item.node && node.pressure !== 'critical');
  if (free.length === 0) {
    post(30, 'claim', { work: id });
    return;
  }
  item.node = rng.pick(free).spec.name;
  item.state = 'claimed';
  stage.emit('WORK_CLAIMED', { work_id: id, node_id: item.node }, { by: BY, on: item.node });
  post(rng.between(0.5, 12), 'start', { work: id });
}

function start(stage: Stage, id: string, post: Send): void {
  const { world, rng } = stage;
  const item = world.work.get(id);
  if (item?.state !== 'claimed' || item.node === null || !isUp(world, item.node)) return;
  item.state = 'started';
  stage.emit(
    'WORK_STARTED',
    { work_id: id, node_id: item.node, work_type: item.type },
    { by: BY, on: item.node },
  );
  const seconds = round(rng.between(60, 900), 1);
  post(seconds, 'finish', { work: id, seconds });
}

function finish(stage: Stage, { work: id, seconds }: Messages['finish'], post: Send): void {
  const { world, rng } = stage;
  const item = world.work.get(id);
  if (item?.state !== 'started' || item.node === null || !isUp(world, item.node)) return;
  const at = { by: BY, on: item.node };
  const fate = rng.float();
  if (fate < 0.03) {
    retry(stage, id, rng.pick(['exit code 137', 'exit code 1', 'checksum mismatch']), post);
    return;
  }
  world.work.delete(id);
  if (fate < 0.04) stage.emit('WORK_TIMEOUT', { work_id: id, node_id: item.node, work_type: item.type }, at);
  else if (fate < 0.06)
    stage.emit('WORK_FAILED', { work_id: id, error: 'exit code 137', node_id: item.node }, at);
  else stage.emit('WORK_COMPLETED', { work_id: id, duration: seconds, node_id: item.node }, at);
}

function retry(stage: Stage, id: string, error: string, post: Send): void {
  const item = stage.world.work.get(id);
  if (!item || item.node === null || item.state === 'queued') return;
  const on = isUp(stage.world, item.node) ? item.node : undefined;
  if (item.attempt >= MAX_ATTEMPTS) {
    stage.world.work.delete(id);
    stage.emit('WORK_FAILED', { work_id: id, error, node_id: item.node }, { by: BY, on });
    return;
  }
  stage.emit('WORK_RETRY', { work_id: id, attempt: item.attempt, error, node_id: item.node }, { by: BY, on });
  item.attempt += 1;
  item.state = 'queued';
  post(stage.rng.between(10, 90), 'claim', { work: id });
}

/** An overloaded machine gives up its least important item. */
function preempt(stage: Stage, node: string | undefined): void {
  const running = [...stage.world.work].filter(([, item]) => item.node === node && item.state === 'started');
  const [least] = running.sort(([, a], [, b]) => a.priority - b.priority);
  if (!least || node === undefined || !stage.rng.chance(0.7)) return;
  const [id, item] = least;
  stage.world.work.delete(id);
  stage.emit(
    'JOB_PREEMPTED',
    { job_id: id, reason: 'node_overloaded', node_id: node, work_type: item.type },
    { by: BY, on: node },
  );
  stage.emit('WORK_FAILED', { work_id: id, error: 'preempted', node_id: node }, { by: BY, on: node });
}

import { defineActor, textOf, type Post, type Stage } from '../actor';
import { round } from '../random';
import { isUp, nextId, nodesUp } from '../world';

type Messages = { spawn: Record<string, never>; beat: { task: string }; orphan: { task: string } };
type Send = Post<Messages>;

const BY = 'TaskLifecycleCoordinator';
const BEAT_SECONDS = 150;

/** Background tasks with heartbeats; those of a machine that dies are orphaned, some are adopted, some abandoned. */
export const tasks = defineActor<Messages>({
  name: 'tasks',
  start: (stage, post) => post(stage.wait(600), 'spawn', {}),
  on: {
    spawn(stage, _, post) {
      spawn(stage, post);
      post((stage.wait(1100) * 14) / stage.world.nodes.size, 'spawn', {});
    },
    beat: (stage, { task }, post) => beat(stage, task, post),
    orphan: (stage, { task }, post) => orphan(stage, task, post),
  },
  hears: {
    HOST_OFFLINE(stage, { payload }, post) {
      const node = textOf(payload, 'node_id');
      for (const [id, task] of stage.world.tasks)
        if (task.node === node) post(stage.rng.between(60, 200), 'orphan', { task: id });
    },
  },
});

function spawn(stage: Stage, post: Send): void {
  const { world, rng } = stage;
  const id = nextId(world, 'task');
  const type = rng.pick(['selfplay', 'selfplay', 'export', 'tournament', 'cleanup']);
  const node = rng.pick(nodesUp(world)).spec.name;
  world.tasks.set(id, { type, node, beats: 0, lastBeat: stage.now });
  stage.emit('TASK_SPAWNED', { task_id: id, task_type: type, node_id: node }, { by: BY });
  post(stage.gap(BEAT_SECONDS), 'beat', { task: id });
}

function beat(stage: Stage, id: string, post: Send): void {
  const { world, rng } = stage;
  const task = world.tasks.get(id);
  if (!task || !isUp(world, task.node)) return;
  const fate = rng.float();
  task.beats += 1;
  task.lastBeat = stage.now;
  if (fate < 0.02) {
    end(stage, id, 'TASK_FAILED', { error: 'exit code 1' });
    return;
  }
  if (fate < 0.035) {
    end(stage, id, 'TASK_CANCELLED', { reason: 'superseded' });
    return;
  }
  if (task.beats >= 4) {
    end(stage, id, 'TASK_COMPLETED', { result: 'ok' });
    return;
  }
  const payload = {
    task_id: id,
    progress: round(task.beats / 4, 2),
    node_id: task.node,
    timestamp: stage.iso(),
  };
  stage.emit('TASK_HEARTBEAT', payload, { by: BY, on: task.node });
  post(stage.gap(BEAT_SECONDS), 'beat', { task: id });
}

function end(stage: Stage, id: string, name: string, how: Record<string, string>): void {
  stage.world.tasks.delete(id);
  stage.emit(name, { task_id: id, ...how }, { by: BY });
}

function orphan(stage: Stage, id: string, post: Send): void {
  const { world, rng } = stage;
  const task = world.tasks.get(id);
  if (!task) return;
  const base = { task_id: id, task_type: task.type, node_id: task.node };
  const lost = {
    ...base,
    last_heartbeat: stage.epoch(task.lastBeat),
    reason: 'no heartbeat',
    timestamp: stage.iso(),
  };
  stage.emit('TASK_ORPHANED', lost, { by: BY });
  if (rng.chance(0.3)) {
    world.tasks.delete(id);
    stage.emit('TASK_ABANDONED', { ...base, reason: 'no longer needed', timestamp: stage.iso() }, { by: BY });
    return;
  }
  world.tasks.set(id, { ...task, node: rng.pick(nodesUp(world)).spec.name });
  post(stage.gap(BEAT_SECONDS), 'beat', { task: id });
}

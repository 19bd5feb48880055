import { defineActor, textOf, type Post, type Stage } from '../actor';
import { round } from '../random';
import { isUp, nodesUp, type Node } from '../world';

type Nothing = Record<string, never>;
type Messages = {
  overload: Nothing;
  release: { node: string; level: string; seconds: number };
  idle: Nothing;
  constrain: Nothing;
  resize: Nothing;
};
type Send = Post<Messages>;

const BY = 'ResourceMonitoringCoordinator';
const THRESHOLD = 0.9;

/** Load on the machines: overload with backpressure, idle ones, constraints, capacity that comes and goes. */
export const resources = defineActor<Messages>({
  name: 'resources',
  start(stage, post) {
    post(stage.wait(1300), 'overload', {});
    post(stage.wait(240), 'idle', {});
    post(stage.wait(3600), 'constrain', {});
    post(stage.wait(5400), 'resize', {});
  },
  on: {
    overload(stage, _, post) {
      const calm = nodesUp(stage.world).filter((node) => node.pressure === null);
      if (calm.length > 0) overload(stage, stage.rng.pick(calm), post);
      post(stage.wait(1350), 'overload', {});
    },
    release: (stage, message) => release(stage, message),
    idle(stage, _, post) {
      const node = stage.rng.pick(nodesUp(stage.world));
      if (![...stage.world.trainings.values()].some((job) => job.node === node.spec.name)) idle(stage, node);
      post(stage.wait(240), 'idle', {});
    },
    constrain(stage, _, post) {
      constrain(stage);
      post(stage.wait(3600), 'constrain', {});
    },
    resize(stage, _, post) {
      resize(stage);
      post(stage.wait(5400), 'resize', {});
    },
  },
  hears: {
    HOST_OFFLINE: (stage, { payload }) => capacityChanged(stage, 1, textOf(payload, 'node_id')),
    HOST_ONLINE(stage, { payload }) {
      if (stage.world.leader !== null) capacityChanged(stage, -1, textOf(payload, 'node_id'));
    },
  },
});

function overload(stage: Stage, node: Node, post: Send): void {
  const { rng } = stage;
  const name = node.spec.name;
  const at = { by: BY, on: name };
  const gpu = node.spec.gpuMemoryGb > 0 ? round(rng.between(0.5, 0.99), 3) : 0;
  const cpu = round(rng.between(0.91, 0.99), 3);
  const memory = round(rng.between(0.8, 0.97), 3);
  stage.emit(
    'NODE_OVERLOADED',
    { node_id: name, cpu_util: cpu, gpu_util: gpu, memory_util: memory, threshold: THRESHOLD },
    at,
  );
  const level = rng.weighted(
    ['low', 'medium', 'high', 'critical'],
    (l) => ({ low: 1, medium: 4, high: 3, critical: 1 })[l] ?? 1,
  );
  const resource = rng.pick(['memory', 'memory', 'gpu', 'disk']);
  node.pressure = level;
  const payload = {
    node_id: name,
    level,
    reason: `${resource} pressure`,
    resource_type: resource,
    utilization: resource === 'gpu' ? gpu : memory,
    timestamp: stage.iso(),
  };
  stage.emit('BACKPRESSURE_ACTIVATED', payload, at);
  const seconds = round(rng.between(60, 600), 1);
  post(seconds, 'release', { node: name, level, seconds });
}

function release(stage: Stage, { node: name, level, seconds }: Messages['release']): void {
  const node = stage.world.nodes.get(name);
  if (!node?.up || node.pressure === null) return;
  node.pressure = null;
  const payload = { node_id: name, previous_level: level, duration_seconds: seconds, timestamp: stage.iso() };
  stage.emit('BACKPRESSURE_RELEASED', payload, { by: BY, on: name });
}

function idle(stage: Stage, node: Node): void {
  const { rng } = stage;
  const payload = {
    node_id: node.spec.name,
    resource_type: node.spec.gpuMemoryGb > 0 ? 'gpu' : 'cpu',
    idle_duration: round(rng.between(300, 900), 1),
    utilization: round(rng.between(0.01, 0.12), 3),
  };
  stage.emit('IDLE_RESOURCE_DETECTED', payload, { by: 'IdleResourceDaemon', on: node.spec.name });
}

function constrain(stage: Stage): void {
  const { rng } = stage;
  const name = rng.pick(nodesUp(stage.world)).spec.name;
  const type = rng.pick(['disk', 'memory', 'network']);
  const utilization = round(rng.between(0.88, 0.97), 3);
  const payload = {
    constraint_type: type,
    utilization,
    node_id: name,
    resource_type: type,
    timestamp: stage.iso(),
  };
  const event = rng.chance(0.5) ? 'RESOURCE_CONSTRAINT' : 'RESOURCE_CONSTRAINT_DETECTED';
  stage.emit(event, payload, { by: BY, on: name });
}

function resize(stage: Stage): void {
  const { rng } = stage;
  const { name, cpus, gpuMemoryGb } = rng.pick(nodesUp(stage.world)).spec;
  const payload = {
    node_id: name,
    resources: {
      cpus,
      gpu_memory_gb: gpuMemoryGb,
      free_disk_gb: rng.int(80, 1900),
      selfplay_slots: rng.int(1, 8),
    },
    timestamp: stage.iso(),
  };
  stage.emit('NODE_CAPACITY_UPDATED', payload, { by: BY, on: name });
  // Cluster software grows types faster than any catalogue.
  if (rng.chance(0.6) && isUp(stage.world, name)) {
    const throttled = {
      node_id: name,
      temperature_c: rng.int(84, 93),
      clock_reduction_pct: rng.int(5, 30),
      timestamp: stage.iso(),
    };
    stage.emit('GPU_THERMAL_THROTTLED', throttled, { by: 'GpuTelemetryAgent', on: name });
  }
}

/** `change`: how many more machines there were before. */
function capacityChanged(stage: Stage, change: number, node: string | undefined): void {
  const now = nodesUp(stage.world).length;
  const payload = {
    old_capacity: now + change,
    new_capacity: now,
    reason: change > 0 ? 'node_lost' : 'node_joined',
    node_id: node ?? '',
    timestamp: stage.iso(),
  };
  stage.emit('CLUSTER_CAPACITY_CHANGED', payload, { by: 'ClusterMonitor' });
}

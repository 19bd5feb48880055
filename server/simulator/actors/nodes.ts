import { defineActor, textOf, type Post, type Stage } from '../actor';
import { round } from '../random';
import { isUp, nodesUp, type Node } from '../world';

type Messages = {
  check: { node: string };
  trouble: Record<string, never>;
  suspect: { node: string; reason: string };
  declare: { node: string; reason: string; planned: boolean };
  repair: { node: string; attempt: number };
  revive: { node: string; seconds: number; attempt: number; failed: boolean };
};
type Send = Post<Messages>;

const RECOVERY = 'NodeRecoveryDaemon';
const HEALTH = 'UnifiedNodeHealthDaemon';
const REASONS = ['heartbeat lost', 'ssh timeout', 'gpu fell off the bus', 'instance preempted by provider'];

/** Machines: health checks, failures, the cluster noticing them, repair and return. */
export const nodes = defineActor<Messages>({
  name: 'nodes',
  start(stage, post) {
    const online = (node: Node): void => hostOnline(stage, node);
    for (const node of stage.world.nodes.values()) {
      online(node);
      post(stage.rng.between(5, 340), 'check', { node: node.spec.name });
    }
    post(stage.rng.between(900, 3600) / stage.rate, 'trouble', {});
  },
  on: {
    check(stage, { node: name }, post) {
      const node = stage.world.nodes.get(name);
      if (node?.up) check(stage, node);
      post(stage.gap(350), 'check', { node: name });
    },
    trouble(stage, _, post) {
      strike(stage, post);
      // A larger fleet fails more often.
      post((stage.wait(3000) * 14) / Math.max(14, stage.world.nodes.size), 'trouble', {});
    },
    suspect(stage, { node, reason }, post) {
      const failed = { node_id: node, reason: 'timeout', error: 'connect timed out', timestamp: stage.iso() };
      stage.emit('HEALTH_CHECK_FAILED', failed, { by: 'HealthChecks' });
      post(stage.rng.between(20, 60), 'declare', { node, reason, planned: false });
    },
    declare: (stage, message, post) => declare(stage, message, post),
    repair: (stage, message, post) => repair(stage, message, post),
    revive: (stage, message, post) => revive(stage, message, post),
  },
  hears: {
    // An operator may take a machine out or bring it back.
    NODE_TERMINATED(stage, { payload }, post) {
      const node = stage.world.nodes.get(textOf(payload, 'node_id') ?? '');
      if (!node?.up || nodesUp(stage.world).length <= 2) return;
      node.up = false;
      node.downSince = stage.now;
      post(stage.rng.between(2, 10), 'declare', {
        node: node.spec.name,
        reason: 'terminated',
        planned: true,
      });
    },
    NODE_ACTIVATED(stage, { payload }, post) {
      const node = stage.world.nodes.get(textOf(payload, 'node_id') ?? '');
      if (node && !node.up)
        post(stage.rng.between(2, 10), 'revive', {
          node: node.spec.name,
          seconds: 0,
          attempt: 1,
          failed: false,
        });
    },
  },
});

function hostOnline(stage: Stage, node: Node): void {
  const { name, type, gpu, gpuMemoryGb, cpus } = node.spec;
  const capabilities = { gpu, gpu_memory_gb: gpuMemoryGb, cpus };
  const payload = { node_id: name, host_id: name, host_type: type, capabilities, timestamp: stage.iso() };
  stage.emit('HOST_ONLINE', payload, { by: 'event_emitters' });
}

function check(stage: Stage, node: Node): void {
  const { rng } = stage;
  const name = node.spec.name;
  const at = { by: HEALTH, on: name };
  if (rng.chance(0.013)) {
    const score = round(rng.between(0.2, 0.5), 3);
    const issues = [rng.pick(['gpu errors', 'disk above 90%', 'clock skew', 'high packet loss'])];
    node.unhealthy = true;
    stage.emit('NODE_UNHEALTHY', { node_id: name, health_score: score, issues, timestamp: stage.iso() }, at);
    if (rng.chance(0.4)) {
      const alert = {
        alert_type: 'node_unhealthy',
        severity: 'warning',
        node_id: name,
        message: issues[0] ?? '',
        timestamp: stage.iso(),
      };
      stage.emit('HEALTH_ALERT', alert, { by: 'SystemHealthMonitor' });
    }
    return;
  }
  if (rng.chance(0.01)) {
    const failed = { node_id: name, reason: 'timeout', error: 'connect timed out', timestamp: stage.iso() };
    stage.emit('HEALTH_CHECK_FAILED', failed, { by: 'HealthChecks', on: name });
    return;
  }
  node.unhealthy = false;
  stage.emit('HEALTH_CHECK_PASSED', passed(stage, node), at);
}

function passed(stage: Stage, node: Node) {
  const { rng } = stage;
  const busy = node.pressure === null ? 0 : 0.15;
  const gpu = node.spec.gpuMemoryGb > 0 ? round(Math.min(0.99, rng.between(0.4, 0.97) + busy), 3) : 0;
  return {
    node_id: node.spec.name,
    health_score: round(rng.between(0.88, 1) - busy, 3),
    cpu_util: round(Math.min(0.99, rng.between(0.35, 0.85) + busy), 3),
    gpu_util: gpu,
    memory_util: round(Math.min(0.99, rng.between(0.3, 0.75) + busy), 3),
    timestamp: stage.iso(),
  };
}

/** Something breaks. At least two thirds of the cluster stay up, or the story would end. */
function strike(stage: Stage, post: Send): void {
  const { rng, world } = stage;
  const up = nodesUp(world);
  if (up.length < 2 || up.length - 1 < (world.nodes.size * 2) / 3) return;
  const node = rng.pick(up);
  node.up = false;
  node.downSince = stage.now;
  const message = { node: node.spec.name, reason: rng.pick(REASONS) };
  if (rng.chance(0.7)) post(rng.between(10, 45), 'suspect', message);
  else post(rng.between(20, 60), 'declare', { ...message, planned: false });
}

function declare(stage: Stage, { node, reason, planned }: Messages['declare'], post: Send): void {
  const { rng, world } = stage;
  if (isUp(world, node)) return;
  const witness = rng.pick(nodesUp(world)).spec.name;
  stage.emit(
    'HOST_OFFLINE',
    { node_id: node, host_id: node, reason, timestamp: stage.iso() },
    { by: 'event_emitters', on: witness },
  );
  if (planned) return;
  if (rng.chance(0.35)) {
    stage.emit(
      'P2P_NODE_DEAD',
      { node_id: node, reason: 'no gossip for 60 s', timestamp: stage.iso() },
      { by: 'P2POrchestrator' },
    );
  }
  const down = [...world.nodes.values()].filter((n) => !n.up).map((n) => n.spec.name);
  if (down.length > 1) {
    stage.emit(
      'P2P_NODES_DEAD',
      { node_ids: down, count: down.length, timestamp: stage.iso() },
      { by: 'P2POrchestrator' },
    );
  }
  if (reason.startsWith('instance preempted')) {
    stage.emit(
      'NODE_TERMINATED',
      { node_id: node, reason, timestamp: stage.iso() },
      { by: 'ClusterMonitor' },
    );
  }
  post(rng.between(15, 90), 'repair', { node, attempt: 1 });
}

function repair(stage: Stage, { node, attempt }: Messages['repair'], post: Send): void {
  const { rng } = stage;
  if (isUp(stage.world, node)) return;
  const reason = attempt === 1 ? 'host_offline' : `host_offline, attempt ${String(attempt)}`;
  stage.emit('RECOVERY_INITIATED', { recovery_type: 'node', target: node, reason }, { by: RECOVERY });
  const seconds = round(rng.between(200, 1500), 1);
  post(seconds, 'revive', { node, seconds, attempt, failed: attempt < 3 && rng.chance(0.2) });
}

function revive(stage: Stage, message: Messages['revive'], post: Send): void {
  const { rng, world } = stage;
  const node = world.nodes.get(message.node);
  if (!node || node.up) return;
  const name = message.node;
  if (message.failed) {
    const failed = {
      recovery_type: 'node',
      target: name,
      error: 'ssh: connection refused',
      timestamp: stage.iso(),
    };
    stage.emit('RECOVERY_FAILED', failed, { by: RECOVERY });
    post(rng.between(30, 120), 'repair', { node: name, attempt: message.attempt + 1 });
    return;
  }
  node.up = true;
  node.unhealthy = false;
  node.pressure = null;
  node.syncing = false;
  hostOnline(stage, node);
  const away = round(stage.now - node.downSince, 1);
  const back = {
    node_id: name,
    host_id: name,
    recovery_type: 'automatic',
    offline_duration_seconds: away,
    timestamp: stage.iso(),
  };
  stage.emit('NODE_RECOVERED', back, { by: RECOVERY });
  if (message.seconds === 0) return;
  const actions = rng.pick([['restart_p2p'], ['restart_p2p', 'remount_storage'], ['reboot']]);
  const done = {
    recovery_type: 'node',
    target: name,
    duration_seconds: message.seconds,
    actions_taken: actions,
  };
  stage.emit('RECOVERY_COMPLETED', done, { by: RECOVERY });
  if (rng.chance(0.4))
    stage.emit('NODE_ACTIVATED', { node_id: name, timestamp: stage.iso() }, { by: 'ClusterMonitor' });
}

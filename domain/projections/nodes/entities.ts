import type { NodeEntity, NodeStatus } from '../../realtime/entities';
import { minuteOf } from '../shared/clock';
import { perHour } from '../shared/minutes';
import { compareStamps, isSet } from '../shared/order';
import type { NodesState, NodeState, Phase } from './state';

/** A node from which nothing came for longer than this, by event time, is stale. */
export const STALE_AFTER_S = 15 * 60;

/** What an online node may be besides. */
export type NodeCondition = 'unhealthy' | 'overloaded' | 'stale';

/** Topic `nodes.nodes`: the entity of the contract, and the two parts that its one-word `status` is made of. */
export type NodeDetail = NodeEntity & {
  /** Whether the cluster counts on the node: `online` also while it is unhealthy, overloaded or stale. */
  link: 'online' | 'offline' | 'unknown';
  conditions: NodeCondition[];
};

export function isStale(node: NodeState, clock: number | null): boolean {
  return clock !== null && node.lastSeen !== null && clock - node.lastSeen > STALE_AFTER_S;
}

/** A node that nobody declared anything about is online once it gave a sign of life, and unknown until then. */
export function linkOf(node: NodeState): NodeDetail['link'] {
  if (node.link.v !== 'undeclared') return node.link.v;
  return node.lastSeen === null ? 'unknown' : 'online';
}

export function conditionsOf(node: NodeState, clock: number | null): NodeCondition[] {
  if (linkOf(node) !== 'online') return [];
  const conditions: NodeCondition[] = [];
  if (node.unhealthy.v) conditions.push('unhealthy');
  if (node.overloaded.v) conditions.push('overloaded');
  if (isStale(node, clock)) conditions.push('stale');
  return conditions;
}

/** The one word for a card: silence outweighs what was last known, and ill outweighs busy. */
function headline(link: NodeDetail['link'], conditions: readonly NodeCondition[]): NodeStatus {
  if (link !== 'online') return link;
  for (const condition of ['stale', 'unhealthy', 'overloaded'] as const)
    if (conditions.includes(condition)) return condition;
  return 'online';
}

function phaseOf(node: NodeState, status: NodeStatus): Phase<unknown> {
  if (status === 'unhealthy') return node.unhealthy;
  return status === 'overloaded' ? node.overloaded : node.link;
}

function contradictionOf(node: NodeState): NodeEntity['contradiction'] {
  const event = node.passed.v;
  if (node.link.v !== 'offline' || event === null || !isSet(node.passed)) return null;
  if (compareStamps(node.passed, node.link) <= 0) return null;
  return {
    event,
    message: 'Declared offline, yet it passed a health check since. Waiting for the cluster to say online.',
  };
}

export function nodeEntity(state: NodesState, name: string): NodeDetail | undefined {
  const node = state.nodes.get(name);
  if (node === undefined) return undefined;
  const link = linkOf(node);
  const conditions = conditionsOf(node, state.clock);
  const status = headline(link, conditions);
  const phase = phaseOf(node, status);
  const staleSince = status === 'stale' && node.lastSeen !== null ? node.lastSeen + STALE_AFTER_S : null;
  return {
    node: name,
    status,
    status_since: staleSince ?? phase.since,
    status_event: phase.event,
    host_type: node.hostType.v,
    gpu: node.gpu.v,
    health_score: node.healthScore.v,
    cpu_util: node.cpu.v,
    gpu_util: node.gpuUtil.v,
    memory_util: node.memory.v,
    // 0 stands for never: others talked about the node, it gave no sign of life itself.
    last_seen: node.lastSeen ?? 0,
    backpressure: node.backpressure.v,
    issues: node.issues.v,
    contradiction: contradictionOf(node),
    games_per_hour: state.clock === null ? 0 : perHour(node.games, minuteOf(state.clock)),
    events: node.events,
    link,
    conditions,
  };
}

import type { StoredEvent } from '../../events/envelope';
import { nameField, namesField, numberField, lineField, saysFailed } from '../shared/fields';
import { minuteOf } from '../shared/clock';
import { addToMinute } from '../shared/minutes';
import { refOf, write, type Register } from '../shared/order';
import type { NodeState, Phase } from './state';

/** A passed check with a score below this does not end an `unhealthy`. */
const GOOD_HEALTH = 0.5;
/** Utilisation from which a node counts as overloaded, the threshold that the cluster's own reports name. */
const OVERLOAD = 0.9;
const MAX_ISSUES = 20;

export type NodeRule = (node: NodeState, event: StoredEvent) => void;

/** Enters a phase; `since` stays when an event only confirms it. */
export function enter<V>(target: Phase<V>, event: StoredEvent, value: V): void {
  const same = target.v === value && target.since !== null;
  if (!write(target, event, value) || same) return;
  target.since = event.timestamp;
  target.event = refOf(event);
}

function writeNumber(target: Register<number | null>, event: StoredEvent, key: string): void {
  const value = numberField(event.payload, key);
  if (value !== null) write(target, event, value);
}

function measured(node: NodeState, event: StoredEvent): void {
  writeNumber(node.healthScore, event, 'health_score');
  writeNumber(node.cpu, event, 'cpu_util');
  writeNumber(node.gpuUtil, event, 'gpu_util');
  writeNumber(node.memory, event, 'memory_util');
}

function checkPassed(node: NodeState, event: StoredEvent): void {
  measured(node, event);
  write(node.passed, event, refOf(event));
  const score = numberField(event.payload, 'health_score');
  if (score !== null && score < GOOD_HEALTH) return;
  healthy(node, event);
  const loads = ['cpu_util', 'gpu_util', 'memory_util'].map((key) => numberField(event.payload, key) ?? 0);
  // gpu_util is left out: a GPU at work is full, and the cluster calls that healthy.
  if (Math.max(loads[0] ?? 0, loads[2] ?? 0) <= OVERLOAD) enter(node.overloaded, event, false);
}

function healthy(node: NodeState, event: StoredEvent): void {
  enter(node.unhealthy, event, false);
  write(node.issues, event, []);
}

function unhealthy(node: NodeState, event: StoredEvent): void {
  measured(node, event);
  enter(node.unhealthy, event, true);
  const reason = lineField(event.payload, 'error') ?? lineField(event.payload, 'reason');
  const listed = namesField(event.payload, 'issues', MAX_ISSUES);
  write(node.issues, event, listed.length > 0 || reason === null ? listed : [reason]);
}

function online(node: NodeState, event: StoredEvent): void {
  enter(node.link, event, 'online');
  healthy(node, event);
  released(node, event);
  const hostType = nameField(event.payload, 'host_type');
  if (hostType !== null) write(node.hostType, event, hostType);
  const capabilities = event.payload['capabilities'];
  if (typeof capabilities !== 'object' || capabilities === null || Array.isArray(capabilities)) return;
  write(node.gpu, event, nameField(capabilities as StoredEvent['payload'], 'gpu'));
}

export function offline(node: NodeState, event: StoredEvent): void {
  enter(node.link, event, 'offline');
}

function overloaded(node: NodeState, event: StoredEvent): void {
  measured(node, event);
  enter(node.overloaded, event, true);
}

function pressed(node: NodeState, event: StoredEvent): void {
  write(node.backpressure, event, nameField(event.payload, 'level') ?? 'unknown');
}

function released(node: NodeState, event: StoredEvent): void {
  write(node.backpressure, event, null);
  enter(node.overloaded, event, false);
}

function played(node: NodeState, event: StoredEvent): void {
  const games = numberField(event.payload, 'games_generated');
  if (games !== null && games > 0 && !saysFailed(event.payload))
    addToMinute(node.games, minuteOf(event.timestamp), games);
}

/** What an event means for the node that it is about. */
export const NODE_RULES: ReadonlyMap<string, NodeRule> = new Map<string, NodeRule>([
  ['HOST_OFFLINE', offline],
  ['P2P_NODE_DEAD', offline],
  ['NODE_TERMINATED', offline],
  ['HOST_ONLINE', online],
  ['NODE_RECOVERED', online],
  ['NODE_ACTIVATED', online],
  ['HEALTH_CHECK_PASSED', checkPassed],
  ['HEALTH_CHECK_FAILED', unhealthy],
  ['NODE_UNHEALTHY', unhealthy],
  ['NODE_OVERLOADED', overloaded],
  ['BACKPRESSURE_ACTIVATED', pressed],
  ['BACKPRESSURE_RELEASED', released],
  ['SELFPLAY_COMPLETE', played],
]);

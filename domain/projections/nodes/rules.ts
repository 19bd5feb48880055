import type { StoredEvent } from '../../events/envelope';
import { nameField, namesField, numberField, lineField } from '../shared/fields';
import { refOf, write, type Register } from '../shared/order';
import { addSum } from './buckets';
import { OUTCOME_RULES } from './outcomes';
import type { NodeRule, NodeState, Phase } from './state';
import { addStep } from './steps';

/** A passed check with a score below this does not end an `unhealthy`. */
const GOOD_HEALTH = 0.5;
/** Utilisation from which a node counts as overloaded, the threshold that the cluster's own reports name. */
const OVERLOAD = 0.9;
const MAX_ISSUES = 5;
/** Changes remembered per node: a week of a node that fails several times a day. */
const MAX_LINK_STEPS = 80;
const MAX_CONDITION_STEPS = 120;

function any(...changes: readonly boolean[]): boolean {
  return changes.includes(true);
}

/** Enters a phase; `since` stays when an event only confirms it. True when it began a new one. */
export function enter<V>(target: Phase<V>, event: StoredEvent, value: V): boolean {
  const same = target.v === value && target.since !== null;
  if (!write(target, event, value) || same) return false;
  target.since = event.timestamp;
  target.event = refOf(event);
  return true;
}

/** Writes a value; true when that changed it. */
function set<V>(target: Register<V>, event: StoredEvent, value: V): boolean {
  const before = target.v;
  return write(target, event, value) && before !== value;
}

function setNumber(target: Register<number | null>, event: StoredEvent, key: string): boolean {
  const value = numberField(event.payload, key);
  return value !== null && set(target, event, value);
}

function setIssues(node: NodeState, event: StoredEvent, issues: string[]): boolean {
  const before = node.issues.v;
  return write(node.issues, event, issues) && before.length + issues.length > 0;
}

/** A share 0..1 in thousandths; what lies beyond is taken for the nearest end. */
function thousandths(payload: StoredEvent['payload'], key: string): number | null {
  const value = numberField(payload, key);
  return value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 1000);
}

/** The sums of a report with health score and utilisations. */
function addReport({ history }: NodeState, { payload, timestamp }: StoredEvent): void {
  const health = thousandths(payload, 'health_score');
  if (health !== null) {
    addSum(history, timestamp, 'scores', 1);
    addSum(history, timestamp, 'health', health);
  }
  const cpu = thousandths(payload, 'cpu_util');
  const gpu = thousandths(payload, 'gpu_util');
  const memory = thousandths(payload, 'memory_util');
  if (cpu === null || memory === null) return;
  addSum(history, timestamp, 'loads', 1);
  addSum(history, timestamp, 'cpu', cpu);
  addSum(history, timestamp, 'gpu', gpu ?? 0);
  addSum(history, timestamp, 'memory', memory);
}

function measured(node: NodeState, event: StoredEvent): boolean {
  return any(
    setNumber(node.healthScore, event, 'health_score'),
    setNumber(node.cpu, event, 'cpu_util'),
    setNumber(node.gpuUtil, event, 'gpu_util'),
    setNumber(node.memory, event, 'memory_util'),
  );
}

function checkPassed(node: NodeState, event: StoredEvent): boolean {
  addReport(node, event);
  addSum(node.history, event.timestamp, 'checks', 1);
  write(node.passed, event, refOf(event));
  // While the node is declared offline, every passed check is news: the contradiction's evidence.
  const changed = any(measured(node, event), node.link.v === 'offline');
  const score = numberField(event.payload, 'health_score');
  if (score !== null && score < GOOD_HEALTH) return changed;
  const load = Math.max(
    numberField(event.payload, 'cpu_util') ?? 0,
    numberField(event.payload, 'memory_util') ?? 0,
  );
  // gpu_util is left out: a GPU at work is full, and the cluster calls that healthy.
  const atEase = load <= OVERLOAD && setOverloaded(node, event, false);
  return any(changed, healthy(node, event), atEase);
}

function setUnhealthy(node: NodeState, event: StoredEvent, value: boolean): boolean {
  addStep(node.lines.unhealthy, event, value ? 1 : 0, MAX_CONDITION_STEPS);
  return enter(node.unhealthy, event, value);
}

function setOverloaded(node: NodeState, event: StoredEvent, value: boolean): boolean {
  addStep(node.lines.overloaded, event, value ? 1 : 0, MAX_CONDITION_STEPS);
  return enter(node.overloaded, event, value);
}

function healthy(node: NodeState, event: StoredEvent): boolean {
  return any(setUnhealthy(node, event, false), setIssues(node, event, []));
}

function unhealthy(node: NodeState, event: StoredEvent): boolean {
  addReport(node, event);
  addSum(node.history, event.timestamp, 'checks', 1);
  addSum(node.history, event.timestamp, 'checks_failed', 1);
  const reason = lineField(event.payload, 'error') ?? lineField(event.payload, 'reason');
  const listed = namesField(event.payload, 'issues', MAX_ISSUES);
  const issues = listed.length > 0 || reason === null ? listed : [reason];
  return any(measured(node, event), setUnhealthy(node, event, true), setIssues(node, event, issues));
}

function online(node: NodeState, event: StoredEvent): boolean {
  addStep(node.lines.link, event, 1, MAX_LINK_STEPS);
  enter(node.link, event, 'online');
  healthy(node, event);
  released(node, event);
  const hostType = nameField(event.payload, 'host_type');
  if (hostType !== null) write(node.hostType, event, hostType);
  const capabilities = event.payload['capabilities'];
  if (typeof capabilities === 'object' && capabilities !== null && !Array.isArray(capabilities))
    write(node.gpu, event, nameField(capabilities as StoredEvent['payload'], 'gpu'));
  return true;
}

export function offline(node: NodeState, event: StoredEvent): boolean {
  addStep(node.lines.link, event, 0, MAX_LINK_STEPS);
  enter(node.link, event, 'offline');
  return true;
}

function overloaded(node: NodeState, event: StoredEvent): boolean {
  addReport(node, event);
  return any(measured(node, event), setOverloaded(node, event, true));
}

function pressed(node: NodeState, event: StoredEvent): boolean {
  return set(node.backpressure, event, nameField(event.payload, 'level') ?? 'unknown');
}

function released(node: NodeState, event: StoredEvent): boolean {
  return any(set(node.backpressure, event, null), setOverloaded(node, event, false));
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
  ...OUTCOME_RULES,
]);

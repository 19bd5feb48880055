import type { StoredEvent } from '../../events/envelope';
import { isJsonObject } from '../../json';
import { nameField, namesField, numberField, lineField } from '../shared/fields';
import { GOOD_HEALTH } from '../shared/health';
import { refOf, write, type Register } from '../shared/order';
import { addAt, placesAt, type NodeHistory, type Places } from './buckets';
import { OUTCOME_RULES } from './outcomes';
import type { NodeRule, NodeState, Phase } from './state';
import { addStep, hasChanged, type Steps } from './steps';

/** Utilisation from which a node counts as overloaded, the threshold that the cluster's own reports name. */
const OVERLOAD = 0.9;
const MAX_ISSUES = 5;
/** Changes remembered per node: a week of a node that fails several times a day. */
const MAX_LINK_STEPS = 80;
const MAX_CONDITION_STEPS = 120;

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

function setNumber(target: Register<number | null>, event: StoredEvent, value: number | null): boolean {
  return value !== null && set(target, event, value);
}

/** Written by nearly every check. Never changed: issues are replaced as a whole. */
const NO_ISSUES: string[] = [];

function setIssues(node: NodeState, event: StoredEvent, issues: string[]): boolean {
  const before = node.issues.v;
  return write(node.issues, event, issues) && before.length + issues.length > 0;
}

/** What a report says of a node, read once: each figure is wanted several times, and payloads are slow to read. */
type Reading = { health: number | null; cpu: number | null; gpu: number | null; memory: number | null };

function readingOf({ payload }: StoredEvent): Reading {
  return {
    health: numberField(payload, 'health_score'),
    cpu: numberField(payload, 'cpu_util'),
    gpu: numberField(payload, 'gpu_util'),
    memory: numberField(payload, 'memory_util'),
  };
}

/** A share 0..1 in thousandths; what lies beyond is taken for the nearest end. */
function thousandths(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000);
}

/** The sums of a report with health score and utilisations. */
function addReport(history: NodeHistory, at: Places, { health, cpu, gpu, memory }: Reading): void {
  if (health !== null) {
    addAt(history, at, 'scores', 1);
    addAt(history, at, 'health', thousandths(health));
  }
  if (cpu === null || memory === null) return;
  addAt(history, at, 'loads', 1);
  addAt(history, at, 'cpu', thousandths(cpu));
  addAt(history, at, 'gpu', thousandths(gpu ?? 0));
  addAt(history, at, 'memory', thousandths(memory));
}

function measured(node: NodeState, event: StoredEvent, { health, cpu, gpu, memory }: Reading): boolean {
  const healthMoved = setNumber(node.healthScore, event, health);
  const cpuMoved = setNumber(node.cpu, event, cpu);
  const gpuMoved = setNumber(node.gpuUtil, event, gpu);
  const memoryMoved = setNumber(node.memory, event, memory);
  return healthMoved || cpuMoved || gpuMoved || memoryMoved;
}

function checkPassed(node: NodeState, event: StoredEvent): boolean {
  const reading = readingOf(event);
  const at = placesAt(event.timestamp);
  addReport(node.history, at, reading);
  addAt(node.history, at, 'checks', 1);
  write(node.passed, event, refOf(event));
  // While the node is declared offline, every passed check is news: the contradiction's evidence.
  const changed = measured(node, event, reading) || node.link.v === 'offline';
  if (reading.health !== null && reading.health < GOOD_HEALTH) return changed;
  // gpu_util is left out: a GPU at work is full, and the cluster calls that healthy.
  const load = Math.max(reading.cpu ?? 0, reading.memory ?? 0);
  const atEase = load <= OVERLOAD && setOverloaded(node, event, false);
  const recovered = healthy(node, event);
  return changed || atEase || recovered;
}

function setUnhealthy(node: NodeState, event: StoredEvent, value: boolean): boolean {
  return setCondition(node.lines.unhealthy, node.unhealthy, event, value);
}

function setOverloaded(node: NodeState, event: StoredEvent, value: boolean): boolean {
  return setCondition(node.lines.overloaded, node.overloaded, event, value);
}

/** True when it shows: a late event may also be the first to say that there was something to recover from. */
function setCondition(line: Steps, phase: Phase<boolean>, event: StoredEvent, value: boolean): boolean {
  const before = hasChanged(line);
  addStep(line, event, value ? 1 : 0, MAX_CONDITION_STEPS);
  return enter(phase, event, value) || hasChanged(line) !== before;
}

function healthy(node: NodeState, event: StoredEvent): boolean {
  const entered = setUnhealthy(node, event, false);
  const issuesChanged = setIssues(node, event, NO_ISSUES);
  return entered || issuesChanged;
}

function unhealthy(node: NodeState, event: StoredEvent): boolean {
  const reading = readingOf(event);
  const at = placesAt(event.timestamp);
  addReport(node.history, at, reading);
  addAt(node.history, at, 'checks', 1);
  addAt(node.history, at, 'checks_failed', 1);
  const reason = lineField(event.payload, 'error') ?? lineField(event.payload, 'reason');
  const listed = namesField(event.payload, 'issues', MAX_ISSUES);
  const issues = listed.length > 0 || reason === null ? listed : [reason];
  const moved = measured(node, event, reading);
  const entered = setUnhealthy(node, event, true);
  const issuesChanged = setIssues(node, event, issues);
  return moved || entered || issuesChanged;
}

function online(node: NodeState, event: StoredEvent): boolean {
  addStep(node.lines.link, event, 1, MAX_LINK_STEPS);
  enter(node.link, event, 'online');
  write(node.gone, event, null);
  healthy(node, event);
  released(node, event);
  const hostType = nameField(event.payload, 'host_type');
  if (hostType !== null) write(node.hostType, event, hostType);
  const capabilities = event.payload['capabilities'];
  if (isJsonObject(capabilities)) write(node.gpu, event, nameField(capabilities, 'gpu'));
  return true;
}

export function offline(node: NodeState, event: StoredEvent): boolean {
  addStep(node.lines.link, event, 0, MAX_LINK_STEPS);
  enter(node.link, event, 'offline');
  const reason = lineField(event.payload, 'reason');
  // Peers agree on a node that is gone in lists, which give no reason: what was said before holds.
  if (reason !== null) write(node.gone, event, reason);
  return true;
}

function overloaded(node: NodeState, event: StoredEvent): boolean {
  const reading = readingOf(event);
  addReport(node.history, placesAt(event.timestamp), reading);
  const moved = measured(node, event, reading);
  const entered = setOverloaded(node, event, true);
  return moved || entered;
}

function pressed(node: NodeState, event: StoredEvent): boolean {
  return set(node.backpressure, event, nameField(event.payload, 'level') ?? 'unknown');
}

function released(node: NodeState, event: StoredEvent): boolean {
  const lifted = set(node.backpressure, event, null);
  const atEase = setOverloaded(node, event, false);
  return lifted || atEase;
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

import type { JsonObject } from '../../json';
import { configOf, nameIn, nodeOf } from '../derived/derive';

/**
 * When an event is no repetition although its content is: something happened in between that reports the opposite state of
 * the same subject. A group is two sides of one state; an event of one side ends the windows of the other side's types.
 * `a` and `b` may overlap with other groups. Only states of lasting things are listed: what carries an id of its own (a
 * job, a task) cannot happen twice, and re-arming it would let echoes through.
 */
interface Opposites {
  readonly subject: SubjectKind;
  readonly a: readonly string[];
  readonly b: readonly string[];
}

type SubjectKind = keyof typeof SUBJECT_READERS;

const named = (kind: string, value: string | null): string | null =>
  value === null ? null : `${kind}:${value}`;

/** How a group finds what its events are about; null where the payload does not say, and then nothing is re-armed. */
const SUBJECT_READERS = {
  node: (payload: JsonObject, hostname: string) => named('node', nodeOf(payload, hostname)),
  config: (payload: JsonObject) => named('config', configOf(payload)),
  model: (payload: JsonObject) =>
    named('model', nameIn(payload['rollback_from']) ?? nameIn(payload['model_id'])),
  lock: (payload: JsonObject) => named('lock', nameIn(payload['lock_name'])),
  cluster: () => 'cluster',
  coordinator: (payload: JsonObject) =>
    named('coordinator', nameIn(payload['coordinator_name']) ?? nameIn(payload['coordinator'])),
  daemon: (payload: JsonObject) =>
    named('daemon', nameIn(payload['daemon_type']) ?? nameIn(payload['daemon_name'])),
  sync: (payload: JsonObject) => {
    const source = nameIn(payload['source']);
    return source === null ? null : `sync:${nameIn(payload['sync_type']) ?? ''}@${source}`;
  },
  target: (payload: JsonObject) => {
    const target = nameIn(payload['target']);
    return target === null ? null : `target:${nameIn(payload['recovery_type']) ?? ''}/${target}`;
  },
  parameter: (payload: JsonObject) => {
    const parameter = nameIn(payload['param_name']);
    return parameter === null ? null : `parameter:${parameter}@${configOf(payload) ?? ''}`;
  },
  work: (payload: JsonObject) => named('work', nameIn(payload['work_id'])),
} as const;

const OPPOSITES: readonly Opposites[] = [
  {
    subject: 'node',
    a: ['HOST_OFFLINE', 'P2P_NODE_DEAD', 'NODE_TERMINATED'],
    b: ['HOST_ONLINE', 'NODE_RECOVERED', 'NODE_ACTIVATED'],
  },
  {
    subject: 'node',
    a: ['NODE_UNHEALTHY', 'HEALTH_CHECK_FAILED', 'HEALTH_ALERT'],
    b: ['HEALTH_CHECK_PASSED', 'NODE_RECOVERED', 'HOST_ONLINE'],
  },
  { subject: 'node', a: ['NODE_OVERLOADED'], b: ['IDLE_RESOURCE_DETECTED', 'BACKPRESSURE_RELEASED'] },
  { subject: 'node', a: ['BACKPRESSURE_ACTIVATED'], b: ['BACKPRESSURE_RELEASED'] },
  { subject: 'cluster', a: ['LEADER_LOST', 'LEADER_STEPDOWN'], b: ['LEADER_ELECTED'] },
  { subject: 'cluster', a: ['P2P_CLUSTER_UNHEALTHY'], b: ['P2P_CLUSTER_HEALTHY'] },
  { subject: 'lock', a: ['LOCK_ACQUIRED'], b: ['LOCK_RELEASED', 'LOCK_TIMEOUT'] },
  { subject: 'daemon', a: ['DAEMON_STARTED'], b: ['DAEMON_STOPPED'] },
  {
    subject: 'coordinator',
    a: ['COORDINATOR_HEALTHY'],
    b: [
      'COORDINATOR_UNHEALTHY',
      'COORDINATOR_HEALTH_DEGRADED',
      'COORDINATOR_SHUTDOWN',
      'COORDINATOR_INIT_FAILED',
    ],
  },
  {
    subject: 'coordinator',
    a: ['COORDINATOR_HEARTBEAT'],
    b: ['COORDINATOR_SHUTDOWN', 'COORDINATOR_INIT_FAILED'],
  },
  { subject: 'config', a: ['DATA_STALE', 'SYNC_TRIGGERED'], b: ['DATA_FRESH'] },
  {
    subject: 'config',
    a: [
      'QUALITY_DEGRADED',
      'LOW_QUALITY_DATA_WARNING',
      'TRAINING_BLOCKED_BY_QUALITY',
      'QUALITY_PENALTY_APPLIED',
    ],
    b: ['HIGH_QUALITY_DATA_AVAILABLE', 'QUALITY_FEEDBACK_ADJUSTED'],
  },
  {
    subject: 'sync',
    a: ['DATA_SYNC_STARTED'],
    b: ['DATA_SYNC_COMPLETED', 'DATA_SYNC_FAILED', 'SYNC_STALLED'],
  },
  {
    subject: 'target',
    a: ['RECOVERY_INITIATED', 'REPAIR_STARTED'],
    b: ['RECOVERY_COMPLETED', 'RECOVERY_FAILED', 'REPAIR_COMPLETED', 'REPAIR_FAILED'],
  },
  {
    subject: 'model',
    a: ['MODEL_PROMOTED', 'PROMOTION_STARTED', 'PROMOTION_CANDIDATE'],
    b: ['PROMOTION_ROLLED_BACK', 'TRAINING_ROLLBACK_COMPLETED', 'PROMOTION_REJECTED', 'PROMOTION_FAILED'],
  },
  {
    subject: 'model',
    a: [
      'REGRESSION_DETECTED',
      'REGRESSION_MINOR',
      'REGRESSION_MODERATE',
      'REGRESSION_SEVERE',
      'REGRESSION_CRITICAL',
    ],
    b: ['REGRESSION_CLEARED'],
  },
  {
    subject: 'model',
    a: ['TRAINING_ROLLBACK_NEEDED'],
    b: ['REGRESSION_CLEARED', 'TRAINING_ROLLBACK_COMPLETED'],
  },
  { subject: 'model', a: ['EVALUATION_STARTED'], b: ['EVALUATION_COMPLETED', 'EVALUATION_FAILED'] },
  { subject: 'config', a: ['PARITY_VALIDATION_STARTED'], b: ['PARITY_VALIDATION_COMPLETED'] },
  {
    subject: 'work',
    a: ['WORK_QUEUED', 'WORK_CLAIMED', 'WORK_STARTED', 'WORK_TIMEOUT'],
    b: ['WORK_RETRY', 'WORK_CANCELLED'],
  },
];

/**
 * Types that report a change from an old to a new value: another change of the same subject in between makes room for the
 * first to happen again (1 → 0.7, 0.7 → 1, 1 → 0.7). Such a type re-arms itself: forget first, then remember the event.
 */
const CHANGES: Readonly<Partial<Record<SubjectKind, readonly string[]>>> = {
  config: [
    'SELFPLAY_RATE_CHANGED',
    'SELFPLAY_TARGET_UPDATED',
    'WEIGHT_UPDATED',
    'EXPLORATION_ADJUSTED',
    'QUALITY_FEEDBACK_ADJUSTED',
    'CURRICULUM_ADVANCED',
  ],
  parameter: ['HYPERPARAMETER_UPDATED'],
  daemon: ['DAEMON_STATUS_CHANGED'],
  cluster: ['CLUSTER_STATUS_CHANGED', 'CLUSTER_CAPACITY_CHANGED'],
};

/**
 * What answers a state each time it is reported: a penalty after a newer `QUALITY_DEGRADED` is another penalty, although it
 * says the same. Without this, half of the recording's penalties and rate changes count as echoes of the first.
 */
const ANSWERS: Readonly<Partial<Record<SubjectKind, Readonly<Record<string, readonly string[]>>>>> = {
  config: {
    QUALITY_DEGRADED: ['QUALITY_PENALTY_APPLIED', 'TRAINING_BLOCKED_BY_QUALITY', 'SELFPLAY_RATE_CHANGED'],
  },
};

const rearmed = new Map<string, readonly string[]>();
const readers = new Map<string, SubjectKind>();

function register(subject: SubjectKind, type: string, cleared: readonly string[]): void {
  rearmed.set(type, [...new Set([...(rearmed.get(type) ?? []), ...cleared])]);
  readers.set(type, subject);
}

for (const { subject, a, b } of OPPOSITES) {
  for (const type of a) register(subject, type, b);
  for (const type of b) register(subject, type, a);
}
for (const [subject, types] of Object.entries(CHANGES)) {
  for (const type of types) register(subject as SubjectKind, type, [type]);
}
for (const [subject, causes] of Object.entries(ANSWERS)) {
  for (const [type, answers] of Object.entries(causes)) register(subject as SubjectKind, type, answers);
}

const NONE: readonly string[] = [];

/** The types whose duplicate windows for the same subject end with an event of this type; empty for most. */
export function rearms(eventType: string): readonly string[] {
  return rearmed.get(eventType) ?? NONE;
}

/** The types that `subjectOf` finds a subject for. */
export function rearmingTypes(): readonly string[] {
  return [...readers.keys()];
}

/** What a state-reporting event is about, e.g. `node:gh200-a`; null for types without an opposite or an unnamed subject. */
export function subjectOf(eventType: string, payload: JsonObject, hostname: string): string | null {
  const kind = readers.get(eventType);
  return kind === undefined ? null : SUBJECT_READERS[kind](payload, hostname);
}

/** The types whose events end the duplicate windows of this one for the same subject. */
export function rearmedBy(eventType: string): readonly string[] {
  return [...rearmed].flatMap(([type, cleared]) => (cleared.includes(eventType) ? [type] : []));
}

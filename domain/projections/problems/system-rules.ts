import type { Severity, StoredEvent } from '../../events/envelope';
import { quoted } from '../../query/print';
import { firstName, nameField, numberField } from '../shared/fields';
import { GOOD_HEALTH, wellFrom } from '../shared/health';
import { idsUnder } from '../shared/ids';
import { deadlock } from './deadlocks';
import {
  firstLine,
  NO_REASON,
  TASKS_PAGE,
  type LevelOf,
  type ProblemRule,
  type ProblemRules,
  type Report,
} from './rules';

const coordinatorId = idsUnder('coordinator');
const initId = idsUnder('init');
const syncId = idsUnder('sync');

/** The tab that shows daemons, coordinators, health alerts and short resources. */
const DAEMONS_PAGE = '/work?tab=daemons';

/** What a failure may be of, most telling first. */
const CONCERNED = ['target', 'node_id', 'node_name', 'component', 'config_key'];

/** The last of many: what it was about, and what is said of it. */
function lastOf({ payload }: StoredEvent, reason: string): string {
  const about = firstName(payload, CONCERNED);
  if (about === null) return reason;
  return reason === NO_REASON ? about : `${about}: ${reason}`;
}

/** Everything of one kind is one problem with a count, and passes an hour after the last. */
function aggregate(
  id: string,
  title: string,
  severity: Severity,
  page: string,
  ...keys: string[]
): ProblemRule {
  return {
    opens: (event) => ({
      id,
      severity,
      title,
      detail: lastOf(event, firstLine(event, ...keys)),
      kind: 'cluster',
      subject: id,
      page,
      passes: true,
    }),
  };
}

/** Of a handler in this server the router keeps what it failed on; one of the cluster is known by its events. */
function handlerPage({ origin }: StoredEvent, handler: string | null): string {
  const own = origin !== 'cross_process';
  const page = own ? '/router' : '/events?type=HANDLER_FAILED&type=HANDLER_TIMEOUT';
  if (handler === null) return page;
  return own
    ? `${page}?${new URLSearchParams({ handler })}`
    : `${page}&${new URLSearchParams({ q: quoted(handler) })}`;
}

function handlerTrouble(event: StoredEvent): Report {
  const named = firstName(event.payload, ['handler_name', 'handler']);
  const handler = named ?? 'a handler';
  const slow = event.eventType === 'HANDLER_TIMEOUT';
  return {
    id: `handler:${handler}`,
    severity: 'error',
    title: `${handler} ${slow ? 'times out' : 'fails'}`,
    detail: firstLine(event, 'error', 'event_type'),
    kind: 'router',
    subject: handler,
    page: handlerPage(event, named),
    passes: true,
  };
}

function lockTrouble(event: StoredEvent): Report {
  const lock = nameField(event.payload, 'lock_name') ?? 'a lock';
  return {
    id: `lock:${lock}`,
    severity: 'warning',
    title: `Waiting for ${lock} timed out`,
    detail: firstLine(event, 'holder', 'error'),
    kind: 'lock',
    subject: lock,
    page: TASKS_PAGE,
    passes: true,
  };
}

function coordinatorOf(event: StoredEvent): string | null {
  return firstName(event.payload, ['coordinator_name', 'coordinator', 'daemon_type']);
}

function coordinator(prefix: string, what: string, severity: Severity, ...keys: string[]): ProblemRule {
  return {
    opens: (event) => {
      const name = coordinatorOf(event) ?? event.source;
      const subject = name === '' || name.length > 200 ? 'a coordinator' : name;
      const title = `${subject} ${what}`;
      return {
        id: `${prefix}:${subject}`,
        severity,
        title,
        detail: firstLine(event, ...keys),
        kind: 'coordinator',
        subject,
        page: DAEMONS_PAGE,
        level: wellFrom(numberField(event.payload, 'health_score')),
      };
    },
  };
}

/** A heartbeat proves that a coordinator runs; that it is well only if its score says so or it gives none. */
function alive(event: StoredEvent, levelOf: LevelOf): readonly string[] {
  const name = coordinatorOf(event);
  if (name === null) return [];
  const ids = [coordinatorId(name), initId(name)];
  if (event.eventType !== 'COORDINATOR_HEARTBEAT') return ids;
  const score = numberField(event.payload, 'health_score');
  return score === null || score >= (levelOf(coordinatorId(name)) ?? GOOD_HEALTH) ? ids : [initId(name)];
}

/** Models may come through while games are stuck: each type of sync of a node is a problem of its own. */
function syncTrouble(event: StoredEvent): Report | null {
  const source = nameField(event.payload, 'source') ?? event.node;
  if (source === null) return null;
  const type = nameField(event.payload, 'sync_type');
  const stalled = event.eventType === 'SYNC_STALLED';
  return {
    id: type === null ? syncId(source) : syncId(`${type}@${source}`),
    severity: 'error',
    title: `${type === null ? 'Sync' : `Sync of type ${type}`} from ${source} ${stalled ? 'stalled' : 'failed'}`,
    detail: stalled ? 'no progress within its time limit' : firstLine(event, 'error'),
    kind: 'node',
    subject: source,
    page: '/pipeline',
  };
}

function syncFine({ payload, node }: StoredEvent): readonly string[] {
  const source = nameField(payload, 'source') ?? node;
  if (source === null || payload['success'] === false) return [];
  const type = nameField(payload, 'sync_type');
  return type === null ? [syncId(source)] : [syncId(source), syncId(`${type}@${source}`)];
}

export const SYSTEM_RULES: ProblemRules = [
  [['SYNC_STALLED', 'DATA_SYNC_FAILED'], { opens: syncTrouble }],
  [['DATA_SYNC_COMPLETED'], { closes: syncFine }],
  [['WORK_FAILED'], aggregate('work-failed', 'Work fails', 'warning', '/work?state=failed', 'error')],
  [['WORK_TIMEOUT'], aggregate('work-timeout', 'Work times out', 'warning', '/work?state=timed_out')],
  [['TASK_FAILED'], aggregate('task-failed', 'Tasks fail', 'warning', TASKS_PAGE, 'error')],
  [
    ['TASK_ORPHANED', 'TASK_ABANDONED'],
    aggregate('task-lost', 'Tasks lose their worker', 'warning', TASKS_PAGE, 'reason'),
  ],
  [['HANDLER_FAILED', 'HANDLER_TIMEOUT'], { opens: handlerTrouble }],
  [['LOCK_TIMEOUT'], { opens: lockTrouble }],
  [['DEADLOCK_DETECTED'], { opens: deadlock }],
  [
    ['COORDINATOR_HEALTH_DEGRADED', 'COORDINATOR_UNHEALTHY'],
    coordinator('coordinator', 'is not well', 'warning', 'reason', 'error'),
  ],
  [['COORDINATOR_INIT_FAILED'], coordinator('init', 'failed to start', 'error', 'error')],
  [['COORDINATOR_HEALTHY', 'COORDINATOR_HEARTBEAT', 'DAEMON_STARTED'], { closes: alive }],
  [['REPAIR_FAILED'], aggregate('repair-failed', 'Repairs fail', 'error', '/quality', 'error')],
  [
    ['HEALTH_ALERT'],
    aggregate('health-alert', 'Health alerts', 'warning', DAEMONS_PAGE, 'message', 'alert_type'),
  ],
  [
    ['RESOURCE_CONSTRAINT', 'RESOURCE_CONSTRAINT_DETECTED'],
    aggregate('resources', 'Resources run short', 'warning', DAEMONS_PAGE, 'constraint_type'),
  ],
  [
    ['DATA_QUALITY_ALERT'],
    aggregate('quality-alert', 'Data quality alerts', 'warning', '/quality', 'message', 'alert_type'),
  ],
  [['ERROR'], aggregate('error', 'Errors reported', 'error', '/events?type=ERROR', 'error', 'message')],
];

import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { firstName, lineField, nameField, namesField, numberField } from '../shared/fields';
import { insertSorted, refOf, write } from '../shared/order';
import { writeNumber } from '../shared/write-number';
import { enter } from './conditions';
import type { ServiceChange } from './entities';
import { heartbeat } from './heartbeat';
import { service, type DaemonsState, type Link, type Service } from './state';

export const MAX_SERVICES = 250;
const MAX_HOSTS = 32;
const MAX_CHANGES = 200;
const MAX_ISSUES = 5;

/** What a rule noticed, for the list of changes; null for what happens all the time. */
type Noticed = { what: ServiceChange['what']; detail: string | null } | null;
type ServiceRule = (one: Service, event: StoredEvent) => Noticed;

function reasonOf({ payload }: StoredEvent): string | null {
  return lineField(payload, 'error') ?? lineField(payload, 'reason');
}

/** Reasons that a shutdown gives when it was not meant. */
const ENDED_BADLY = new Set(['error', 'forced', 'crash', 'crashed', 'failed', 'killed']);

function started(one: Service, event: StoredEvent): Noticed {
  one.daemon = true;
  one.starts += 1;
  enter(one.link, event, 'running', null);
  enter(one.health, event, 'ok', null);
  return { what: 'started', detail: null };
}

function stop(one: Service, event: StoredEvent, what: 'stopped' | 'shut down'): Noticed {
  const reason = reasonOf(event);
  // The manager reports again what the coordinator reported: only the first is another stop.
  if (one.link.v !== 'stopped' && one.link.v !== 'failed') one.stops += 1;
  enter(one.link, event, endOf(reason), reason);
  return { what, detail: reason };
}

function endOf(reason: string | null): Link {
  return reason !== null && ENDED_BADLY.has(reason.toLowerCase()) ? 'failed' : 'stopped';
}

function stopped(one: Service, event: StoredEvent): Noticed {
  one.daemon = true;
  return stop(one, event, 'stopped');
}

function shutDown(one: Service, event: StoredEvent): Noticed {
  one.coordinator = true;
  writeNumber(one.remaining, event, 'remaining_tasks');
  return stop(one, event, 'shut down');
}

function initFailed(one: Service, event: StoredEvent): Noticed {
  one.coordinator = true;
  one.failures += 1;
  const reason = reasonOf(event);
  enter(one.link, event, 'failed', reason);
  return { what: 'failed', detail: reason };
}

function ill(health: 'degraded' | 'unhealthy'): ServiceRule {
  return (one, event) => {
    one.coordinator = true;
    writeNumber(one.score, event, 'health_score');
    write(one.reported, event, numberField(event.payload, 'health_score'));
    write(one.issues, event, namesField(event.payload, 'issues', MAX_ISSUES));
    const reason = reasonOf(event);
    const entered = enter(one.health, event, health, reason);
    // Its own report shows that it runs; a watchdog's does not.
    if (health === 'degraded' || one.link.v === 'unknown') enter(one.link, event, 'running', null);
    return entered ? { what: health, detail: reason } : null;
  };
}

function healthy(one: Service, event: StoredEvent): Noticed {
  one.coordinator = true;
  writeNumber(one.score, event, 'health_score');
  enter(one.link, event, 'running', null);
  return enter(one.health, event, 'ok', null) ? { what: 'healthy', detail: null } : null;
}

function beats(one: Service, event: StoredEvent): Noticed {
  one.coordinator = true;
  const wasIll = one.health.v !== 'ok';
  const wasRunning = one.link.v === 'running' || one.link.v === 'unknown';
  heartbeat(one, event);
  if (!wasRunning && one.link.v === 'running') return { what: 'started', detail: 'its heartbeat came' };
  return wasIll && one.health.v === 'ok' ? { what: 'healthy', detail: 'its heartbeat says so' } : null;
}

/** The words of managers for what a daemon is in; any other word says nothing that we know. */
const WORDS: readonly (readonly [RegExp, Link])[] = [
  [/^(running|started|active|healthy|up|ready)$/, 'running'],
  [/^(stopped|stopping|terminated|shutdown|disabled|down|exited)$/, 'stopped'],
  [/^(failed|error|crashed|dead)$/, 'failed'],
];

function statusChanged(one: Service, event: StoredEvent): Noticed {
  one.daemon = true;
  const before = nameField(event.payload, 'old_status');
  const after = nameField(event.payload, 'new_status');
  if (after === null) return null;
  write(one.stated, event, after);
  const link = WORDS.find(([pattern]) => pattern.test(after.toLowerCase()))?.[1];
  // A stop that was explained stays as it was explained: the manager's word for it is only `stopped`.
  const explained = link === 'stopped' && one.link.v === 'failed';
  if (link !== undefined && !explained) enter(one.link, event, link, reasonOf(event));
  return { what: 'changed', detail: `${before ?? 'unknown'} → ${after}` };
}

const RULES: ReadonlyMap<string, ServiceRule> = new Map<string, ServiceRule>([
  ['DAEMON_STARTED', started],
  ['DAEMON_STOPPED', stopped],
  ['DAEMON_STATUS_CHANGED', statusChanged],
  ['COORDINATOR_HEARTBEAT', beats],
  ['COORDINATOR_HEALTH_DEGRADED', ill('degraded')],
  ['COORDINATOR_UNHEALTHY', ill('unhealthy')],
  ['COORDINATOR_HEALTHY', healthy],
  ['COORDINATOR_SHUTDOWN', shutDown],
  ['COORDINATOR_INIT_FAILED', initFailed],
]);

export const SERVICE_TYPES: readonly string[] = [...RULES.keys()];

/** A coordinator speaks for itself, so its source names it where the payload does not; a daemon's manager does not. */
function serviceNameOf({ eventType, payload, source }: StoredEvent): string | null {
  const named = firstName(payload, ['coordinator_name', 'coordinator', 'daemon_type', 'daemon_name']);
  if (named !== null || !eventType.startsWith('COORDINATOR_')) return named;
  return source !== '' && source.length <= 200 ? source : null;
}

/** True when the event was about a daemon or coordinator. */
export function foldServices(state: DaemonsState, event: StoredEvent, touch: Touch): boolean {
  const rule = RULES.get(event.eventType);
  if (rule === undefined) return false;
  const name = serviceNameOf(event);
  if (name === null) return true;
  const one = serviceFor(state, name, event, touch);
  if (event.eventType === 'COORDINATOR_HEARTBEAT') state.heartbeats += 1;
  const noticed = rule(one, event);
  if (noticed !== null) note(state, name, noticed, event);
  touch('daemons.services', name);
  touch('daemons.summary', 'summary');
  return true;
}

function note(state: DaemonsState, name: string, noticed: NonNullable<Noticed>, event: StoredEvent): void {
  const { timestamp: t, seq: s } = event;
  insertSorted(state.changes, { t, s, at: t, name, ...noticed, event: refOf(event) });
  if (state.changes.length > MAX_CHANGES) state.changes.shift();
}

function serviceFor(state: DaemonsState, name: string, event: StoredEvent, touch: Touch): Service {
  let one = state.services.get(name);
  if (one === undefined) {
    one = service(name);
    one.heardAt = event.timestamp;
    state.services.set(name, one);
    evictLowest(
      state.services,
      MAX_SERVICES,
      ({ heardAt }) => heardAt,
      (key) => touch('daemons.services', key),
    );
  }
  one.heardAt = Math.max(one.heardAt, event.timestamp);
  const host = nameField(event.payload, 'hostname') ?? (event.hostname === '' ? null : event.hostname);
  if (host !== null) {
    one.hosts.set(host, Math.max(one.hosts.get(host) ?? -Infinity, event.timestamp));
    evictLowest(one.hosts, MAX_HOSTS, (t) => t);
  }
  return one;
}

import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { evictLowest } from '../shared/bounds';
import { minuteOf } from '../shared/clock';
import { firstName, lineField, nameField, numberField } from '../shared/fields';
import { addToMinute } from '../shared/minutes';
import { insertSorted, isNotOlder, refOf } from '../shared/order';
import { enter } from './conditions';
import type { ResourceEntity, ResourceKind } from './entities';
import { condition, type DaemonsState, type Resource } from './state';

const MAX_RESOURCES = 3_000;
const MAX_ALERTS = 50;
/** No event says that a shortage or idleness is over, so a report counts for an hour. */
export const REPORT_HOLDS_S = 3_600;

const KINDS: ReadonlyMap<string, ResourceKind> = new Map<string, ResourceKind>([
  ['IDLE_RESOURCE_DETECTED', 'idle'],
  ['RESOURCE_CONSTRAINT', 'constraint'],
  ['RESOURCE_CONSTRAINT_DETECTED', 'constraint'],
  ['BACKPRESSURE_ACTIVATED', 'backpressure'],
  ['BACKPRESSURE_RELEASED', 'backpressure'],
]);

export const RESOURCE_TYPES: readonly string[] = [...KINDS.keys(), 'HEALTH_ALERT'];

/** True when the event was about resources or an alert. */
export function foldResources(state: DaemonsState, event: StoredEvent, touch: Touch): boolean {
  if (event.eventType === 'HEALTH_ALERT') alert(state, event);
  else {
    const kind = KINDS.get(event.eventType);
    if (kind === undefined) return false;
    report(state, kind, event);
  }
  touch('daemons.summary', 'summary');
  return true;
}

function alert(state: DaemonsState, event: StoredEvent): void {
  const { payload, timestamp: t, seq: s } = event;
  insertSorted(state.alerts, {
    t,
    s,
    at: t,
    alert: firstName(payload, ['alert_type', 'alert']) ?? 'alert',
    severity: nameField(payload, 'severity'),
    message: lineField(payload, 'message') ?? lineField(payload, 'reason'),
    node: firstName(payload, ['node_id', 'node_name', 'host_id', 'host']),
    event: refOf(event),
  });
  if (state.alerts.length > MAX_ALERTS) state.alerts.shift();
  addToMinute(state.alertRing, minuteOf(t));
}

function report(state: DaemonsState, kind: ResourceKind, event: StoredEvent): void {
  const node = event.node;
  if (node === null) return;
  // Backpressure is a node's: its release does not name the resource.
  const resource = firstName(event.payload, ['resource_type', 'constraint_type']) ?? 'resource';
  const key = kind === 'backpressure' ? `${kind}|${node}` : `${kind}|${node}|${resource}`;
  const found = resourceFor(state, key, kind, node, resource, event);
  found.reports += 1;
  const released = event.eventType === 'BACKPRESSURE_RELEASED';
  if (!isNotOlder(event, found.pressed)) return;
  enter(found.pressed, event, !released, null);
  found.lastAt = event.timestamp;
  found.event = refOf(event);
  if (released) found.seconds = positive(numberField(event.payload, 'duration_seconds'));
  else describe(found, resource, event);
}

function describe(target: Resource, resource: string, { payload }: StoredEvent): void {
  target.resource = resource;
  target.level = nameField(payload, 'level');
  target.reason = lineField(payload, 'reason');
  target.utilization = numberField(payload, 'utilization');
  target.seconds = positive(numberField(payload, 'idle_duration'));
}

function positive(seconds: number | null): number | null {
  return seconds === null || seconds < 0 ? null : seconds;
}

function resourceFor(
  state: DaemonsState,
  key: string,
  kind: ResourceKind,
  node: string,
  resource: string,
  event: StoredEvent,
): Resource {
  const found = state.resources.get(key);
  if (found !== undefined) return found;
  const made: Resource = {
    kind,
    node,
    resource,
    pressed: condition(false),
    level: null,
    reason: null,
    utilization: null,
    seconds: null,
    lastAt: event.timestamp,
    reports: 0,
    event: refOf(event),
  };
  state.resources.set(key, made);
  evictLowest(state.resources, MAX_RESOURCES, ({ lastAt }) => lastAt);
  return made;
}

/** Whether a report still holds: judged by the minute, so that it changes exactly when a minute begins. */
export function isActive({ kind, pressed, lastAt }: Resource, clock: number | null): boolean {
  if (!pressed.v) return false;
  return kind === 'backpressure' || clock === null || minuteOf(clock) * 60 - lastAt < REPORT_HOLDS_S;
}

export function resourceEntity(source: Resource, clock: number | null): ResourceEntity {
  return {
    kind: source.kind,
    node: source.node,
    resource: source.resource,
    active: isActive(source, clock),
    level: source.level,
    reason: source.reason,
    utilization: source.utilization,
    seconds: source.seconds,
    since: source.pressed.since ?? source.lastAt,
    last_at: source.lastAt,
    reports: source.reports,
    event: source.event,
  };
}

import type { EventRef } from '../../realtime/entities';
import { minuteOf } from '../shared/clock';
import { perHour } from '../shared/minutes';
import { SERVICE_STATES, type DaemonsEntity, type ServiceEntity, type ServiceState } from './entities';
import { dueOf, isOverdue } from './heartbeat';
import { isActive } from './resources';
import type { DaemonsState, Service } from './state';

const SPARK_BEATS = 30;
const HOUR_S = 3_600;

type Standing = { state: ServiceState; since: number | null; event: EventRef | null; reason: string | null };

/** The one word: what it ended as outweighs silence, silence what was last known, and ill outweighs running. */
function standingOf(one: Service, clock: number | null): Standing {
  const { link, health } = one;
  if (link.v === 'failed' || link.v === 'stopped') return { ...link, state: link.v };
  if (isOverdue(one, clock))
    return { state: 'overdue', since: dueOf(one), event: one.beat.v, reason: 'its heartbeat is late' };
  if (health.v !== 'ok') return { ...health, state: health.v };
  return { ...link, state: link.v };
}

export function serviceEntity(state: DaemonsState, name: string): ServiceEntity | undefined {
  const one = state.services.get(name);
  if (one === undefined) return undefined;
  const standing = standingOf(one, state.clock);
  const hosts = [...one.hosts].sort((a, b) => b[1] - a[1]);
  return {
    name,
    daemon: one.daemon,
    coordinator: one.coordinator,
    state: standing.state,
    since: standing.since,
    event: standing.event,
    reason: standing.reason,
    issues: one.health.v === 'ok' ? [] : [...one.issues.v],
    stated: one.stated.v,
    remaining_tasks: one.link.v === 'stopped' || one.link.v === 'failed' ? one.remaining.v : null,
    health_score: one.score.v,
    health_spark: one.scores.slice(-SPARK_BEATS).map(([, score]) => score),
    last_heartbeat: one.beat.v?.timestamp ?? null,
    rhythm: one.rhythm,
    due: dueOf(one),
    active_handlers: one.handlers.v,
    events_processed: one.processed.v,
    events_per_minute: one.perMinute,
    host: hosts[0]?.[0] ?? null,
    hosts: hosts.filter(([, at]) => at > one.heardAt - HOUR_S).length,
    starts: one.starts,
    stops: one.stops,
    failures: one.failures,
    heartbeats: one.heartbeats,
  };
}

export function summaryEntity(state: DaemonsState): DaemonsEntity {
  const states = Object.fromEntries(SERVICE_STATES.map((each) => [each, 0])) as DaemonsEntity['states'];
  for (const one of state.services.values()) states[standingOf(one, state.clock).state] += 1;
  const levels = new Map<string, number>();
  const active = { idle: 0, constraint: 0, backpressure: 0 };
  for (const resource of state.resources.values()) {
    if (!isActive(resource, state.clock)) continue;
    active[resource.kind] += 1;
    const level = resource.level ?? 'unknown';
    if (resource.kind === 'backpressure') levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  return {
    states,
    heartbeats: state.heartbeats,
    alerts_last_hour: perHour(state.alertRing, minuteOf(state.clock ?? 0)),
    last_alert: state.alerts.at(-1)?.event ?? null,
    idle: active.idle,
    constrained: active.constraint,
    backpressure: [...levels].sort((a, b) => b[1] - a[1]).slice(0, 8),
  };
}

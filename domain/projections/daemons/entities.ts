import type { EventRef } from '../../realtime/entities';

/**
 * What the page /work receives of daemons, coordinators and resources. Times are epoch seconds of event time, durations
 * seconds.
 */

/**
 * How a daemon or coordinator is, worst word first where several fit. `overdue`: its heartbeat is late by its own rhythm;
 * `failed`: it could not start, or ended on an error; `unknown`: only ever named.
 */
export const SERVICE_STATES = [
  'failed',
  'overdue',
  'unhealthy',
  'degraded',
  'stopped',
  'running',
  'unknown',
] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

/** Topic `daemons.services` (key: name). A coordinator is known by its heartbeats, a daemon by its manager's reports. */
export type ServiceEntity = {
  name: string;
  daemon: boolean;
  coordinator: boolean;
  state: ServiceState;
  since: number | null;
  /** What put it into its state; for an overdue one its last heartbeat. */
  event: EventRef | null;
  /** Why it is degraded, unhealthy, failed or stopped, as it was reported. */
  reason: string | null;
  issues: string[];
  /** The word of the last DAEMON_STATUS_CHANGED. */
  stated: string | null;
  /** What a shutdown left undone. */
  remaining_tasks: number | null;
  health_score: number | null;
  /** Scores of the last 30 heartbeats, oldest first. */
  health_spark: number[];
  last_heartbeat: number | null;
  /** Median of the last 20 pauses between heartbeats; null before the fourth heartbeat. */
  rhythm: number | null;
  /** From when on its next heartbeat counts as overdue: 2.5 times the rhythm after the last. */
  due: number | null;
  active_handlers: number | null;
  events_processed: number | null;
  /** From the last two heartbeats. */
  events_per_minute: number | null;
  /** Where it last reported from, and how many machines did in the last hour. One name is taken as one service. */
  host: string | null;
  hosts: number;
  starts: number;
  stops: number;
  failures: number;
  heartbeats: number;
};

/** Topic `daemons.summary` (key: `summary`): what a glance must tell. */
export type DaemonsEntity = {
  states: { [state in ServiceState]: number };
  heartbeats: number;
  alerts_last_hour: number;
  last_alert: EventRef | null;
  /** Resources reported idle, or short, within the last hour. */
  idle: number;
  constrained: number;
  /** Nodes that ask for less work, by level. */
  backpressure: [level: string, nodes: number][];
};

/** A change in the life of a daemon or coordinator. */
export type ServiceChange = {
  at: number;
  name: string;
  what: 'started' | 'stopped' | 'shut down' | 'degraded' | 'unhealthy' | 'healthy' | 'failed' | 'changed';
  detail: string | null;
  event: EventRef;
};

/** A HEALTH_ALERT. */
export type AlertEntity = {
  at: number;
  alert: string;
  severity: string | null;
  message: string | null;
  node: string | null;
  event: EventRef;
};

export const RESOURCE_KINDS = ['backpressure', 'constraint', 'idle'] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** A resource of a node that is short or idle; served by query. */
export type ResourceEntity = {
  kind: ResourceKind;
  node: string;
  resource: string;
  /** Backpressure until it is released; the others for an hour after their last report. */
  active: boolean;
  level: string | null;
  reason: string | null;
  utilization: number | null;
  /** How long it was idle when that was reported, or how long released backpressure had lasted. */
  seconds: number | null;
  since: number;
  last_at: number;
  reports: number;
  event: EventRef;
};

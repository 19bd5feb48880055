import type { EventRef } from '../../realtime/entities';
import { minuteRing, type MinuteRing } from '../shared/minutes';
import { register, type Register } from '../shared/order';
import type { AlertEntity, ResourceKind, ServiceChange } from './entities';

export type Link = 'running' | 'stopped' | 'failed' | 'unknown';
export type Health = 'ok' | 'degraded' | 'unhealthy';

/** A state that lasts, with when it began, the event that began it, and why. */
export type Condition<V> = Register<V> & {
  since: number | null;
  event: EventRef | null;
  reason: string | null;
};

export function condition<V>(v: V): Condition<V> {
  return { t: -Infinity, s: -1, v, since: null, event: null, reason: null };
}

export type Service = {
  name: string;
  daemon: boolean;
  coordinator: boolean;
  link: Condition<Link>;
  health: Condition<Health>;
  issues: Register<string[]>;
  stated: Register<string | null>;
  remaining: Register<number | null>;
  score: Register<number | null>;
  /** The score that the newest report of its being ill named. */
  reported: Register<number | null>;
  handlers: Register<number | null>;
  processed: Register<number | null>;
  perMinute: number | null;
  /** The newest heartbeat. */
  beat: Register<EventRef | null>;
  /** Pauses between heartbeats, the last 20; and their median. */
  gaps: number[];
  rhythm: number | null;
  /** The last 500 scores that heartbeats told: [time, score]. */
  scores: [number, number][];
  /** Machines it reported from, and when each last did. */
  hosts: Map<string, number>;
  starts: number;
  stops: number;
  failures: number;
  heartbeats: number;
  heardAt: number;
};

export type Resource = {
  kind: ResourceKind;
  node: string;
  resource: string;
  /** False once backpressure was released. */
  pressed: Condition<boolean>;
  level: string | null;
  reason: string | null;
  utilization: number | null;
  seconds: number | null;
  lastAt: number;
  reports: number;
  event: EventRef;
};

export type DaemonsState = {
  clock: number | null;
  services: Map<string, Service>;
  /** The newest 200 changes and 50 alerts, oldest first. */
  changes: (ServiceChange & { t: number; s: number })[];
  alerts: (AlertEntity & { t: number; s: number })[];
  alertRing: MinuteRing;
  heartbeats: number;
  resources: Map<string, Resource>;
};

export function initialDaemons(): DaemonsState {
  return {
    clock: null,
    services: new Map(),
    changes: [],
    alerts: [],
    alertRing: minuteRing(),
    heartbeats: 0,
    resources: new Map(),
  };
}

export function service(name: string): Service {
  return {
    name,
    daemon: false,
    coordinator: false,
    link: condition<Link>('unknown'),
    health: condition<Health>('ok'),
    issues: register<string[]>([]),
    stated: register<string | null>(null),
    remaining: register<number | null>(null),
    score: register<number | null>(null),
    reported: register<number | null>(null),
    handlers: register<number | null>(null),
    processed: register<number | null>(null),
    perMinute: null,
    beat: register<EventRef | null>(null),
    gaps: [],
    rhythm: null,
    scores: [],
    hosts: new Map(),
    starts: 0,
    stops: 0,
    failures: 0,
    heartbeats: 0,
    heardAt: -Infinity,
  };
}

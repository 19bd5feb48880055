import type { StoredEvent } from '../../events/envelope';
import type { EventRef } from '../../realtime/entities';
import { minuteRing, type MinuteRing } from '../shared/minutes';
import { register, type Register, type Stamp } from '../shared/order';
import { nodeHistory, type NodeHistory } from './buckets';
import type { Duties } from './duties';
import { signs, type Signs } from './silence';
import { steps, type Steps } from './steps';

/** A state that lasts, with when it began and the event that began it. */
export type Phase<V> = Register<V> & { since: number | null; event: EventRef | null };

export function phase<V>(v: V): Phase<V> {
  return { t: -Infinity, s: -1, v, since: null, event: null };
}

export type NodeState = {
  /** What the cluster last declared; `undeclared` before it said anything. */
  link: Phase<'online' | 'offline' | 'undeclared'>;
  unhealthy: Phase<boolean>;
  overloaded: Phase<boolean>;
  /** When it gave signs of life; none for a node that others only talked about. */
  signs: Signs;
  /** What the cluster declared (1 online, 0 offline), and when it was unhealthy and overloaded (1), over time. */
  lines: { link: Steps; unhealthy: Steps; overloaded: Steps };
  /** Newest event about it, sign of life or not. */
  at: number;
  /** The last passed health check, which contradicts an older report that the node is offline. */
  passed: Register<EventRef | null>;
  hostType: Register<string | null>;
  gpu: Register<string | null>;
  healthScore: Register<number | null>;
  cpu: Register<number | null>;
  gpuUtil: Register<number | null>;
  memory: Register<number | null>;
  backpressure: Register<string | null>;
  issues: Register<string[]>;
  /** What was said of its going offline; null once it is back. */
  gone: Register<string | null>;
  games: MinuteRing;
  history: NodeHistory;
  duties: Duties;
  /** Types of sync that it gave up because they stalled. */
  stalled: Set<string>;
  events: number;
};

/** What an event means for a node. True when it may have changed what pages see of the node. */
export type NodeRule = (node: NodeState, event: StoredEvent) => boolean;

/** A change of leadership. `leader` is who was elected, or who led until then. */
export type LeaderChange = Stamp & {
  kind: 'elected' | 'seen' | 'lost' | 'stepped_down';
  leader: string | null;
  term: number | null;
  reason: string | null;
};

/** A report of the peers that differs from the one before. */
export type PeerReport = Stamp & { quorum: boolean; alive: number | null; total: number | null };

export type ClusterState = {
  /** The last 300 changes of leadership, and the last 300 reports of peers that said something new, by stamp. */
  changes: LeaderChange[];
  reports: PeerReport[];
  leader: Phase<string | null>;
  term: Register<number | null>;
  quorum: Register<boolean | null>;
  alivePeers: Register<number | null>;
  totalPeers: Register<number | null>;
  updatedAt: number | null;
};

export type NodesState = {
  clock: number | null;
  nodes: Map<string, NodeState>;
  /** Machines that sent events before anything named them as nodes, and when they last did. */
  senders: Map<string, number>;
  cluster: ClusterState;
};

export function nodeState(): NodeState {
  return {
    link: phase<NodeState['link']['v']>('undeclared'),
    unhealthy: phase(false),
    overloaded: phase(false),
    signs: signs(),
    lines: { link: steps(), unhealthy: steps(), overloaded: steps() },
    at: -Infinity,
    passed: register<EventRef | null>(null),
    hostType: register<string | null>(null),
    gpu: register<string | null>(null),
    healthScore: register<number | null>(null),
    cpu: register<number | null>(null),
    gpuUtil: register<number | null>(null),
    memory: register<number | null>(null),
    backpressure: register<string | null>(null),
    issues: register<string[]>([]),
    gone: register<string | null>(null),
    games: minuteRing(),
    history: nodeHistory(),
    duties: new Map(),
    stalled: new Set(),
    events: 0,
  };
}

export function initialNodes(): NodesState {
  return {
    clock: null,
    nodes: new Map(),
    senders: new Map(),
    cluster: {
      changes: [],
      reports: [],
      leader: phase<string | null>(null),
      term: register<number | null>(null),
      quorum: register<boolean | null>(null),
      alivePeers: register<number | null>(null),
      totalPeers: register<number | null>(null),
      updatedAt: null,
    },
  };
}

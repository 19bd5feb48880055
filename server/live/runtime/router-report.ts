import type { States } from '../../../domain/projections';
import { driftByType, type TypeDrift } from '../../../domain/projections/traffic';
import { typeEntity } from '../../../domain/projections/traffic';
import type { SqliteHistory } from '../../history/history';
import type { BusSubscriber } from '../../router/delivery/delivery';
import type { FlowReport } from '../../router/flow-check';
import type { LatencySummary } from '../../latency-window';
import type { UnifiedEventRouter } from '../../router/router';
import type { ClusterReport, ClusterSubscribers } from './cluster-subscribers';
import { unheardTypes, type UnheardType } from './unheard';

/** Milliseconds; null before the first measurement. */
export type Quantiles = { p50: number | null; p95: number | null; p99: number | null };

/** A handler of this process. Counts are since it subscribed, times in milliseconds over its newest 128 events. */
export type OwnSubscriber = {
  name: string;
  bus: BusSubscriber['bus'];
  types: string[];
  delivered: number;
  failed: number;
  timed_out: number;
  /** Not queued, because too many waited already. */
  queue_full: number;
  abandoned: number;
  last_error: string | null;
  queued: number;
  running: number;
  run_ms: Quantiles;
};

/** What the router page and `GET /api/state/router` show beyond the figures of each second. */
export type RouterReport = {
  latency: {
    /** One transaction of history. */
    commit: Quantiles;
    /** From the acceptance of a batch's first event until it is durable. */
    durable: Quantiles;
    /** From durable until live state, buses and subscribers have been handed the batch. */
    delivery: Quantiles;
    /** From acceptance to delivery. */
    total: Quantiles;
  };
  waiting: { in_flight: number; queued: number };
  /** Since the start; most first. */
  duplicates_by_type: [string, number][];
  rejected_by_code: [string, number][];
  duplicate_memory: { size: number; evicted_early: number };
  failures: {
    failed: number;
    timed_out: number;
    queue_full: number;
    abandoned: number;
    lost_letters: number;
  };
  own_subscribers: OwnSubscriber[];
  /** Parts of this server that take every event. */
  sinks: { name: string; events: number; failures: number }[];
  cluster_subscribers: ClusterReport;
  unheard: UnheardType[];
  /** Types of which events were seen. */
  types_seen: number;
  drift: TypeDrift[];
  flow: FlowReport;
};

export interface ReportParts {
  readonly router: UnifiedEventRouter;
  readonly history: Pick<SqliteHistory, 'commits'>;
  readonly cluster: ClusterSubscribers;
}

const MOST = 20;
const MOST_DRIFT = 100;
const MOST_UNHEARD = 300;

/** Reads the file of the cluster's queue when what is known of it is older than a few seconds; never rejects for it. */
export async function routerReport(parts: ReportParts, states: () => States): Promise<RouterReport> {
  const cluster = await parts.cluster.report();
  const stats = parts.router.stats();
  const ours = parts.router.subscriberStats();
  const { traffic } = states();
  const types = [...traffic.types.keys()].flatMap((type) => typeEntity(traffic, type) ?? []);
  const { failed, timedOut, queueFull, abandoned, lostDeadLetters } = stats.handlers;
  return {
    latency: latencies(parts, stats.passage),
    waiting: { in_flight: stats.inFlight, queued: stats.queued },
    duplicates_by_type: pairs(stats.duplicatesByType),
    rejected_by_code: pairs(stats.rejectedByCode),
    duplicate_memory: { size: stats.duplicateIndex.size, evicted_early: stats.duplicateIndex.evictedEarly },
    failures: {
      failed,
      timed_out: timedOut,
      queue_full: queueFull,
      abandoned,
      lost_letters: lostDeadLetters,
    },
    own_subscribers: ours.map(ownSubscriber),
    sinks: parts.router.sinkStats().map((sink) => ({ ...sink })),
    cluster_subscribers: cluster,
    unheard: unheardTypes(types, ours, cluster.subscribers).slice(0, MOST_UNHEARD),
    types_seen: types.length,
    drift: driftByType(traffic).slice(0, MOST_DRIFT),
    flow: parts.router.validateEventFlow(),
  };
}

type Passage = ReturnType<UnifiedEventRouter['stats']>['passage'];

function latencies({ history }: ReportParts, passage: Passage): RouterReport['latency'] {
  const commit = (p: number): number | null => rounded(history.commits.quantile(p));
  return {
    commit: { p50: commit(0.5), p95: commit(0.95), p99: commit(0.99) },
    durable: quantiles(passage.durable),
    delivery: quantiles(passage.delivered),
    total: quantiles(passage.total),
  };
}

export function quantiles({ count, p50, p95, p99 }: LatencySummary): Quantiles {
  if (count === 0) return { p50: null, p95: null, p99: null };
  return { p50: rounded(p50), p95: rounded(p95), p99: rounded(p99) };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

function pairs(counts: readonly (readonly [string, number])[]): [string, number][] {
  return counts.slice(0, MOST).map(([name, count]) => [name, count]);
}

function ownSubscriber(stats: BusSubscriber): OwnSubscriber {
  const { failures } = stats;
  return {
    name: stats.name,
    bus: stats.bus,
    types: [...stats.types].sort(),
    delivered: stats.delivered,
    failed: failures.failed,
    timed_out: failures.timeout,
    queue_full: failures.queue_full,
    abandoned: failures.abandoned,
    last_error: stats.lastError,
    queued: stats.queued,
    running: stats.running,
    run_ms: quantiles(stats.latency),
  };
}

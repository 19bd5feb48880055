import type { BridgeEntity, RouterStatusEntity } from '../../../domain/realtime/entities';
import type { Bridge } from '../../bridges/types';
import type { SqliteHistory } from '../../history/history';
import type { UnifiedEventRouter } from '../../router/router';
import type { DeadLetterDesk } from '../../router/dead-letter-desk';
import type { Arrivals } from './arrivals';
import type { ClusterSubscribers } from './cluster-subscribers';
import type { RateMeter } from './rate-meter';
import { quantiles, type Quantiles } from './router-report';
import type { TopicSource } from '../topics/topic-hub';

/** What the running server reports of itself; not folded from events, so it starts anew with the process. */
export interface RuntimeParts {
  readonly startedAt: number;
  readonly router: UnifiedEventRouter;
  readonly history: SqliteHistory;
  readonly bridges: readonly Bridge[];
  readonly rate: RateMeter;
  readonly browsers: () => number;
  readonly letters: { readonly open: number };
  readonly arrivals: Arrivals;
  readonly cluster: ClusterSubscribers;
  readonly desk: DeadLetterDesk;
}

/** Topic `router.status`, as it is published. */
export type RouterFigures = RouterStatusEntity & {
  commit_ms_p95: number | null;
  /** From durable until live state, buses and subscribers have been handed the batch. */
  delivery_ms: Quantiles;
  /** Events accepted and not yet durable. */
  in_flight: number;
  /** Deliveries that wait for a busy handler. */
  queued: number;
};

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100) / 100;

/** The router page's key figures. */
export function routerStatus(parts: RuntimeParts): RouterFigures {
  const stats = parts.router.stats();
  const { commits, trouble, sizeBytes } = parts.history;
  return {
    started_at: parts.startedAt,
    events_per_second: Math.round(parts.rate.perSecond(10) * 10) / 10,
    peak_events_per_second: parts.rate.peak,
    spark: parts.rate.lastMinute(),
    stored: stats.stored,
    duplicates: stats.duplicates,
    rejected: stats.rejected,
    dead_letters: parts.letters.open,
    handler_failures: stats.handlers.failed,
    handler_timeouts: stats.handlers.timedOut,
    commit_ms_p50: rounded(commits.quantile(0.5)),
    commit_ms_p95: rounded(commits.quantile(0.95)),
    delivery_ms: quantiles(stats.passage.delivered),
    in_flight: stats.inFlight,
    queued: stats.queued,
    commit_ms_p99: rounded(commits.quantile(0.99)),
    history: { state: trouble === null ? 'ok' : 'error', detail: trouble, size_bytes: sizeBytes },
    subscribers: stats.subscribers,
    browsers: parts.browsers(),
  };
}

/** Topics `router.status` and `router.bridges`. */
export function runtimeTopics(parts: RuntimeParts): Map<string, TopicSource> {
  const bridge = (name: string): BridgeEntity | undefined =>
    parts.bridges.find((candidate) => candidate.name === name)?.status();
  return new Map<string, TopicSource>([
    [
      'router.status',
      { keys: () => ['router'], entity: (key) => (key === 'router' ? routerStatus(parts) : undefined) },
    ],
    ['router.bridges', { keys: () => parts.bridges.map(({ name }) => name), entity: bridge }],
  ]);
}

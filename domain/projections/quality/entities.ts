import type { EventRef } from '../../realtime/entities';

/**
 * Where a config stands in the quality loop, worst last:
 * - `unknown`: no event has said yet how good its games are.
 * - `good`: the newest word is at or above the threshold, and no penalty is left.
 * - `recovering`: at or above the threshold, but a penalty has not been lifted yet.
 * - `boosted`: below it, and more exploration was asked for last.
 * - `penalised`: below it, and selfplay is slowed down for it.
 * - `degraded`: below it, and nothing has been done about it yet.
 * - `blocked`: its training is held back for quality.
 */
export const QUALITY_STATES = [
  'unknown',
  'good',
  'recovering',
  'boosted',
  'penalised',
  'degraded',
  'blocked',
] as const;
export type QualityStateName = (typeof QUALITY_STATES)[number];

/**
 * What follows every event is told by time and id, what changes seldom by a whole reference: a page of 50 configs receives
 * these at 2,000 events/s.
 */

/** Topic `quality.configs` (key: config). Qualities are 0..1, times epoch seconds of event time. */
export type QualityEntity = {
  config: string;
  state: QualityStateName;
  /** The event that put it there; null while unknown. */
  state_event: EventRef | null;
  /** The newest average over its games. */
  average: number | null;
  average_at: number | null;
  /** Id of its QUALITY_SCORE_UPDATED. */
  average_id: string | null;
  /** The threshold that QUALITY_DEGRADED or LOW_QUALITY_DATA_WARNING stated last, else the cluster's usual 0.6. */
  threshold: number;
  threshold_stated: boolean;
  /** What training asked for when it was held back last. */
  required: number | null;
  /** Change per hour: the slope of a straight line through the last 12 averages; null below three, or without a span. */
  trend_per_hour: number | null;
  /** The last 16 averages, oldest first, to three decimals. */
  spark: number[];
  /** Selfplay rate multiplier after its newest change. */
  rate: number | null;
  rate_event: EventRef | null;
  /** The factor of a penalty that has not been lifted. */
  penalty: number | null;
  penalty_event: EventRef | null;
  boost: number | null;
  boost_event: EventRef | null;
  /** The newest HIGH_QUALITY_DATA_AVAILABLE: when, its id, and how many good games it told. */
  high_quality_at: number | null;
  high_quality_id: string | null;
  high_quality_count: number | null;
  /** QUALITY_DEGRADED, TRAINING_BLOCKED_BY_QUALITY and QUALITY_CHECK_FAILED since history began. */
  degraded: number;
  blocked: number;
  checks_failed: number;
};

/** Topic `quality.freshness` (key: config). */
export type FreshnessEntity = {
  config: string;
  /** The newest NEW_GAMES_AVAILABLE: when, and its id. */
  games_at: number | null;
  games_id: string | null;
  total_games: number | null;
  /** New games over the last 60 min of event time. */
  games_per_hour: number;
  /** What DATA_FRESH or DATA_STALE said last; null before either. */
  verdict: 'fresh' | 'stale' | null;
  verdict_event: EventRef | null;
  data_age_hours: number | null;
  threshold_hours: number | null;
  /** When the data was synced last, as that event tells. */
  last_sync: number | null;
  /** The newest SYNC_TRIGGERED for stale data. */
  sync_event: EventRef | null;
};

/** Topic `quality.parity` (key: config). Rates are shares of games, 0..1. */
export type ParityEntity = {
  config: string;
  rate: number | null;
  event: EventRef | null;
  success: boolean | null;
  started_event: EventRef | null;
  validations: number;
  failed: number;
  last_failure: EventRef | null;
  games: number;
  /** Games of the validations that told a rate. */
  rated_games: number;
  /** Agreement over the games of validations that told a rate, each weighted by its games. */
  overall_rate: number | null;
  /** The failure rate that PARITY_FAILURE_RATE_CHANGED told last, and the threshold it named. */
  failure_rate: number | null;
  failure_threshold: number | null;
  failure_event: EventRef | null;
};

/** Topic `quality.tallies` (key: event type): what is counted over the whole cluster. */
export type TallyEntity = {
  event_type: string;
  count: number;
  /** Sum of what the events count (games, items); 0 for types that count nothing. */
  amount: number;
  last: EventRef | null;
  last_amount: number | null;
  /** The newest one's own words: error, reason, databases. */
  note: string | null;
};

/** One reaction within an episode. `from` and `to` are what changed: a rate, a weight, a factor. */
export type EpisodeStep = {
  kind: 'penalty' | 'rate' | 'target' | 'feedback' | 'block' | 'boost';
  event: EventRef;
  from: number | null;
  to: number | null;
};

/** A spell below the threshold: from a QUALITY_DEGRADED to the first word that quality is back. */
export type Episode = {
  config: string;
  began: EventRef;
  /** Quality that the first report stated, and the lowest of all reports. */
  quality: number | null;
  lowest: number | null;
  threshold: number;
  drop_pct: number | null;
  /** QUALITY_DEGRADED events in it, the first included. */
  reports: number;
  /** LOW_QUALITY_DATA_WARNING events in it. */
  warnings: number;
  steps: EpisodeStep[];
  /** Steps beyond those kept. */
  more_steps: number;
  /** The event that said that quality is back; null while it is not. */
  ended: EventRef | null;
  ended_quality: number | null;
  /** Seconds from the first report to that event. */
  duration_s: number | null;
  /** QUALITY_FEEDBACK_ADJUSTED that lifted the penalty after it. */
  lifted: EventRef | null;
  /** The next QUALITY_DEGRADED of the config. */
  relapse: EventRef | null;
};

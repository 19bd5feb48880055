import type { EventRef, StageId } from '../../realtime/entities';
import type { LifecycleId } from '../../events/catalogue/define';

/** A stretch under way: the event that opened it, and whether it was found overdue already. */
export type Open = { t: number; s: number; ref: EventRef; late: boolean };

/** When a stretch was over, against openings that are told of late; `final`: for good, so that none opens it again. */
export type Ended = { t: number; final: boolean };

/**
 * How long the last stretches took: a ring of seconds, the event time of the newest, and the median and 95th percentile
 * as worked out last (null before the first).
 */
export type Durations = {
  seconds: number[];
  next: number;
  at: number;
  median: number | null;
  p95: number | null;
};

/**
 * One hop: what is under way by subject, and how long it took so far, over everything and per config. `ended`: subjects
 * whose stretch is over, as far as that decides about an opening of it.
 */
export type HopState = {
  open: Map<string, Open>;
  ended: Map<string, Ended>;
  all: Durations;
  own: Map<string, Durations>;
};

/**
 * Something about a lifecycle that an operator should know. Topic `lifecycle.findings` (key: `id`).
 * `overdue`: a step did not come in time; `out_of_order`: it came without the one it follows.
 */
export type Finding = {
  id: string;
  lifecycle: LifecycleId;
  hop: string;
  kind: 'overdue' | 'out_of_order';
  /** Job, model, work id, node: whatever the lifecycle belongs to. */
  subject: string;
  config: string | null;
  node: string | null;
  message: string;
  /** The pipeline stage that waits; null for what is no part of the pipeline. */
  stage: StageId | null;
  /** Event time at which it became a finding. */
  at: number;
  /** When the step before happened; null when there was none. */
  since: number | null;
  /** The event types one of which was awaited (overdue) or missing (out of order). */
  awaits: string[];
  /** Seconds allowed, for an overdue step. */
  expected_seconds: number | null;
  /** The median of the history that it is judged by; null where that was too short, so that a fixed limit counted. */
  usual_seconds: number | null;
  /** Whose history: the config's own, that of all configs together, or none yet. */
  judged_by: 'config' | 'all' | 'default';
  /** Durations in that history. */
  samples: number;
  /** Seconds it took in the end; null while it is still awaited. */
  took_seconds: number | null;
  /** False while it still asks for attention: an awaited step, or an out-of-order one of the last hour. */
  resolved: boolean;
  event: EventRef;
};

export type LifecycleState = {
  clock: number | null;
  /** The earliest event time seen: a step whose predecessor may lie before it is not out of order. */
  firstAt: number | null;
  hops: Map<string, HopState>;
  findings: Map<string, Finding>;
};

export function initialLifecycle(): LifecycleState {
  return { clock: null, firstAt: null, hops: new Map(), findings: new Map() };
}

export function durations(): Durations {
  return { seconds: [], next: 0, at: -Infinity, median: null, p95: null };
}

export function hopState(): HopState {
  return { open: new Map(), ended: new Map(), all: durations(), own: new Map() };
}

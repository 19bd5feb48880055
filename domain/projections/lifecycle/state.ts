import type { EventRef } from '../../realtime/entities';
import type { LifecycleName } from './hops';

/** A stretch under way: the event that opened it, and whether it was found overdue already. */
export type Open = { t: number; s: number; ref: EventRef; late: boolean };

/**
 * One hop: what is under way by subject, how long the last ones took (a ring), and from how long on the next step is
 * overdue by that. Seconds.
 */
export type HopState = { open: Map<string, Open>; durations: number[]; next: number; limit: number };

/**
 * Something about a lifecycle that an operator should know. Topic `lifecycle.findings` (key: `id`).
 * `overdue`: a step did not come in time; `out_of_order`: it came without the one it follows.
 */
export type Finding = {
  id: string;
  lifecycle: LifecycleName;
  hop: string;
  kind: 'overdue' | 'out_of_order';
  /** Job, model, work id, node: whatever the lifecycle belongs to. */
  subject: string;
  config: string | null;
  node: string | null;
  message: string;
  /** Event time at which it became a finding. */
  at: number;
  /** When the step before happened; null when there was none. */
  since: number | null;
  /** Seconds allowed, for an overdue step. */
  expected_seconds: number | null;
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

export function hopState(limit: number): HopState {
  return { open: new Map(), durations: [], next: 0, limit };
}

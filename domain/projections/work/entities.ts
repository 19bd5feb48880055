import type { EventRef } from '../../realtime/entities';

/**
 * What the page /work receives of work, tasks and locks. Times are epoch seconds of event time, durations seconds.
 */

/** Where a piece of work stands. `retried`: back in the queue for another attempt; `lost`: not heard of for 24 h. */
export const WORK_STATES = [
  'queued',
  'retried',
  'claimed',
  'running',
  'done',
  'failed',
  'timed_out',
  'cancelled',
  'preempted',
  'lost',
] as const;
export type WorkState = (typeof WORK_STATES)[number];
/** The states that go on; the others are ends. */
export const LIVE_WORK_STATES = ['queued', 'retried', 'claimed', 'running'] as const;

/** What an event says of a piece of work, by the name that flows are counted under. */
export const WORK_STEPS = [
  'queued',
  'claimed',
  'started',
  'completed',
  'retried',
  'failed',
  'timed_out',
  'cancelled',
  'preempted',
] as const;
export type WorkStep = (typeof WORK_STEPS)[number];

/** How often each step was taken. */
export type WorkFlow = { [step in WorkStep]: number };

/** The middle and the 95th percentile (nearest rank) of the newest samples; null without any. */
export type Spread = { samples: number; p50: number | null; p95: number | null };

/** Whether work flows, judged over the last 30 minutes of event time, and why that is said. */
export const FLOW_STATES = [
  'none',
  'idle',
  'flowing',
  'starving',
  'backing_up',
  'failing',
  'stalled',
] as const;
export type FlowVerdict = { state: (typeof FLOW_STATES)[number]; reason: string };

/** Topic `work.queue` (key: `queue`): all work together. */
export type QueueEntity = {
  flow: FlowVerdict;
  /** Subjects in each state; ended ones as far as they are kept (the newest 500). */
  states: { [state in WorkState]: number };
  /** Since when the longest waiting waits: new work, and work that goes back for another attempt. */
  oldest_queued: number | null;
  oldest_retried: number | null;
  last_hour: WorkFlow;
  totals: WorkFlow;
  /** Ever lost and not heard of again / no longer followed because more than 5,000 went on at once. */
  lost: number;
  dropped: number;
  wait: Spread;
  run: Spread;
  /** Per minute over the last 30 minutes, oldest first. */
  spark_queued: number[];
  spark_done: number[];
  last: EventRef | null;
  last_failure: EventRef | null;
};

/** Work that waits with a priority within a band, and since when the oldest of it. */
export type BandEntity = { band: string; waiting: number; oldest: number | null };

/** Topic `work.types` (key: work type; `unknown` where no event named one, `other` beyond 15). */
export type WorkTypeEntity = {
  work_type: string;
  queued: number;
  retried: number;
  claimed: number;
  running: number;
  oldest_queued: number | null;
  oldest_retried: number | null;
  /** Bands in which something waits, most urgent first. */
  bands: BandEntity[];
  last_hour: WorkFlow;
  totals: WorkFlow;
  wait: Spread;
  run: Spread;
};

export const TASK_STATES = [
  'running',
  'orphaned',
  'done',
  'failed',
  'cancelled',
  'abandoned',
  'lost',
] as const;
export type TaskState = (typeof TASK_STATES)[number];
export const TASK_STEPS = [
  'spawned',
  'heartbeat',
  'completed',
  'failed',
  'orphaned',
  'cancelled',
  'abandoned',
] as const;
export type TaskStep = (typeof TASK_STEPS)[number];

/** Topic `work.tasks` (key: `tasks`). */
export type TasksEntity = {
  /** Ended ones as far as they are kept (the newest 500). */
  states: { [state in TaskState]: number };
  totals: { [step in TaskStep]: number };
  /** Since when the task that lost its worker first is without one. */
  oldest_orphaned: number | null;
  last_orphaned: EventRef | null;
  last_abandoned: EventRef | null;
};

/** Topic `work.locks` (key: lock name). */
export type LockEntity = {
  lock: string;
  /** `lost`: held, but not heard of for 24 h. */
  state: 'held' | 'free' | 'lost';
  holder: string | null;
  since: number | null;
  /** What put it into its state. */
  event: EventRef | null;
  acquired: number;
  timeouts: number;
  /** Of these, waits that ended in vain while another held the lock. */
  waits: number;
  last_timeout: EventRef | null;
  /** Who waited in vain last, and how long; null where the event does not say. */
  waiter: string | null;
  waited: number | null;
  held_for: Spread;
  deadlocks: number;
};

/** Topic `work.deadlocks` (key: event id): the newest 50. */
export type DeadlockEntity = {
  at: number;
  locks: string[];
  holders: string[];
  resolution: string | null;
  /** When one of its locks was next taken, released or timed out; null: nothing of the kind was seen. */
  moved_on: number | null;
  event: EventRef;
};

/** One hop of a life, as tables and details show it. */
export type StepRow<K extends string> = {
  step: K;
  at: number;
  event_id: string;
  node: string | null;
  note: string | null;
  value: number | null;
};

/** A piece of work with its life; served by query, not pushed. */
export type WorkItem = {
  work_id: string;
  work_type: string | null;
  state: WorkState;
  since: number;
  heard_at: number;
  priority: number | null;
  config: string | null;
  node: string | null;
  attempts: number;
  /** Error or reason of the newest step that gave one. */
  note: string | null;
  /** From the first queued to now's end of waiting, the newest attempt's wait and run, as far as both ends are known. */
  waited: number | null;
  ran: number | null;
  steps: StepRow<WorkStep>[];
};

/** A task with its life; served by query, not pushed. */
export type TaskItem = {
  task_id: string;
  task_type: string | null;
  state: TaskState;
  since: number;
  heard_at: number;
  node: string | null;
  progress: number | null;
  last_heartbeat: number | null;
  note: string | null;
  steps: StepRow<TaskStep>[];
};

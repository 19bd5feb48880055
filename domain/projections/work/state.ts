import type { EventRef } from '../../realtime/entities';
import type { Register } from '../shared/order';
import type { DeadlockEntity, TaskState, TaskStep, WorkFlow, WorkState, WorkStep } from './entities';
import { ledger, type Ledger } from './ledger';
import type { Samples } from './spread';
import { timeline, type Timeline } from './timeline';

/** Statistics of one work type. */
export type Group = {
  name: string;
  index: number;
  /** Kept pieces of work by state. */
  counts: Map<WorkState, number>;
  totals: WorkFlow;
  waits: Samples;
  runs: Samples;
};

export type LockState = {
  name: string;
  /** Who has it; null: nobody. */
  holder: Register<{ name: string; event: EventRef } | null>;
  freed: EventRef | null;
  acquired: number;
  timeouts: number;
  waits: number;
  lastTimeout: EventRef | null;
  waiter: Register<{ name: string | null; seconds: number | null } | null>;
  holds: Samples;
  deadlocks: number;
  heardAt: number;
};

export type WorkProjectionState = {
  clock: number | null;
  work: Ledger<WorkState, WorkStep>;
  /** By work type, at most 16; see groups.ts. */
  groups: Map<string, Group>;
  waits: Samples;
  runs: Samples;
  totals: WorkFlow;
  last: EventRef | null;
  lastFailure: EventRef | null;
  /** 12 hours by minute, 14 days by five minutes. */
  minutes: Timeline;
  fives: Timeline;
  tasks: Ledger<TaskState, TaskStep>;
  taskTotals: { [step in TaskStep]: number };
  lastOrphaned: EventRef | null;
  lastAbandoned: EventRef | null;
  locks: Map<string, LockState>;
  deadlocks: Map<string, DeadlockEntity>;
  lockTotals: { acquired: number; released: number; timeouts: number; deadlocks: number };
};

export function initialWork(noFlow: WorkFlow): WorkProjectionState {
  return {
    clock: null,
    work: ledger<WorkState, WorkStep>(),
    groups: new Map(),
    waits: new Map(),
    runs: new Map(),
    totals: noFlow,
    last: null,
    lastFailure: null,
    minutes: timeline(60, 720),
    fives: timeline(300, 4_032),
    tasks: ledger<TaskState, TaskStep>(),
    taskTotals: {
      spawned: 0,
      heartbeat: 0,
      completed: 0,
      failed: 0,
      orphaned: 0,
      cancelled: 0,
      abandoned: 0,
    },
    lastOrphaned: null,
    lastAbandoned: null,
    locks: new Map(),
    deadlocks: new Map(),
    lockTotals: { acquired: 0, released: 0, timeouts: 0, deadlocks: 0 },
  };
}

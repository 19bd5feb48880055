import type { Tone } from '@/components/ui/signs/tone';
import type { ResourceKind, ServiceState } from '@/domain/projections/daemons/entities';
import type {
  FlowVerdict,
  LockEntity,
  TaskState,
  TaskStep,
  WorkState,
  WorkStep,
} from '@/domain/projections/work/entities';

export const FLOW_TONE: Readonly<Record<FlowVerdict['state'], Tone>> = {
  none: 'off',
  idle: 'info',
  flowing: 'ok',
  starving: 'warn',
  backing_up: 'warn',
  failing: 'bad',
  stalled: 'crit',
};

export const WORK_TONE: Readonly<Record<WorkState, Tone>> = {
  queued: 'info',
  retried: 'warn',
  claimed: 'busy',
  running: 'busy',
  done: 'ok',
  failed: 'bad',
  timed_out: 'bad',
  cancelled: 'off',
  preempted: 'warn',
  lost: 'warn',
};

export const TASK_TONE: Readonly<Record<TaskState, Tone>> = {
  running: 'busy',
  orphaned: 'bad',
  done: 'ok',
  failed: 'bad',
  cancelled: 'off',
  abandoned: 'warn',
  lost: 'warn',
};

export const STEP_TONE: Readonly<Record<WorkStep | TaskStep, Tone>> = {
  queued: 'info',
  claimed: 'busy',
  started: 'busy',
  completed: 'ok',
  retried: 'warn',
  failed: 'bad',
  timed_out: 'bad',
  cancelled: 'off',
  preempted: 'warn',
  spawned: 'info',
  heartbeat: 'busy',
  orphaned: 'bad',
  abandoned: 'warn',
};

export const LOCK_TONE: Readonly<Record<LockEntity['state'], Tone>> = {
  held: 'busy',
  free: 'ok',
  lost: 'warn',
};

export const SERVICE_TONE: Readonly<Record<ServiceState, Tone>> = {
  failed: 'crit',
  overdue: 'bad',
  unhealthy: 'bad',
  degraded: 'warn',
  stopped: 'off',
  running: 'ok',
  unknown: 'off',
};

export const RESOURCE_TONE: Readonly<Record<ResourceKind, Tone>> = {
  backpressure: 'warn',
  constraint: 'warn',
  idle: 'info',
};

/** timed_out → timed out. */
export function words(state: string): string {
  return state.replaceAll('_', ' ');
}

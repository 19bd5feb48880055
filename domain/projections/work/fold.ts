import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { tick } from '../shared/clock';
import { WORK_EVENTS } from './items';
import { foldLocks, LOCK_TYPES, tickLocks } from './locks';
import { foldWork, tickWork } from './queue';
import type { WorkProjectionState } from './state';
import { foldTask, TASK_EVENTS, tickTasks } from './tasks';

export const WORK_TYPES = [...WORK_EVENTS.keys(), ...TASK_EVENTS.keys(), ...LOCK_TYPES];

export function foldWorkAndLocks(state: WorkProjectionState, event: StoredEvent, touch: Touch): void {
  const before = state.clock;
  const minute = tick(state, event);
  const clock = state.clock ?? event.timestamp;
  if (minute) {
    tickWork(state, before, clock, touch);
    tickTasks(state, clock, touch);
    tickLocks(state, before, clock, touch);
  }
  const step = WORK_EVENTS.get(event.eventType);
  if (step !== undefined) {
    foldWork(state, event, step, clock, touch);
    return;
  }
  const taskStep = TASK_EVENTS.get(event.eventType);
  if (taskStep !== undefined) foldTask(state, event, taskStep, clock, touch);
  else foldLocks(state, event, touch);
}

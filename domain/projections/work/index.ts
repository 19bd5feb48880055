import type { StoredEvent } from '../../events/envelope';
import type { Projection, Touch } from '../projection';
import { tick } from '../shared/clock';
import { foldWork, tickWork } from './fold-work';
import { WORK_EVENTS } from './items';
import {
  deadlockEntity,
  foldLocks,
  LOCK_TYPES,
  lockEntity,
  MAX_DEADLOCKS,
  MAX_LOCKS,
  tickLocks,
} from './locks';
import { queueEntity, typeEntity } from './queue-entities';
import { initialWork, type WorkProjectionState } from './state';
import { foldTask, TASK_EVENTS, tasksEntity, tickTasks } from './tasks';
import { noFlow } from './timeline';

export type { WorkProjectionState as WorkState } from './state';
export { typeEntity, workItem } from './queue-entities';
export { spreadOf } from './spread';
export { taskItem } from './tasks';
export { flowOfSlot, noFlow, type Slot, type Timeline } from './timeline';

const MAX_TYPES = 16;

function foldWorkAndLocks(state: WorkProjectionState, event: StoredEvent, touch: Touch): void {
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

/** The work queue, tasks and locks. */
export const workProjection: Projection<WorkProjectionState> = {
  name: 'work',
  version: 3,
  listens: [...WORK_EVENTS.keys(), ...TASK_EVENTS.keys(), ...LOCK_TYPES],
  initial: () => initialWork(noFlow()),
  fold: foldWorkAndLocks,
  topics: {
    'work.queue': {
      limit: 1,
      keys: () => ['queue'],
      entity: (state, key) => (key === 'queue' ? queueEntity(state) : undefined),
    },
    'work.types': { limit: MAX_TYPES, keys: (state) => state.groups.keys(), entity: typeEntity },
    'work.tasks': {
      limit: 1,
      keys: () => ['tasks'],
      entity: (state, key) => (key === 'tasks' ? tasksEntity(state) : undefined),
    },
    'work.locks': { limit: MAX_LOCKS, keys: (state) => state.locks.keys(), entity: lockEntity },
    'work.deadlocks': {
      limit: MAX_DEADLOCKS,
      keys: (state) => state.deadlocks.keys(),
      entity: deadlockEntity,
    },
  },
};

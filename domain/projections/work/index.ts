import type { Projection } from '../projection';
import { foldWorkAndLocks, WORK_TYPES } from './fold';
import { deadlockEntity, lockEntity, MAX_DEADLOCKS, MAX_LOCKS } from './locks';
import { queueEntity, typeEntity } from './queue-entities';
import { initialWork, type WorkProjectionState } from './state';
import { tasksEntity } from './tasks';
import { noFlow } from './timeline';

export type { WorkProjectionState as WorkState } from './state';
export { typeEntity, workItem } from './queue-entities';
export { spreadOf } from './spread';
export { taskItem } from './tasks';
export { flowOfSlot, noFlow, type Slot, type Timeline } from './timeline';

const MAX_TYPES = 16;

/** The work queue, tasks and locks. */
export const workProjection: Projection<WorkProjectionState> = {
  name: 'work',
  version: 4,
  listens: WORK_TYPES,
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

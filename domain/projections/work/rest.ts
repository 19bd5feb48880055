import type { Json } from '../../json';
import { objectOf, objectOfKeys } from '../shared/rest';
import type { WorkState } from '.';
import { deadlockEntity, lockEntity } from './locks';
import { queueEntity, typeEntity, workItem } from './queue-entities';
import { tasksEntity, taskItem } from './tasks';

/** Pieces of work and tasks in an answer: those heard of last. `queue` and `tasks` count all. */
const MAX_ANSWERED = 500;

/**
 * Part of `GET /api/state/work`, times in epoch seconds, durations in seconds:
 * - `queue`: all work together: `flow` (does it flow, and why), subjects by `states`, steps of the `last_hour` and since
 *   history began (`totals`), `wait` (queued to claimed) and `run` (as completions report it, else started to completed)
 *   as p50 and p95 of the newest 400; `types`: the same per work type, with what waits by priority.
 * - `items`: pieces of work by id with their steps, the 500 heard of last.
 * - `tasks` and `task_items`: tasks by state, and those heard of last.
 * - `locks` by name: who has it since when; `deadlocks`: the newest 50, oldest first.
 */
export function selectWork(state: WorkState): Record<string, Json> {
  return {
    queue: queueEntity(state),
    types: objectOfKeys(state.groups.keys(), (name) => typeEntity(state, name)),
    items: newest([state.work.live, state.work.ended], (life) => workItem(life)),
    tasks: tasksEntity(state),
    task_items: newest([state.tasks.live, state.tasks.ended], (life) => taskItem(life)),
    locks: objectOfKeys(state.locks.keys(), (name) => lockEntity(state, name)),
    deadlocks: [...state.deadlocks.keys()]
      .flatMap((id) => deadlockEntity(state, id) ?? [])
      .sort((a, b) => a.at - b.at),
  };
}

function newest<L extends { id: string; heardAt: number }>(
  tables: readonly ReadonlyMap<string, L>[],
  entity: (life: L) => Json,
): Json {
  const all = tables.flatMap((table) => [...table.values()]);
  const shown = all.sort((a, b) => b.heardAt - a.heardAt).slice(0, MAX_ANSWERED);
  return objectOf(shown.map((life) => [life.id, entity(life)] as const));
}

import * as z from 'zod';
import type { States } from '../../../../domain/projections';
import { TASK_STATES, type TaskItem } from '../../../../domain/projections/work/entities';
import { taskItem } from '../../../../domain/projections/work';

const MAX_ROWS = 300;

/** Which tasks: no value, no filter. */
export const taskInput = z.strictObject({ states: z.array(z.enum(TASK_STATES)).default([]) });
export type TaskInput = z.infer<typeof taskInput>;

/** `total` match, of which the table holds the 300 heard of last. */
export type TaskList = { tasks: Omit<TaskItem, 'steps'>[]; total: number };

export function taskList({ work }: States, { states }: TaskInput): TaskList {
  const all = [...work.tasks.live.values(), ...work.tasks.ended.values()];
  const found = all.filter(({ state }) => states.length === 0 || states.includes(state));
  found.sort((a, b) => b.heardAt - a.heardAt);
  const tasks = found.slice(0, MAX_ROWS).map((life) => {
    const { steps: _, ...task } = taskItem(life);
    return task;
  });
  return { tasks, total: found.length };
}

/** One task with its life; null when it is not kept (any more). */
export function findTask({ work }: States, taskId: string): TaskItem | null {
  const life = work.tasks.live.get(taskId) ?? work.tasks.ended.get(taskId);
  return life === undefined ? null : taskItem(life);
}

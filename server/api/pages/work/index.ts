import * as z from 'zod';
import type { States } from '../../../../domain/projections';
import { LIVE_WORK_STATES, WORK_STATES, type WorkItem } from '../../../../domain/projections/work/entities';
import { workItem } from '../../../../domain/projections/work';
import { services } from '../../../services';
import { procedure, router } from '../../trpc/trpc';
import { pageInput, wants, type PageInput } from '../input';
import { findTask, taskInput, taskList } from './tasks';
import { queueRecord } from './queue';
import { daemonRecord } from './daemons';

/** At 2,000 events/s the list changes all the time: what is sent every few seconds must stay small. */
const MAX_ROWS = 300;
const names = z.array(z.string().max(200)).max(50).default([]);

/** Which pieces of work: no value, no filter. */
export const itemsInput = z.strictObject({
  configs: z.array(z.string().max(200)).max(50).default([]),
  states: z.array(z.enum(WORK_STATES)).default([]),
  types: names,
  nodes: names,
});
export type ItemsInput = z.infer<typeof itemsInput>;

/** `total` match, of which the table holds the first 300; `types` and `nodes` are those of all kept work. */
export type ItemList = { items: Omit<WorkItem, 'steps'>[]; total: number; types: string[]; nodes: string[] };

const LIVE: ReadonlySet<string> = new Set(LIVE_WORK_STATES);

/**
 * Pieces of work: the longest in their state first where only such are asked for that go on, else those heard of last.
 */
export function itemList({ work }: States, input: ItemsInput): ItemList {
  const all = [...work.work.live.values(), ...work.work.ended.values()];
  const { states, types, nodes } = input;
  const found = all.filter(
    (life) =>
      (states.length === 0 || states.includes(life.state)) &&
      (types.length === 0 || types.includes(life.kind.v ?? 'unknown')) &&
      (nodes.length === 0 || (life.node.v !== null && nodes.includes(life.node.v))) &&
      wants(life.config.v, { ...input, since: null, until: null }),
  );
  const goesOn = states.length > 0 && states.every((each) => LIVE.has(each));
  found.sort((a, b) => (goesOn ? a.since - b.since : b.heardAt - a.heardAt));
  return {
    items: found.slice(0, MAX_ROWS).map((life) => withoutSteps(workItem(life))),
    total: found.length,
    types: distinct(all.map(({ kind }) => kind.v ?? 'unknown')),
    nodes: distinct(all.map(({ node }) => node.v)),
  };
}

function withoutSteps({ steps: _, ...item }: WorkItem): Omit<WorkItem, 'steps'> {
  return item;
}

const MAX_NAMES = 1_000;

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values)]
    .filter((each) => each !== null)
    .slice(0, MAX_NAMES)
    .sort();
}

/** One piece of work with its life; null when it is not kept (any more). */
export function findItem({ work }: States, workId: string): WorkItem | null {
  const life = work.work.live.get(workId) ?? work.work.ended.get(workId);
  return life === undefined ? null : workItem(life);
}

/** What the page /work asks for beyond its live topics. */
export const workProcedures = router({
  queue: procedure
    .input(pageInput)
    .query(({ input }: { input: PageInput }) => queueRecord(services().live.states(), input)),
  items: procedure.input(itemsInput).query(({ input }) => itemList(services().live.states(), input)),
  item: procedure
    .input(z.strictObject({ work_id: z.string().max(200) }))
    .query(({ input }) => findItem(services().live.states(), input.work_id)),
  tasks: procedure.input(taskInput).query(({ input }) => taskList(services().live.states(), input)),
  task: procedure
    .input(z.strictObject({ task_id: z.string().max(200) }))
    .query(({ input }) => findTask(services().live.states(), input.task_id)),
  daemons: procedure.input(pageInput).query(({ input }) => daemonRecord(services().live.states(), input)),
});

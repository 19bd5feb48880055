import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { TASK_STATES, WORK_STATES } from '@/domain/projections/work/entities';
import { listOf, pageSearch, PICKED } from '../_client/page/page-search';

/** What the URL of /work says besides configs and time: the tab, the filters of its tables, and what is open. */
export const TABS = ['queue', 'tasks', 'daemons', 'learning'] as const;
export type TabId = (typeof TABS)[number];

export const workSearch = {
  tab: parseAsStringLiteral(TABS).withDefault('queue').withOptions(PICKED),
  /** Filters of the work table. */
  state: listOf(parseAsStringLiteral(WORK_STATES)).withDefault([]).withOptions(PICKED),
  type: listOf(parseAsString).withDefault([]).withOptions(PICKED),
  node: listOf(parseAsString).withDefault([]).withOptions(PICKED),
  /** The piece of work that is open. */
  item: parseAsString.withOptions(PICKED),
  /** Filter of the task table, and the task that is open. */
  tasks: listOf(parseAsStringLiteral(TASK_STATES)).withDefault([]).withOptions(PICKED),
  task: parseAsString.withOptions(PICKED),
};

export const loadWorkSearch = createLoader({ ...pageSearch, ...workSearch });
export type WorkSearch = Awaited<ReturnType<typeof loadWorkSearch>>;

/** The input of the work table's query. */
export function itemsInputOf({
  config,
  state,
  type,
  node,
}: Pick<WorkSearch, 'config' | 'state' | 'type' | 'node'>) {
  return {
    configs: config.slice(0, 50),
    states: state.slice(0, 50),
    types: type.slice(0, 50).map((each) => each.slice(0, 200)),
    nodes: node.slice(0, 50).map((each) => each.slice(0, 200)),
  };
}

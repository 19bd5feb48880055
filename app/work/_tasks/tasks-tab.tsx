'use client';

import { useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { useThrottled } from '@/app/_client/live/use-throttled';
import { useEntity } from '@/app/_client/live/live-provider';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import { DataTable } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { MultiSelect } from '@/components/ui/multi-select/multi-select';
import { Panel } from '@/components/ui/panel/panel';
import { TASK_STATES, type TasksEntity, type TaskState } from '@/domain/projections/work/entities';
import { DeadlocksPanel } from './deadlocks-panel';
import type { WorkInitial } from '../initial';
import { TaskDialog } from '../_items/item-dialog';
import { LocksPanel } from './locks-panel';
import { Loading, QueryNote } from '../query-note';
import { workSearch } from '../search-params';
import { taskColumns } from './task-columns';
import { words } from '../tones';

const FOLLOW_MS = 2_000;

export function TasksTab({ initial }: { initial: WorkInitial }) {
  return (
    <>
      <LocksPanel />
      <DeadlocksPanel />
      <TasksPanel initial={initial.tasks} />
    </>
  );
}

function TasksPanel({ initial }: { initial: WorkInitial['tasks'] }) {
  const trpc = useTRPC();
  const [search, set] = useQueryStates(workSearch);
  const tasks = useEntity<TasksEntity>('work.tasks', 'tasks');
  const version = useThrottled(tasks, FOLLOW_MS);
  const input = { states: search.tasks };
  const list = useLiveQuery(trpc.pages.work.tasks.queryOptions(input), input, version, initial);
  const columns = useMemo(() => taskColumns((task) => void set({ task })), [set]);
  const options = TASK_STATES.map((value) => ({
    value,
    label: words(value),
    count: tasks?.states[value] ?? 0,
  }));
  const rows = list.data?.tasks ?? [];
  return (
    <Panel
      title="Tasks"
      hint={hintOf(rows.length, list.data?.total ?? 0)}
      header={
        <MultiSelect
          label="State"
          options={options}
          value={search.tasks}
          onChange={(states) => void set({ tasks: states as TaskState[] })}
        />
      }
      flush
    >
      <QueryNote query={list} />
      {list.data === undefined ? (
        <Loading />
      ) : (
        <DataTable
          label="Tasks"
          rows={rows}
          rowKey={({ task_id: id }) => id}
          columns={columns}
          filter
          maxHeight="28rem"
          empty={
            <Empty title={search.tasks.length > 0 ? 'No task is in these states' : 'No task yet'}>
              A task appears with its first TASK_SPAWNED or TASK_HEARTBEAT.
            </Empty>
          }
        />
      )}
      <TaskDialog taskId={search.task} version={version} onClose={() => void set({ task: null })} />
    </Panel>
  );
}

function hintOf(shown: number, total: number): string {
  return shown < total ? `the ${shown} heard of last, of ${total}` : 'those heard of last first';
}

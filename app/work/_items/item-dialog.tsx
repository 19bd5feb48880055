'use client';

import type { ReactNode } from 'react';
import { AskButton } from '@/app/_actions/request/ask-button';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import { Badge } from '@/components/ui/signs/badge';
import { Dialog, DialogContent } from '@/components/ui/over/dialog';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatDuration, NONE } from '@/components/ui/format';
import { Skeleton } from '@/components/ui/panel/skeleton';
import { LIVE_WORK_STATES, type TaskItem, type WorkItem } from '@/domain/projections/work/entities';
import { AllEvents } from './all-events';
import { Life } from './life';
import { TASK_TONE, WORK_TONE, words } from '../tones';

const LIVE: readonly string[] = LIVE_WORK_STATES;

type DialogProps = { version: unknown; onClose: () => void };

/** The piece of work that the URL says is open. */
export function ItemDialog({ workId, version, onClose }: DialogProps & { workId: string | null }) {
  return (
    <Dialog open={workId !== null} onOpenChange={(open) => !open && onClose()}>
      {workId !== null && (
        <DialogContent title={workId} place="right">
          <OpenItem key={workId} workId={workId} version={version} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function OpenItem({ workId, version }: { workId: string; version: unknown }) {
  const trpc = useTRPC();
  const input = { work_id: workId };
  const { data } = useLiveQuery(trpc.pages.work.item.queryOptions(input), input, version, null);
  if (data === undefined) return <Skeleton className="h-40" />;
  if (data === null) return <Gone id={workId} />;
  return <ItemFacts item={data} />;
}

function ItemFacts({ item }: { item: WorkItem }) {
  return (
    <div className="flex flex-col gap-4">
      <Facts
        facts={[
          ['State', <StateBadge key="state" tone={WORK_TONE[item.state]} state={item.state} />],
          ['Type', item.work_type],
          ['Priority', item.priority === null ? null : formatCount(item.priority)],
          ['Node', item.node],
          ['Config', item.config],
          ['Attempts', item.attempts],
          ['Waited', item.waited === null ? null : formatDuration(item.waited)],
          ['Ran', item.ran === null ? null : formatDuration(item.ran)],
        ]}
      />
      <Life steps={item.steps} lost={item.state === 'lost'} />
      <div className="empty:hidden">
        <AskButton
          offered={LIVE.includes(item.state)}
          kind="work.cancel"
          preset={{ work_id: item.work_id }}
          label={`Cancel ${item.work_id}…`}
        >
          Cancel it…
        </AskButton>
      </div>
      <AllEvents id={item.work_id} />
    </div>
  );
}

/** The task that the URL says is open. */
export function TaskDialog({ taskId, version, onClose }: DialogProps & { taskId: string | null }) {
  return (
    <Dialog open={taskId !== null} onOpenChange={(open) => !open && onClose()}>
      {taskId !== null && (
        <DialogContent title={taskId} place="right">
          <OpenTask key={taskId} taskId={taskId} version={version} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function OpenTask({ taskId, version }: { taskId: string; version: unknown }) {
  const trpc = useTRPC();
  const input = { task_id: taskId };
  const { data } = useLiveQuery(trpc.pages.work.task.queryOptions(input), input, version, null);
  if (data === undefined) return <Skeleton className="h-40" />;
  return data === null ? <Gone id={taskId} /> : <TaskFacts task={data} />;
}

function TaskFacts({ task }: { task: TaskItem }) {
  return (
    <div className="flex flex-col gap-4">
      <Facts
        facts={[
          ['State', <StateBadge key="state" tone={TASK_TONE[task.state]} state={task.state} />],
          ['Type', task.task_type],
          ['Node', task.node],
          ['Progress', task.progress],
        ]}
      />
      <Life steps={task.steps} lost={task.state === 'lost'} />
      <AllEvents id={task.task_id} />
    </div>
  );
}

function StateBadge({ tone, state }: { tone: (typeof WORK_TONE)[WorkItem['state']]; state: string }) {
  return (
    <Badge tone={tone} shape>
      {words(state)}
    </Badge>
  );
}

function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-xs">
      {facts.map(([name, value]) => (
        <div key={name} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-dim">{name}</dt>
          <dd className="min-w-0 break-words">{value ?? NONE}</dd>
        </div>
      ))}
    </dl>
  );
}

function Gone({ id }: { id: string }) {
  return (
    <Empty title="Not kept any more">
      What ended long ago, or was never seen, is not in the live state. <AllEvents id={id} />
    </Empty>
  );
}

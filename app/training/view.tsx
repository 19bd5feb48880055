'use client';

import { useTopic } from '@/app/_client/live-provider';
import { RunsTable } from '@/components/live/runs-table';
import { Panel } from '@/components/ui/panel';
import type { RunEntity } from '@/domain/realtime/entities';

export function TrainingView() {
  const runs = useTopic<RunEntity>('pipeline.runs');
  const active = [...runs.values()].filter((run) => run.status === 'active').length;
  return (
    <Panel title="Runs" hint={`${active} active, then the newest`} flush>
      <RunsTable runs={runs} limit={100} />
    </Panel>
  );
}

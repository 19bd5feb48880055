'use client';

import { useTopic } from '@/app/_client/live-provider';
import { byName } from '@/components/live/rows';
import { Empty } from '@/components/ui/empty';
import { Panel } from '@/components/ui/panel';
import type { RunEntity, StageEntity } from '@/domain/realtime/entities';
import { MarksKey, StageMatrix } from './stage-matrix';
import { RunsTable } from '@/components/live/runs-table';

export function PipelineView() {
  const stages = useTopic<StageEntity>('pipeline.stages');
  const cells = useTopic<StageEntity>('pipeline.cells');
  const runs = useTopic<RunEntity>('pipeline.runs');
  const configs = [...new Set([...cells.values()].flatMap(({ config }) => config ?? []))].sort(byName);
  return (
    <>
      <Panel
        title="Stages by config"
        hint="completions, per hour, and age of the last event"
        header={<MarksKey />}
        flush
      >
        {configs.length === 0 ? (
          <Empty title="No stage has completed yet">
            A row appears with the first pipeline event of a config.
          </Empty>
        ) : (
          <StageMatrix configs={configs} stages={stages} cells={cells} />
        )}
      </Panel>
      <Panel title="Runs" hint="newest first" flush>
        <RunsTable runs={runs} limit={30} />
      </Panel>
    </>
  );
}

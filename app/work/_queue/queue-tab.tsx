'use client';

import { useThrottled } from '@/app/_client/live/use-throttled';
import { useEntity } from '@/app/_client/live/live-provider';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import { Panel } from '@/components/ui/panel/panel';
import type { QueueEntity } from '@/domain/projections/work/entities';
import type { WorkInitial } from '../initial';
import { ItemsPanel } from './items-panel';
import { PriorityMatrix } from './priority-matrix';
import { DepthPanel, FlowPanel } from './queue-charts';
import { Loading, QueryNote } from '../query-note';
import { TypesTable } from './types-table';

/** Lists and curves need not follow every event: curves get a point a minute. */
const FOLLOW_LIST_MS = 5_000;
const FOLLOW_CURVES_MS = 10_000;

const BY_TYPE = 'now, and over the time range';
/** Few events of work name a config, so statistics by config would leave out most of it. */
const OF_ALL = 'of all configs: only the list of pieces follows the config filter';

export function QueueTab({ initial }: { initial: WorkInitial }) {
  const trpc = useTRPC();
  const { input, window, setWindow } = usePageSearch();
  const queue = useEntity<QueueEntity>('work.queue', 'queue');
  const version = useThrottled(queue, FOLLOW_CURVES_MS);
  const listVersion = useThrottled(queue, FOLLOW_LIST_MS);
  const record = useLiveQuery(trpc.pages.work.queue.queryOptions(input), input, version, initial.queue);
  return (
    <>
      <QueryNote query={record} />
      <Panel title="By type" hint={input.configs.length === 0 ? BY_TYPE : `${BY_TYPE}; ${OF_ALL}`} flush>
        <TypesTable record={record.data} />
      </Panel>
      {record.data === undefined ? (
        <Loading />
      ) : (
        <div className="grid min-w-0 gap-3 xl:grid-cols-2">
          <DepthPanel record={record.data} window={window} onWindow={setWindow} />
          <FlowPanel record={record.data} window={window} onWindow={setWindow} />
        </div>
      )}
      <Panel
        title="Waiting by priority"
        hint="how many, and for how long the longest; higher is more urgent"
        flush
      >
        <PriorityMatrix />
      </Panel>
      <div id="pieces-of-work" className="min-w-0 scroll-mt-3">
        <ItemsPanel initial={initial.items} version={listVersion} />
      </div>
    </>
  );
}

'use client';

import { useMemo } from 'react';
import { Chart } from '@/components/charts/chart';
import type { ChartSeries } from '@/components/charts/types';
import { LeadershipBands } from '@/components/nodes/leadership/leadership-bands';
import { LEADERSHIP_COLUMNS, type LeadershipChange } from '@/components/nodes/leadership/leadership-columns';
import { DataTable } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, formatPlural } from '@/components/ui/format';
import { useGo } from '@/components/ui/go';
import { Panel } from '@/components/ui/panel/panel';
import type { ClusterEntity } from '@/domain/realtime/entities';
import type { Leadership } from '@/server/api/pages/nodes';
import { useEntity } from '../_client/live/live-provider';
import { usePageSearch } from '../_client/page/page-controls';
import { useTRPC } from '../_client/queries/trpc';
import { useLiveQuery, type Initial } from '../_client/queries/use-live-query';

type Input = { since: number | null; until: number | null };

/** Who led when, elections and losses, peers and quorum. */
export function LeadershipPanel({ initial }: { initial: Initial<Input, Leadership> }) {
  const trpc = useTRPC();
  const go = useGo();
  const { input: page, window, setWindow } = usePageSearch();
  const input = { since: page.since, until: page.until };
  const version = useEntity<ClusterEntity>('nodes.cluster', 'cluster');
  const { data, error } = useLiveQuery(
    trpc.pages.nodes.leadership.queryOptions(input),
    input,
    version,
    initial,
  );
  const series = useMemo(() => (data === undefined ? [] : peerSeries(data)), [data]);
  if (data === undefined || data.reigns.length + data.alive.length === 0)
    return (
      <Panel title="Leadership">
        <Empty title={error ?? 'No election yet'}>
          Leadership appears with LEADER_ELECTED and the reports of the peers.
        </Empty>
      </Panel>
    );
  const hint = `lost ${formatPlural(data.losses, 'time')}, ${formatDuration(data.leaderless)} without a leader`;
  return (
    <Panel title="Leadership" hint={hint} flush>
      <div className="grid gap-x-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4 p-3">
          <LeadershipBands data={data} onPick={(seq) => go(`/events/${seq}`)} />
          <Chart
            label="Peers alive"
            xKind="time"
            unit="peers"
            series={series}
            window={window}
            onWindow={setWindow}
            height={120}
          />
        </div>
        <div className="min-w-0 border-t xl:border-t-0 xl:border-l">
          <DataTable
            label="Changes of leadership"
            rows={data.changes}
            rowKey={seqOf}
            columns={LEADERSHIP_COLUMNS}
            maxHeight="22rem"
          />
        </div>
      </div>
    </Panel>
  );
}

const seqOf = ({ seq }: LeadershipChange): string => String(seq);

function peerSeries({ alive, total }: Leadership): ChartSeries[] {
  return [
    { id: 'alive', name: 'alive', kind: 'step', points: alive, tone: 'ok' },
    { id: 'total', name: 'in all', kind: 'step', points: total, tone: 'off', dashed: true },
  ];
}

'use client';

import { memo, useMemo } from 'react';
import { DataTable, type Column } from '@/components/table/data-table';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, formatPlural, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { DurationId, DurationRow, Quantiles } from '@/server/api/pages/pipeline/durations';
import { DURATION_LABEL } from './labels';

/** The way of data in order, then the whole of it. */
const SHOWN: readonly DurationId[] = [
  ...(['selfplay', 'new_games', 'sync', 'export', 'threshold', 'training'] as const),
  ...(['evaluation', 'promotion', 'distribution', 'total', 'lead'] as const),
];

/** Where the time goes, per config and hop. */
export const DurationsPanel = memo(function DurationsPanel({ rows }: { rows: readonly DurationRow[] }) {
  const shown = useMemo(
    () =>
      rows.filter(
        ({ config, of }) => config !== null || of.total !== undefined || Object.keys(of).length > 1,
      ),
    [rows],
  );
  return (
    <Panel
      title="Duration of each hop"
      hint="p50 and p95, from the end of the stage before; the data of a run is its config’s, see the runs"
      flush
    >
      <DataTable
        label="Duration of each hop by config"
        rows={shown}
        rowKey={({ config }) => config ?? ''}
        columns={COLUMNS}
        initialSort={{ id: 'config', desc: false }}
        filter
        maxHeight={shown.length > 14 ? '32rem' : undefined}
        empty={
          <Empty title="No hop is over in this stretch">
            Durations come from runs: one begins with a TRAINING_THRESHOLD_REACHED.
          </Empty>
        }
      />
    </Panel>
  );
});

const COLUMNS: readonly Column<DurationRow>[] = [
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config ?? 'All shown',
    cell: ({ config }) =>
      config === null ? (
        <span className="font-medium whitespace-nowrap">All shown</span>
      ) : (
        <ConfigName name={config} />
      ),
  },
  ...SHOWN.map((id): Column<DurationRow> => ({
    id,
    header: DURATION_LABEL[id].name,
    hint: `${DURATION_LABEL[id].means}; sorted and copied as the p50 in seconds`,
    align: 'right',
    value: ({ of }) => of[id]?.p50 ?? null,
    cell: ({ of }) => <Hop of={of[id]} />,
  })),
];

function Hop({ of }: { of: Quantiles | undefined }) {
  if (of === undefined) return <span className="text-faint">{NONE}</span>;
  const waited = of.waited === null ? '' : `; of it waiting, p50 ${formatDuration(of.waited)}`;
  return (
    <span
      className="flex flex-col items-end"
      title={`of ${formatPlural(of.runs, 'run')}, at most ${formatDuration(of.max)}${waited}`}
    >
      <span className="font-medium">{formatDuration(of.p50)}</span>
      <span className="text-2xs text-faint">{formatDuration(of.p95)}</span>
    </span>
  );
}

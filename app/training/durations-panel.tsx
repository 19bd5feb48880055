'use client';

import { useMemo } from 'react';
import { useConfigColours } from '@/app/_client/config-colours';
import { usePageSearch } from '@/app/_client/page/page-controls';
import { Chart } from '@/components/charts/chart';
import type { ChartSeries } from '@/components/charts/types';
import { DataTable, type Column } from '@/components/table/data-table';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatDuration } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { ConfigDurations } from '@/server/api/pages/training/durations';
import type { TrainingOverview } from '@/server/api/pages/training/overview';

/** How long trainings take: each completed run at its end, and the distribution per config. */
export function DurationsPanel({ overview }: { overview: TrainingOverview }) {
  const { window, setWindow } = usePageSearch();
  const colours = useConfigColours(overview.charts.map(({ config }) => config));
  const series = useMemo(() => durationSeries(overview, colours), [overview, colours]);
  const none = (
    <Empty title="No run completed in this stretch">Durations come with each TRAINING_COMPLETED.</Empty>
  );
  if (overview.durations.length === 0) return <Panel title="Training duration">{none}</Panel>;
  return (
    <Panel
      title="Training duration"
      hint="start to completion of the runs that completed, at their end; those that stopped early are among them"
      flush
    >
      <div className="p-3">
        <Chart
          label="Training duration by config"
          series={series}
          xKind="time"
          unit="min"
          window={window}
          onWindow={setWindow}
          height={220}
          empty={none}
        />
      </div>
      <div className="border-t">
        <DataTable
          label="Training duration by config"
          rows={overview.durations}
          rowKey={({ config }) => config}
          columns={COLUMNS}
          initialSort={SORT}
          maxHeight={overview.durations.length > 12 ? '24rem' : undefined}
        />
      </div>
    </Panel>
  );
}

function durationSeries({ charts }: TrainingOverview, colours: ReadonlyMap<string, number>): ChartSeries[] {
  return charts.map(({ config, points }) => ({
    id: config,
    name: config,
    kind: 'points',
    colour: colours.get(config),
    points: points.map(({ t, seconds }) => [t, seconds / 60] as const),
    events: points.map(({ event_id }) => event_id),
    notes: points.map(({ job_id }) => job_id),
  }));
}

const SORT = { id: 'config', desc: false } as const;

const figure = (
  id: string,
  header: string,
  value: (row: ConfigDurations) => number | null,
  show: (value: number | null) => string,
  more: Partial<Column<ConfigDurations>> = {},
): Column<ConfigDurations> => ({
  id,
  header,
  align: 'right',
  value,
  cell: (row) => show(value(row)),
  ...more,
});

const COLUMNS: readonly Column<ConfigDurations>[] = [
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config,
    cell: ({ config }) => <ConfigName name={config} />,
  },
  figure('runs', 'Completed', ({ runs }) => runs, formatCount),
  figure('p50', 'p50', ({ p50 }) => p50, formatDuration, {
    hint: 'Half of the runs took less. Copied in seconds',
  }),
  figure('p95', 'p95', ({ p95 }) => p95, formatDuration, {
    hint: '95 % of the runs took less. Copied in seconds',
  }),
  figure('min', 'Shortest', ({ min }) => min, formatDuration),
  figure('max', 'Longest', ({ max }) => max, formatDuration),
  figure('epoch', 'An epoch', ({ epoch_seconds }) => epoch_seconds, formatDuration, {
    hint: 'Median over the runs: start to the last epoch, by the number of epochs',
  }),
  figure('throughput', 'Throughput', ({ samples_per_second }) => samples_per_second, formatCount, {
    unit: 'samples/s',
    hint: 'Median over the runs whose export is known, if every epoch goes once through its samples; no event tells the throughput itself',
  }),
  figure('stopped', 'Stopped early', ({ stopped }) => stopped, formatCount),
  figure('failed', 'Failed', ({ failed }) => failed, formatCount, { hint: 'Not among the durations' }),
];

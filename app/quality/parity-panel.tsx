'use client';

import { memo, useMemo } from 'react';
import { Chart } from '@/components/charts/chart';
import type { ChartLevel, ChartSeries, ChartWindow } from '@/components/charts/types';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatFixed, formatPlural, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import type { ParityEntity } from '@/domain/projections/quality/entities';
import type { QualityParity } from '@/server/api/pages/quality/parity';

const COLUMNS: readonly Column<ParityEntity>[] = [
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config,
    cell: ({ config }) => <ConfigName name={config} />,
  },
  {
    id: 'last',
    header: 'Last result',
    value: ({ success }) => success,
    cell: (row) => <Result row={row} />,
  },
  {
    id: 'overall',
    header: 'All games',
    align: 'right',
    hint: 'Agreement over all validations since history began, each weighted by its games',
    value: ({ overall_rate }) => overall_rate,
    cell: ({ overall_rate }) => percent(overall_rate),
  },
  {
    id: 'games',
    header: 'Games',
    align: 'right',
    value: ({ games }) => games,
    cell: ({ games }) => formatCount(games),
  },
  {
    id: 'failed',
    header: 'Failed',
    align: 'right',
    hint: 'Validations that failed, of all',
    value: ({ failed }) => failed,
    cell: ({ failed, validations, last_failure: last }) => (
      <>
        {failed === 0 ? '0' : <EventLink event={last}>{formatCount(failed)}</EventLink>}
        <span className="text-dim"> of {formatCount(validations)}</span>
      </>
    ),
  },
  {
    id: 'failure',
    header: 'Failure rate',
    align: 'right',
    hint: 'What the newest PARITY_FAILURE_RATE_CHANGED moved it to',
    value: ({ failure_rate }) => failure_rate,
    cell: ({ failure_rate, failure_event }) => (
      <EventLink event={failure_event}>{percent(failure_rate)}</EventLink>
    ),
  },
];

/** Also keeps the axis from running beyond what can be. */
const ALL_AGREE: ChartLevel = { y: 100, label: 'all games agree', tone: 'ok' };

/** Do both engines replay games alike? Rates over time and per config. */
export const ParityPanel = memo(function ParityPanel({
  rows,
  data,
  window,
  onWindow,
}: {
  rows: readonly ParityEntity[];
  data: QualityParity | undefined;
  window: ChartWindow;
  onWindow: (window: ChartWindow) => void;
}) {
  const series = useMemo(() => (data?.series ?? []).map(seriesOf), [data]);
  // Without a rate there is nothing to hold a level against, and the chart says what is missing.
  const levels = useMemo(
    () => (series.length === 0 ? [] : [ALL_AGREE, ...(data?.levels ?? []).map(levelOf)]),
    [data, series],
  );
  const omitted = data?.omitted ?? 0;
  return (
    <Panel
      title="Parity"
      hint={
        omitted === 0
          ? 'share of replayed games on which both engines agree'
          : `the 8 lowest; ${formatPlural(omitted, 'more config')} not drawn`
      }
      flush
    >
      <div className="p-3">
        <Chart
          label="Parity rate over time"
          series={series}
          levels={levels}
          xKind="time"
          unit="% of games"
          height={180}
          window={window}
          onWindow={onWindow}
          empty={
            <Empty title="No validation in this stretch">
              Rates come with PARITY_VALIDATION_COMPLETED. A longer stretch can be chosen above.
            </Empty>
          }
        />
      </div>
      {rows.length > 0 && (
        <DataTable
          label="Parity by config"
          rows={rows}
          rowKey={({ config }) => config}
          columns={COLUMNS}
          initialSort={{ id: 'overall', desc: false }}
          maxHeight="20rem"
          className="border-t"
        />
      )}
    </Panel>
  );
});

function percent(share: number | null): string {
  return share === null ? NONE : `${formatFixed(share * 100, 2)} %`;
}

function Result({ row: { success, rate, event } }: { row: ParityEntity }) {
  if (success === null) return <span className="text-faint">{NONE}</span>;
  return (
    <EventLink event={event} className="inline-flex">
      <StatusDot
        tone={success ? 'ok' : 'bad'}
        label={`${success ? 'passed' : 'failed'}${rate === null ? '' : ` ${percent(rate)}`}`}
      />
    </EventLink>
  );
}

function seriesOf({ config, points, events, games }: QualityParity['series'][number]): ChartSeries {
  return {
    id: config,
    name: config,
    kind: 'points',
    points: points.map(([t, rate]) => [t, rate * 100]),
    events,
    notes: games.map((count) => (count === null ? null : formatPlural(count, 'game'))),
  };
}

function levelOf(rate: number): ChartLevel {
  return { y: rate * 100, label: `fails below ${formatFixed(rate * 100, 1)} %`, tone: 'warn' };
}

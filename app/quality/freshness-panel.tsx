'use client';

import { memo } from 'react';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatFixed, formatHourly, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Age } from '@/components/ui/time/time';
import { linked } from './refs';
import type { FreshnessEntity } from '@/domain/projections/quality/entities';

const COLUMNS: readonly Column<FreshnessEntity>[] = [
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config,
    cell: ({ config }) => <ConfigName name={config} />,
  },
  {
    id: 'games',
    header: 'Newest games',
    hint: 'NEW_GAMES_AVAILABLE',
    value: ({ games_at }) => games_at,
    time: true,
    cell: ({ games_id, games_at }) => (
      <EventLink event={linked('NEW_GAMES_AVAILABLE', games_id, games_at)} className="whitespace-nowrap" />
    ),
  },
  {
    id: 'rate',
    header: 'New games per h',
    align: 'right',
    value: ({ games_per_hour }) => games_per_hour,
    cell: ({ games_per_hour }) => formatHourly(games_per_hour),
  },
  {
    id: 'total',
    header: 'Games in all',
    align: 'right',
    value: ({ total_games }) => total_games,
    cell: ({ total_games }) => formatCount(total_games),
  },
  {
    id: 'verdict',
    header: 'Training data',
    hint: 'What DATA_FRESH or DATA_STALE said last',
    value: ({ verdict }) => verdict,
    cell: (row) => <Verdict row={row} />,
  },
  {
    id: 'age',
    header: 'Age told (h)',
    align: 'right',
    hint: 'How old the data was then, and the age from which it counts as stale',
    value: ({ data_age_hours }) => data_age_hours,
    cell: (row) => <AgeThen row={row} />,
  },
  {
    id: 'sync',
    header: 'Last sync told',
    value: ({ last_sync }) => last_sync,
    cell: ({ last_sync }) =>
      last_sync === null ? NONE : <Age at={last_sync} className="whitespace-nowrap" />,
  },
  {
    id: 'triggered',
    header: 'Sync triggered',
    hint: 'SYNC_TRIGGERED for stale data',
    value: ({ sync_event }) => sync_event?.timestamp ?? null,
    time: true,
    cell: ({ sync_event }) => <EventLink event={sync_event} className="whitespace-nowrap" />,
  },
];

/** How old the data is that models learn from, config by config. */
export const FreshnessPanel = memo(function FreshnessPanel({ rows }: { rows: readonly FreshnessEntity[] }) {
  return (
    <Panel title="Data freshness" hint="longest without new games first" flush>
      <DataTable
        label="Data freshness by config"
        rows={rows}
        rowKey={({ config }) => config}
        columns={COLUMNS}
        initialSort={{ id: 'games', desc: false }}
        maxHeight="22rem"
        empty={
          <Empty title="No new games yet">
            A config appears with its first NEW_GAMES_AVAILABLE, DATA_FRESH, DATA_STALE or SYNC_TRIGGERED.
          </Empty>
        }
      />
    </Panel>
  );
});

function Verdict({ row: { verdict, verdict_event } }: { row: FreshnessEntity }) {
  if (verdict === null) return <span className="text-faint">not told</span>;
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap">
      <Badge tone={verdict === 'stale' ? 'warn' : 'ok'} shape>
        {verdict}
      </Badge>
      <EventLink event={verdict_event} />
    </span>
  );
}

function AgeThen({ row: { data_age_hours: age, threshold_hours: threshold } }: { row: FreshnessEntity }) {
  return (
    <>
      {formatFixed(age, 2)}
      {threshold !== null && <span className="text-faint"> of {formatFixed(threshold, 1)}</span>}
    </>
  );
}

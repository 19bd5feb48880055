'use client';

import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { ConfigName } from '@/components/ui/names/config-name';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, formatQuality, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import type { TrainingConfigEntity } from '@/domain/projections/training/entities';
import type { BlockRow } from '@/server/api/pages/training/overview';
import { RunLink } from '../looks';

/** Trainings that did not start because their data was not good enough, and how long the config waited. */
export function BlocksPanel({
  rows,
  blocked,
}: {
  rows: readonly BlockRow[];
  blocked: readonly TrainingConfigEntity[];
}) {
  return (
    <Panel
      title="Blocked by quality"
      hint="TRAINING_BLOCKED_BY_QUALITY and the next run of the config"
      header={blocked.length > 0 && <StatusDot tone="warn" label={`${blocked.length} waiting now`} />}
      flush
    >
      <DataTable
        label="Blocked by quality"
        rows={rows}
        rowKey={({ event }) => event.event_id}
        columns={COLUMNS}
        initialSort={SORT}
        maxHeight="20rem"
        empty={
          <Empty title="Quality blocked no training in this stretch">
            A row appears with each TRAINING_BLOCKED_BY_QUALITY.
          </Empty>
        }
      />
    </Panel>
  );
}

const SORT = { id: 'at', desc: true } as const;

const waited = ({ next_at, event }: BlockRow): number | null =>
  next_at === null ? null : next_at - event.timestamp;

const quality = (id: 'quality' | 'required', header: string): Column<BlockRow> => ({
  id,
  header,
  align: 'right',
  value: (row) => row[id],
  cell: (row) => formatQuality(row[id]),
});

const COLUMNS: readonly Column<BlockRow>[] = [
  {
    id: 'config',
    header: 'Config',
    value: ({ config }) => config,
    cell: ({ config }) => <ConfigName name={config} />,
  },
  {
    id: 'at',
    header: 'Blocked',
    value: ({ event }) => event.timestamp,
    time: true,
    cell: ({ event }) => <EventLink event={event} className="whitespace-nowrap" />,
  },
  quality('quality', 'Quality'),
  quality('required', 'Required'),
  {
    id: 'waited',
    header: 'Next run after',
    hint: 'Copied in seconds',
    align: 'right',
    value: waited,
    cell: (row) => {
      const seconds = waited(row);
      return seconds === null ? 'none yet' : formatDuration(seconds);
    },
  },
  {
    id: 'next',
    header: 'Next run',
    value: ({ next_run }) => next_run,
    cell: ({ next_run }) =>
      next_run === null ? NONE : <RunLink jobId={next_run} className="block max-w-48 truncate" />,
  },
];

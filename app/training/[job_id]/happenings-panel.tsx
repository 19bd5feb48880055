'use client';

import Link from 'next/link';
import { memo } from 'react';
import { DataTable, type Column } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { RunDetail } from '@/server/api/pages/training/run';
import { happeningsOf, type Happening } from './happenings';

/** What was reported about the run while it went on, newest first. */
export const HappeningsPanel = memo(function HappeningsPanel({ run }: { run: RunDetail }) {
  const rows = happeningsOf(run);
  return (
    <Panel title="Reported on the way" hint="anomalies, trends, checkpoints, changed hyperparameters" flush>
      <DataTable
        label="Reported on the way"
        rows={rows}
        rowKey={({ key }) => key}
        columns={COLUMNS}
        initialSort={SORT}
        filter
        maxHeight="22rem"
        empty={
          <Empty title="Nothing was reported">
            Rows come from TRAINING_LOSS_ANOMALY, TRAINING_LOSS_TREND, CHECKPOINT_SAVED,
            HYPERPARAMETER_UPDATED and the like.
          </Empty>
        }
      />
    </Panel>
  );
});

const SORT = { id: 't', desc: true } as const;

const COLUMNS: readonly Column<Happening>[] = [
  {
    id: 't',
    header: 'Time',
    value: ({ t }) => t,
    time: true,
    cell: ({ t, id }) => (
      <Link
        href={`/events/${id}`}
        prefetch={false}
        className="whitespace-nowrap underline decoration-line-strong underline-offset-2 hover:text-accent"
      >
        <Time at={t} />
      </Link>
    ),
  },
  { id: 'e', header: 'Epoch', align: 'right', value: ({ e }) => e, cell: ({ e }) => e ?? NONE },
  {
    id: 'what',
    header: 'What',
    value: ({ what }) => what,
    cell: ({ what }) => <span className="whitespace-nowrap">{what}</span>,
  },
  {
    id: 'text',
    header: 'Details',
    value: ({ text }) => text,
    cell: ({ text }) => <span className="block min-w-40 break-all text-dim">{text}</span>,
  },
];

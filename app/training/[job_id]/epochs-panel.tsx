'use client';

import Link from 'next/link';
import { memo } from 'react';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, formatFixed, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { EpochRow } from '@/server/api/pages/training/compare';
import type { RunDetail } from '@/server/api/pages/training/run';

type Row = EpochRow & { marks: string[] };

/** Every epoch with its figures and what was reported of it. */
export const EpochsPanel = memo(function EpochsPanel({ run }: { run: RunDetail }) {
  const rows = run.epochs.map((epoch) => ({ ...epoch, marks: marksOf(run, epoch.epoch) }));
  return (
    <Panel title="Epochs" hint={run.thinned ? 'older ones are thinned out' : undefined} flush>
      <DataTable
        label="Epochs"
        rows={rows}
        rowKey={({ epoch }) => `${epoch}`}
        columns={COLUMNS}
        initialSort={SORT}
        maxHeight="24rem"
        empty={<Empty title="No epoch yet">One appears with each TRAINING_PROGRESS.</Empty>}
      />
    </Panel>
  );
});

function marksOf(run: RunDetail, epoch: number): string[] {
  const count = (list: readonly { e: number | null }[], word: string): string[] =>
    list.some(({ e }) => e === epoch) ? [word] : [];
  return [
    ...(run.entity.best_epoch === epoch ? ['best'] : []),
    ...count(run.anomalies, 'anomaly'),
    ...count(
      run.checkpoints.filter(({ loaded }) => !loaded),
      'checkpoint',
    ),
    ...count(
      run.checkpoints.filter(({ loaded }) => loaded),
      'loaded',
    ),
    ...(run.stop?.epochs === epoch ? ['stopped early'] : []),
  ];
}

const TONES = { best: 'ok', anomaly: 'bad', 'stopped early': 'warn' } as const;
const toneOf = (mark: string) => (Object.hasOwn(TONES, mark) ? TONES[mark as keyof typeof TONES] : 'off');

const SORT = { id: 'epoch', desc: true } as const;

const figure = (
  id: string,
  header: string,
  value: (row: Row) => number | null,
  show: (value: number) => string,
): Column<Row> => ({
  id,
  header,
  align: 'right',
  value,
  cell: (row) => {
    const found = value(row);
    return found === null ? NONE : show(found);
  },
});

const loss = (value: number): string => formatFixed(value, 5);

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'epoch',
    header: 'Epoch',
    value: ({ epoch }) => epoch,
    cell: ({ epoch, event_id }) => (
      <Link
        href={`/events/${event_id}`}
        prefetch={false}
        className="underline decoration-line-strong underline-offset-2 hover:text-accent"
      >
        {epoch}
      </Link>
    ),
  },
  {
    id: 't',
    header: 'Ended',
    value: ({ t }) => t,
    time: true,
    cell: ({ t }) => <Time at={t} className="whitespace-nowrap" />,
  },
  figure('train', 'Training loss', ({ train_loss }) => train_loss, loss),
  figure('val', 'Validation loss', ({ val_loss }) => val_loss, loss),
  figure(
    'gap',
    'Gap',
    ({ train_loss, val_loss }) => (train_loss === null || val_loss === null ? null : val_loss - train_loss),
    loss,
  ),
  figure(
    'lr',
    'Learning rate',
    ({ learning_rate }) => learning_rate,
    (value) => value.toPrecision(4),
  ),
  { ...figure('seconds', 'Took', ({ seconds }) => seconds, formatDuration), hint: 'Copied in seconds' },
  {
    id: 'marks',
    header: 'Reported',
    value: ({ marks }) => marks.join(', ') || null,
    cell: ({ marks }) => (
      <span className="flex gap-1">
        {marks.map((mark) => (
          <Badge key={mark} tone={toneOf(mark)} shape={toneOf(mark) !== 'off'}>
            {mark}
          </Badge>
        ))}
      </span>
    ),
  },
];

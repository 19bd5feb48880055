import { useMemo, type ReactNode } from 'react';
import { ModelLink } from '@/components/models/model-link';
import { HoldBadge } from '@/components/models/hold-badge';
import { ModelStatusBadge } from '@/components/models/status-badge';
import { RowButton } from '@/components/table/row-button';
import { DataTable, type Column } from '@/components/table/data-table';
import { ConfigName } from '@/components/ui/names/config-name';
import { formatCount, formatElo, formatFixed, formatWinRate, NONE } from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import type { ModelDetail } from '@/domain/projections/models';
import { STATUS_ORDER } from './registry';

const time = (at: number | null) =>
  at === null ? (
    <span className="text-faint">{NONE}</span>
  ) : (
    <Time at={at} format="minute" className="whitespace-nowrap" />
  );

const COLUMNS: readonly Column<ModelDetail>[] = [
  {
    id: 'model',
    header: 'Model',
    value: (row) => row.model_id,
    cell: (row) => <ModelLink id={row.model_id} className="max-w-44 md:max-w-64" />,
  },
  {
    id: 'status',
    header: 'Status',
    hint: 'Sorted from champion to corrupted',
    value: (row) => `${STATUS_ORDER.indexOf(row.status)} ${row.status}`,
    cell: (row) => (
      <span className="inline-flex items-center gap-1">
        <ModelStatusBadge status={row.status} />
        <HoldBadge hold={row.hold} />
      </span>
    ),
  },
  {
    id: 'config',
    header: 'Config',
    value: (row) => row.config,
    cell: (row) => <ConfigName name={row.config} className="text-dim" />,
  },
  {
    id: 'elo',
    header: 'Elo',
    align: 'right',
    value: (row) => row.elo,
    cell: (row) => formatElo(row.elo),
  },
  {
    id: 'win_rate',
    header: 'Win rate',
    hint: 'In its newest evaluation',
    align: 'right',
    value: (row) => row.win_rate,
    cell: (row) => formatWinRate(row.win_rate),
  },
  {
    id: 'games',
    header: 'Games',
    hint: 'Played in its newest evaluation',
    align: 'right',
    value: (row) => row.games,
    cell: (row) => formatCount(row.games),
  },
  {
    id: 'val_loss',
    header: 'Val. loss',
    hint: 'Validation loss at the end of its training',
    align: 'right',
    value: (row) => row.val_loss,
    cell: (row) => formatFixed(row.val_loss, 4),
  },
  {
    id: 'holders',
    header: 'Nodes',
    hint: 'Nodes that hold a copy: distributed or synced, and not invalidated since',
    align: 'right',
    value: (row) => row.holders,
    cell: (row) => formatCount(row.holders),
  },
  {
    id: 'trained',
    header: 'Trained',
    value: (row) => row.trained_at,
    time: true,
    cell: (row) => time(row.trained_at),
  },
  {
    id: 'promoted',
    header: 'Promoted',
    value: (row) => row.promoted_at,
    time: true,
    cell: (row) => time(row.promoted_at),
  },
  {
    id: 'updated',
    header: 'Changed',
    value: (row) => row.updated_at,
    time: true,
    cell: (row) => time(row.updated_at),
  },
  {
    id: 'reason',
    header: 'Why',
    hint: 'Why it was rejected, rolled back or found corrupted, in the producer’s words',
    value: (row) => row.reason,
    cell: (row) => (
      <span className="block max-w-40 truncate text-dim" title={row.reason ?? undefined}>
        {row.reason?.replaceAll('_', ' ') ?? NONE}
      </span>
    ),
  },
];

/** The figures, and the button with which a model that is not champion becomes it. */
function columnsWith(onPromote: (model: string) => void): Column<ModelDetail>[] {
  const act: Column<ModelDetail> = {
    id: 'act',
    header: 'Act',
    hint: 'Opens the evidence; nothing happens before it is confirmed',
    value: () => null,
    cell: (row) =>
      row.config === null || row.status === 'champion' ? null : (
        <RowButton label={`Promote ${row.model_id}…`} onClick={() => onPromote(row.model_id)}>
          Promote…
        </RowButton>
      ),
  };
  return [...COLUMNS.slice(0, 2), act, ...COLUMNS.slice(2)];
}

export function ModelsTable({
  rows,
  bar,
  empty,
  onPromote,
}: {
  rows: readonly ModelDetail[];
  /** The filters above the rows. */
  bar: ReactNode;
  empty: ReactNode;
  /** Null for who may not: then there is no such column. */
  onPromote: ((model: string) => void) | null;
}) {
  const columns = useMemo(() => (onPromote === null ? COLUMNS : columnsWith(onPromote)), [onPromote]);
  return (
    <DataTable
      label="Models"
      rows={rows}
      rowKey={(row) => row.model_id}
      columns={columns}
      initialSort={{ id: 'updated', desc: true }}
      bar={bar}
      empty={empty}
      maxHeight={rows.length > 24 ? 'max(24rem, 70vh)' : undefined}
    />
  );
}

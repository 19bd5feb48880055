import Link from 'next/link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Time } from '@/components/ui/time/time';
import type { Change } from '@/domain/projections/learning';
import type { LearningRecord } from '@/server/api/pages/learning';

export function When({ seq, at }: { seq: number; at: number }) {
  return (
    <Link
      href={`/events/${seq}`}
      prefetch={false}
      className="whitespace-nowrap text-dim underline decoration-line-strong underline-offset-2 hover:text-accent"
    >
      <Time at={at} />
    </Link>
  );
}

const mono = (text: string | null) => <span className="font-mono">{text ?? NONE}</span>;

const COLUMNS: readonly Column<Change>[] = [
  {
    id: 'parameter',
    header: 'Parameter',
    value: (row) => row.parameter,
    cell: (row) => mono(row.parameter),
  },
  {
    id: 'at',
    header: 'When',
    hint: 'Leads to the event',
    value: (row) => row.t,
    time: true,
    cell: (row) => <When seq={row.s} at={row.t} />,
  },
  { id: 'config', header: 'Config', value: (row) => row.config, cell: (row) => mono(row.config) },
  {
    id: 'from',
    header: 'Old value',
    hint: 'ADAPTIVE_PARAMS_CHANGED tells new values only',
    align: 'right',
    value: (row) => row.from,
    cell: (row) => mono(row.from),
  },
  {
    id: 'to',
    header: 'New value',
    align: 'right',
    value: (row) => row.to,
    cell: (row) => (
      <span className="font-mono font-medium">
        <span aria-hidden className="pr-1.5 text-faint">
          →
        </span>
        {row.to ?? NONE}
      </span>
    ),
  },
  { id: 'by', header: 'Set by', hint: 'cmaes, nas, adaptive or a person', value: (row) => row.by },
  {
    id: 'reason',
    header: 'Reason',
    value: (row) => row.reason?.replaceAll('_', ' ') ?? null,
    cell: (row) => row.reason?.replaceAll('_', ' ') ?? <span className="text-faint">not stated</span>,
  },
];

/** Parameters that got another value, newest first. */
export function ChangesPanel({ record }: { record: LearningRecord | undefined }) {
  const rows = record?.changes ?? [];
  const total = record?.changes_total ?? 0;
  const hint =
    total > rows.length ? `newest ${formatCount(rows.length)} of ${formatCount(total)}` : undefined;
  return (
    <Panel title="Parameters changed" hint={hint} flush>
      <DataTable
        label="Parameters changed"
        rows={rows}
        rowKey={(row) => row.id}
        columns={COLUMNS}
        initialSort={{ id: 'at', desc: true }}
        filter
        maxHeight="22rem"
        empty={
          <Empty title={record === undefined ? 'Asking for the record…' : 'No parameter changed'}>
            {record !== undefined &&
              'HYPERPARAMETER_UPDATED and ADAPTIVE_PARAMS_CHANGED of the configs and the time above make rows.'}
          </Empty>
        }
      />
    </Panel>
  );
}

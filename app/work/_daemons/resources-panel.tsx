import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Elapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatDuration, formatPercent, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { ResourceEntity, ResourceKind } from '@/domain/projections/daemons/entities';
import { RESOURCE_TONE } from '../tones';

/** What is idle, short or under backpressure, active ones first. */
export function ResourcesPanel({ rows, total }: { rows: readonly ResourceEntity[]; total: number }) {
  const hint =
    rows.length < total
      ? `the first ${formatCount(rows.length)} of ${formatCount(total)}`
      : 'backpressure holds until it is released, other reports for 1 h';
  return (
    <Panel title="Backpressure, short and idle resources" hint={hint} flush>
      <DataTable
        label="Resources"
        rows={rows}
        rowKey={(row) => `${row.kind}|${row.node}|${row.resource}`}
        columns={COLUMNS}
        filter
        maxHeight="28rem"
        empty={
          <Empty title="No report in this stretch">
            IDLE_RESOURCE_DETECTED, RESOURCE_CONSTRAINT and BACKPRESSURE_ACTIVATED put a node here.
          </Empty>
        }
      />
    </Panel>
  );
}

const COLUMNS: readonly Column<ResourceEntity>[] = [
  {
    id: 'node',
    header: 'Node',
    value: (row) => row.node,
    cell: (row) => <span className="font-mono whitespace-nowrap">{row.node}</span>,
  },
  {
    id: 'kind',
    header: 'What',
    value: wordFor,
    cell: (row) => (
      <Badge tone={row.active ? RESOURCE_TONE[row.kind] : 'off'} shape>
        {wordFor(row)}
      </Badge>
    ),
  },
  { id: 'resource', header: 'Resource', value: (row) => row.resource },
  { id: 'level', header: 'Level', value: (row) => row.level, cell: (row) => row.level ?? NONE },
  {
    id: 'utilization',
    header: 'Utilisation',
    align: 'right',
    value: (row) => row.utilization,
    cell: (row) => formatPercent(row.utilization),
  },
  {
    id: 'since',
    header: 'For',
    hint: 'How long it is so; of what is over, how long it lasted, where that was reported',
    value: (row) => row.since,
    time: true,
    cell: (row) => <For row={row} />,
  },
  {
    id: 'reason',
    header: 'Reason',
    value: (row) => row.reason,
    cell: (row) => <span className="text-dim">{row.reason ?? NONE}</span>,
  },
  {
    id: 'reports',
    header: 'Reports',
    hint: 'Since history began',
    align: 'right',
    value: (row) => row.reports,
    cell: (row) => formatCount(row.reports),
  },
  {
    id: 'last',
    header: 'Last report',
    value: (row) => row.last_at,
    time: true,
    cell: (row) => <EventLink event={row.event} className="whitespace-nowrap" />,
  },
];

const WORDS: Readonly<Record<ResourceKind, readonly [active: string, over: string]>> = {
  backpressure: ['backpressure', 'released'],
  constraint: ['short', 'was short'],
  idle: ['idle', 'was idle'],
};

function wordFor({ kind, active }: ResourceEntity): string {
  return WORDS[kind][active ? 0 : 1];
}

function For({ row }: { row: ResourceEntity }) {
  // An idle resource says itself how long; a report of a shortage says only that there is one.
  if (row.kind === 'backpressure' && row.active) return <Elapsed at={row.since} />;
  return formatDuration(row.seconds);
}

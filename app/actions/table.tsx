import type { ReactNode } from 'react';
import { ModelLink } from '@/components/models/model-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { NONE } from '@/components/ui/format';
import { Time } from '@/components/ui/time/time';
import type { Tone } from '@/components/ui/signs/tone';
import { titleOf } from '@/domain/actions/declared';
import type { ActionList } from '@/server/api/actions/log';
import type { ActionStatus } from '@/server/api/actions/status';

type Row = ActionList['rows'][number];

const TONE: Readonly<Record<ActionStatus['state'], Tone>> = {
  committed: 'busy',
  forwarded: 'info',
  acked: 'info',
  answered: 'ok',
  overdue: 'warn',
};

export function StateBadge({ status }: { status: ActionStatus | null }) {
  if (status === null) return <span className="text-faint">{NONE}</span>;
  return (
    <Badge tone={TONE[status.state]} shape title={status.trouble ?? undefined}>
      {status.state}
    </Badge>
  );
}

const titleOfRow = ({ kind, event_type: eventType }: Row): string => titleOf({ kind, eventType });

function columns(onOpen: (actionId: string) => void): Column<Row>[] {
  return [
    {
      id: 'at',
      header: 'When',
      value: (row) => row.at,
      time: true,
      cell: (row) => <Time at={row.at} className="whitespace-nowrap" />,
    },
    {
      id: 'what',
      header: 'What',
      hint: 'Opens the evidence as it was, and how far it got',
      value: (row) => titleOfRow(row),
      cell: (row) => (
        <button
          type="button"
          onClick={() => onOpen(row.action_id)}
          className="rounded-sm whitespace-nowrap underline decoration-line-strong underline-offset-2 hover:text-accent"
        >
          {titleOfRow(row)}
          {row.forced && ', forced'}
        </button>
      ),
    },
    {
      id: 'about',
      header: 'About',
      value: (row) => row.subject,
      cell: (row) =>
        row.kind.startsWith('models.') ? (
          <ModelLink id={row.subject} />
        ) : (
          <span className="font-mono">{row.subject ?? NONE}</span>
        ),
    },
    {
      id: 'state',
      header: 'State',
      value: (row) => row.status?.state ?? null,
      cell: (row) => <StateBadge status={row.status} />,
    },
    { id: 'who', header: 'Who', value: (row) => row.actor },
    {
      id: 'from',
      header: 'From',
      hint: 'Address and way in',
      value: (row) => `${row.address} ${row.actor_kind}`,
    },
    {
      id: 'why',
      header: 'Why',
      value: (row) => row.reason,
      cell: (row) => (
        <span className="block max-w-96 truncate" title={row.reason}>
          {row.reason}
        </span>
      ),
    },
    { id: 'id', header: 'No.', align: 'right', value: (row) => row.id },
  ];
}

export function ActionsTable({
  rows,
  onOpen,
  bar,
}: {
  rows: readonly Row[];
  onOpen: (actionId: string) => void;
  /** What chooses the rows. */
  bar: ReactNode;
}) {
  return (
    <DataTable
      label="Actions"
      rows={rows}
      rowKey={(row) => row.action_id}
      columns={columns(onOpen)}
      initialSort={{ id: 'id', desc: true }}
      bar={bar}
      empty={
        <Empty title="No actions yet">
          What operators do on these pages or with the command line is written down here.
        </Empty>
      }
    />
  );
}

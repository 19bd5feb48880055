import { useMemo } from 'react';
import { useEntity } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatPercent, formatPlural } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { DriftField, TypeDrift } from '@/domain/projections/traffic';
import type { TrafficEntity } from '@/domain/realtime/entities';
import { TypeLink } from './type-link';

interface DriftRow extends DriftField {
  readonly event_type: string;
  readonly share: number;
}

const KINDS: Readonly<Record<DriftField['kind'], string>> = {
  missing: 'missing',
  wrong_type: 'other type',
  unexpected: 'not documented',
};

const COLUMNS: readonly Column<DriftRow>[] = [
  {
    id: 'type',
    header: 'Type',
    value: ({ event_type }) => event_type,
    cell: ({ event_type }) => <TypeLink type={event_type} />,
  },
  {
    id: 'field',
    header: 'Field',
    value: ({ path }) => path,
    cell: ({ path }) => <code className="block min-w-32 [overflow-wrap:anywhere]">{path}</code>,
  },
  {
    id: 'kind',
    header: 'Difference',
    value: ({ kind }) => KINDS[kind],
    cell: ({ kind, message }) => (
      <span className="inline-flex flex-wrap items-center gap-x-2 whitespace-nowrap" title={message}>
        <Badge tone={kind === 'unexpected' ? 'info' : 'warn'} shape>
          {KINDS[kind]}
        </Badge>
      </span>
    ),
  },
  {
    id: 'message',
    header: 'In words',
    value: ({ message }) => message,
    cell: ({ message }) => <span className="block min-w-56 text-dim">{message}</span>,
  },
  {
    id: 'count',
    header: 'Events',
    align: 'right',
    value: ({ count }) => count,
    cell: ({ count }) => formatCount(count),
  },
  {
    id: 'share',
    header: 'Share',
    hint: 'Of all events of the type',
    align: 'right',
    value: ({ share }) => share,
    cell: ({ share }) => formatPercent(share),
  },
  {
    id: 'last',
    header: 'Last',
    value: ({ last }) => last.timestamp,
    time: true,
    cell: ({ last }) => (
      <span className="whitespace-nowrap">
        <EventLink event={last} />
      </span>
    ),
  },
];

const driftRows = ({ event_type, events, fields }: TypeDrift): DriftRow[] =>
  fields.map((field) => ({ ...field, event_type, share: field.count / Math.max(1, events) }));

/** How payloads differ from what the catalogue documents, field by field. */
export function DriftPanel({ drift }: { drift: readonly TypeDrift[] }) {
  const traffic = useEntity<TrafficEntity>('traffic.total', 'all');
  const rows = useMemo(() => drift.flatMap(driftRows), [drift]);
  return (
    <Panel
      title="Drift from the catalogue"
      hint={`${formatPlural(drift.length, 'type')}; ${formatCount(traffic?.drifted ?? null)} of ${formatPlural(traffic?.events ?? 0, 'event')} differ from it. None is refused for it`}
      flush
    >
      <DataTable
        label="Drift from the catalogue"
        rows={rows}
        rowKey={({ event_type, kind, path }) => `${event_type}\n${kind}\n${path}`}
        columns={COLUMNS}
        initialSort={{ id: 'count', desc: true }}
        filter
        maxHeight="20rem"
        empty={
          <Empty title="No drift">Every event so far has the fields that the catalogue documents.</Empty>
        }
      />
    </Panel>
  );
}

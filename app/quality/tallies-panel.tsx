'use client';

import Link from 'next/link';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Empty } from '@/components/ui/panel/empty';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatCount, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { TallyEntity } from '@/domain/projections/quality/entities';

/** What the amounts count; types without one count nothing but themselves. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ['NEW_GAMES_AVAILABLE', 'games'],
  ['DATA_SYNC_COMPLETED', 'items'],
  ['GAME_SYNCED', 'games'],
  ['ORPHAN_GAMES_DETECTED', 'games'],
  ['ORPHAN_GAMES_REGISTERED', 'games'],
  ['PARITY_VALIDATION_COMPLETED', 'games'],
]);

const COLUMNS: readonly Column<TallyEntity>[] = [
  {
    id: 'type',
    header: 'Event',
    value: ({ event_type }) => event_type,
    cell: ({ event_type: type }) => (
      <Link href={`/events?type=${type}`} prefetch={false} className="hover:text-accent">
        <EventTypeName type={type} />
      </Link>
    ),
  },
  {
    id: 'count',
    header: 'Events',
    align: 'right',
    value: ({ count }) => count,
    cell: ({ count }) => formatCount(count),
  },
  {
    id: 'amount',
    header: 'In all',
    align: 'right',
    hint: 'Sum of what the events count',
    value: (row) => (UNITS.has(row.event_type) ? row.amount : null),
    cell: (row) => <Amount value={row.amount} type={row.event_type} />,
  },
  {
    id: 'last',
    header: 'Last',
    value: ({ last }) => last?.timestamp ?? null,
    time: true,
    cell: ({ last }) => <EventLink event={last} className="whitespace-nowrap" />,
  },
  {
    id: 'lastAmount',
    header: 'Last one',
    align: 'right',
    value: ({ last_amount }) => last_amount,
    cell: (row) => <Amount value={row.last_amount} type={row.event_type} />,
  },
  {
    id: 'note',
    header: 'It says',
    value: ({ note }) => note,
    cell: ({ note }) => (
      <span className="block max-w-80 truncate text-dim" title={note ?? undefined}>
        {note ?? NONE}
      </span>
    ),
  },
];

/** Counts over the whole cluster, for what names no config: syncs, orphaned games, repairs, checks. */
export function TalliesPanel({ rows }: { rows: readonly TallyEntity[] }) {
  return (
    <Panel
      title="Data and quality events of the whole cluster"
      hint="since history began, not narrowed by config or time"
      flush
    >
      <DataTable
        label="Data and quality events of the whole cluster"
        rows={rows}
        rowKey={({ event_type }) => event_type}
        columns={COLUMNS}
        initialSort={{ id: 'last', desc: true }}
        filter
        maxHeight="26rem"
        empty={
          <Empty title="None yet">Syncs, orphaned games, repairs and quality checks are counted here.</Empty>
        }
      />
    </Panel>
  );
}

function Amount({ value, type }: { value: number | null; type: string }) {
  const unit = UNITS.get(type);
  if (unit === undefined || value === null) return <span className="text-faint">{NONE}</span>;
  return (
    <span className="whitespace-nowrap">
      {formatCount(value)} <span className="text-faint">{unit}</span>
    </span>
  );
}

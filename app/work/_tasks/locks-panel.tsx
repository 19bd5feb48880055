'use client';

import { useTopic } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Elapsed } from '@/components/ui/time/elapsed';
import { Empty } from '@/components/ui/panel/empty';
import { formatCount, formatDuration, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import type { LockEntity } from '@/domain/projections/work/entities';
import { LOCK_TONE } from '../tones';

/** Who holds which lock since when, and who waited for it in vain. */
export function LocksPanel() {
  const locks = useTopic<LockEntity>('work.locks');
  return (
    <Panel title="Locks" hint="who holds them since when; waits are known by their timeouts only" flush>
      <DataTable
        label="Locks"
        rows={[...locks.values()]}
        rowKey={({ lock }) => lock}
        columns={COLUMNS}
        initialSort={{ id: 'state', desc: true }}
        filter
        empty={<Empty title="No lock yet">A lock appears with its first LOCK_ACQUIRED.</Empty>}
      />
    </Panel>
  );
}

/** Held ones first when sorted downwards. */
const RANK: Readonly<Record<LockEntity['state'], string>> = {
  free: '1 free',
  lost: '2 lost',
  held: '3 held',
};

const COLUMNS: readonly Column<LockEntity>[] = [
  {
    id: 'lock',
    header: 'Lock',
    value: (row) => row.lock,
    cell: (row) => <span className="font-mono">{row.lock}</span>,
  },
  {
    id: 'state',
    header: 'State',
    hint: 'Lost: held, but not heard of for 24 h',
    value: (row) => RANK[row.state],
    cell: (row) => (
      <Badge tone={LOCK_TONE[row.state]} shape>
        {row.state}
      </Badge>
    ),
  },
  {
    id: 'holder',
    header: 'Holder',
    value: (row) => row.holder,
    cell: (row) => <span className="font-mono">{row.holder ?? NONE}</span>,
  },
  {
    id: 'since',
    header: 'Since',
    value: (row) => row.since,
    time: true,
    cell: (row) =>
      row.since === null ? (
        NONE
      ) : (
        <EventLink event={row.event}>
          <Elapsed at={row.since} />
        </EventLink>
      ),
  },
  {
    id: 'acquired',
    header: 'Taken',
    hint: 'How often it was acquired',
    align: 'right',
    value: (row) => row.acquired,
    cell: (row) => formatCount(row.acquired),
  },
  {
    id: 'held_for',
    header: 'Held p50, p95',
    hint: 'From acquired to released or timed out: half, and 95 %, of the newest 400 holds took no longer',
    align: 'right',
    value: (row) => row.held_for.p95,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {formatDuration(row.held_for.p50)}, {formatDuration(row.held_for.p95)}
      </span>
    ),
  },
  {
    id: 'timeouts',
    header: 'Timeouts',
    align: 'right',
    value: (row) => row.timeouts,
    cell: (row) => formatCount(row.timeouts),
  },
  {
    id: 'last_timeout',
    header: 'Last timeout',
    value: (row) => row.last_timeout?.timestamp ?? null,
    time: true,
    cell: (row) => <EventLink event={row.last_timeout} className="whitespace-nowrap" />,
  },
  {
    id: 'waits',
    header: 'Waits in vain',
    hint: 'Timeouts that name another than the holder',
    align: 'right',
    value: (row) => row.waits,
    cell: (row) => formatCount(row.waits),
  },
  {
    id: 'waiter',
    header: 'Waited last',
    hint: 'Who waited in vain last, and how long',
    value: (row) => row.waiter,
    cell: (row) => (
      <span className="whitespace-nowrap text-dim">
        {row.waiter ?? NONE}
        {row.waited !== null && `, ${formatDuration(row.waited)}`}
      </span>
    ),
  },
  {
    id: 'deadlocks',
    header: 'Deadlocks',
    align: 'right',
    value: (row) => row.deadlocks,
    cell: (row) => formatCount(row.deadlocks),
  },
];

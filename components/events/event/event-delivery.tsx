'use client';

import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/signs/badge';
import { formatCount, formatPlural, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { StatusDot } from '@/components/ui/signs/status-dot';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Age, Time } from '@/components/ui/time/time';
import type { Tone } from '@/components/ui/signs/tone';
import type { Delivery, DeliverySubscriber } from '@/server/live/runtime/event-delivery';

/** How the event stands in the shared events.db, and which of its subscribers acked it there. */
export function EventDeliveryPanel({ delivery, error }: { delivery: Delivery; error: string | null }) {
  const { subscribers, total, at } = delivery;
  return (
    <Panel
      title="Delivery"
      hint="subscribers of the shared events.db"
      header={
        at !== null && (
          <span className="text-xs text-faint">
            read <Age at={at} />
          </span>
        )
      }
      flush
    >
      <p className="px-3 py-2 text-xs text-dim">{placeOf(delivery)}</p>
      {(delivery.error ?? error) !== null && (
        <p role="status" className="bg-warn-soft px-3 py-1.5 text-xs text-warn">
          {delivery.error ?? error}
        </p>
      )}
      {subscribers.length > 0 && <Subscribers rows={subscribers} />}
      {delivery.row === 'there' && subscribers.length === 0 && (
        <p className="px-3 pb-2 text-xs text-faint">No process is registered in events.db.</p>
      )}
      {total > subscribers.filter(({ registered }) => registered).length && delivery.row === 'there' && (
        <p className="px-3 py-1.5 text-2xs text-faint">
          {formatPlural(total, 'subscriber')} registered; the ones that polled last are listed.
        </p>
      )}
    </Panel>
  );
}

function placeOf({ way, row_id: rowId, row, newest_row_id: newest }: Delivery): ReactNode {
  if (rowId === null) {
    return way === 'waiting'
      ? 'Not forwarded yet: it waits to be written into events.db.'
      : 'Not in the shared file: it came with an import, which is not forwarded.';
  }
  const name = <span className="font-mono text-fg">row {formatCount(rowId)}</span>;
  const came = way === 'from_file' ? 'It came from the file, as ' : 'It was forwarded, as ';
  return (
    <>
      {came}
      {name}
      {row === 'there' && newest !== null && `; the file ends at row ${formatCount(newest)}.`}
      {row === 'cleaned_up' &&
        `. The file does not have that row: RingRift deletes rows after 24 hours, with their acks${
          way === 'from_file' ? '; or this event came with an import of another file' : ''
        }.`}
      {row === 'beyond' &&
        newest !== null &&
        ` of another file: this one ends at row ${formatCount(newest)}. It was made anew since, or this event came with an import.`}
      {row === 'another' &&
        '. The file has another event there now: it was made anew since, or this event came with an import.'}
      {row === null && '.'}
    </>
  );
}

const STATES: Readonly<Record<DeliverySubscriber['state'], { tone: Tone; label: string }>> = {
  acked: { tone: 'ok', label: 'acked' },
  pending: { tone: 'warn', label: 'not acked' },
  expired: { tone: 'off', label: 'expired unread' },
  other_types: { tone: 'off', label: 'other types' },
};

function Subscribers({ rows }: { rows: readonly DeliverySubscriber[] }) {
  return (
    <Table label="Subscribers and their acks">
      <thead>
        <tr>
          <Th>Subscriber</Th>
          <Th>State</Th>
          <Th>Acked</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Tr key={row.id} className="align-top">
            <Td title={row.id}>
              <code className="break-all">{row.process}</code>
              {row.own && (
                <Badge tone="info" dense className="ml-1.5">
                  this server
                </Badge>
              )}
              <span className="block text-2xs text-faint">
                {row.hostname}
                {!row.registered && ', not registered any more'}
              </span>
            </Td>
            <Td className="whitespace-nowrap">
              <StatusDot tone={STATES[row.state].tone} label={STATES[row.state].label} />
            </Td>
            <Td>
              <AckedCell row={row} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function AckedCell({ row }: { row: DeliverySubscriber }) {
  if (row.acked_at !== null) return <Time at={row.acked_at} format="datetime" />;
  if (row.state !== 'pending') return <span className="text-faint">{NONE}</span>;
  return (
    <>
      {row.behind === 0
        ? 'past it: acked later rows'
        : `${formatPlural(row.behind, 'event')}${row.behind_exact ? '' : ' or more'} behind`}
      {row.last_poll_at !== null && (
        <span className="block text-2xs text-faint">
          {row.active ? '' : 'silent, '}polled <Age at={row.last_poll_at} />
        </span>
      )}
    </>
  );
}

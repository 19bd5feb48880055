'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { useNow } from '@/components/ui/time/clock';
import { formatCount } from '@/components/ui/format';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { Age } from '@/components/ui/time/time';
import type { RiverLane } from './lanes';
import { summariseLanes } from './lane-summary';
import type { DotSource } from './source';

/** The river as a table: the same window, counted. Brought up to date once a second. */
export function LaneTable({
  source,
  lanes,
  end,
  windowSeconds,
}: {
  source: DotSource;
  lanes: readonly RiverLane[];
  end: number | null;
  windowSeconds: number;
}) {
  const now = useNow();
  const to = end ?? now;
  const rows = useMemo(
    () => summariseLanes(source.ring, to - windowSeconds, to, lanes.length),
    [source, to, windowSeconds, lanes],
  );
  return (
    <Table label="Events per category">
      <thead>
        <tr>
          <Th>Category</Th>
          <Th className="text-right">Events</Th>
          <Th className="text-right">Warnings or worse</Th>
          <Th>Newest</Th>
          <Th>Seen</Th>
        </tr>
      </thead>
      <tbody>
        {lanes.map((lane, i) => (
          <Tr key={lane.id}>
            <Td>
              <Link href={lane.href} prefetch={false} className="hover:underline">
                {lane.label}
              </Link>
            </Td>
            <Td className="text-right">{formatCount(rows[i]?.count ?? 0)}</Td>
            <Td className="text-right">{formatCount(rows[i]?.loud ?? 0)}</Td>
            <NewestCells newest={rows[i]?.newest ?? null} />
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function NewestCells({ newest }: { newest: { seq: number; eventType: string; time: number } | null }) {
  if (newest === null)
    return (
      <Td colSpan={2} className="text-faint">
        none in this window
      </Td>
    );
  return (
    <>
      <Td>
        <Link href={`/events/${newest.seq}`} prefetch={false} className="hover:underline">
          <EventTypeName type={newest.eventType} />
        </Link>
      </Td>
      <Td className="whitespace-nowrap text-dim">
        <Age at={newest.time} />
      </Td>
    </>
  );
}

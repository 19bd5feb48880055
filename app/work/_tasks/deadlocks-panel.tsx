'use client';

import { useTopic } from '@/app/_client/live/live-provider';
import { EventLink } from '@/components/live/event-link';
import { sorted } from '@/components/live/rows';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { formatDuration, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { Table, Td, Th, Tr } from '@/components/ui/panel/table';
import { useNow } from '@/components/ui/time/clock';
import { stands } from '@/domain/projections/work/deadlocks';
import type { DeadlockEntity } from '@/domain/projections/work/entities';

/** Holders that waited for one another's locks. */
export function DeadlocksPanel() {
  const knots = sorted(useTopic<DeadlockEntity>('work.deadlocks'), (a, b) => b.at - a.at);
  return (
    <Panel
      title="Deadlocks"
      hint="the newest 50; one is open until a lock of it moves again, or for an hour where it names none"
      flush
    >
      {knots.length === 0 ? (
        <Empty title="No deadlock seen" className="py-4">
          DEADLOCK_DETECTED would stand here with its locks and holders.
        </Empty>
      ) : (
        <Table label="Deadlocks">
          <thead>
            <tr>
              <Th>Detected</Th>
              <Th>State</Th>
              <Th>Locks</Th>
              <Th>Holders</Th>
              <Th>Resolution</Th>
            </tr>
          </thead>
          <tbody>
            {knots.map((knot) => (
              <Tr key={knot.event.event_id}>
                <Td className="whitespace-nowrap">
                  <EventLink event={knot.event} />
                </Td>
                <Td>
                  <KnotBadge knot={knot} />
                </Td>
                <Td className="font-mono">{knot.locks.join(', ') || NONE}</Td>
                <Td className="font-mono text-dim">{knot.holders.join(', ') || NONE}</Td>
                <Td className="text-dim">{knot.resolution ?? NONE}</Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function KnotBadge({ knot }: { knot: DeadlockEntity }) {
  const standing = stands(knot, useNow());
  if (knot.moved_on === null && !standing) return <Badge>end not told</Badge>;
  if (knot.moved_on === null)
    return (
      <Badge tone="crit" shape>
        open
      </Badge>
    );
  return (
    <Badge tone="ok" shape>
      moved on after {formatDuration(knot.moved_on - knot.at)}
    </Badge>
  );
}

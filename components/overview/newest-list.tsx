import Link from 'next/link';
import { memo } from 'react';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Time } from '@/components/ui/time/time';
import type { EventRow } from '@/domain/events/envelope';

/** The newest events, newest first. Everything in them is text. */
export function NewestList({ rows }: { rows: readonly EventRow[] }) {
  return (
    <ul className="divide-y">
      {rows.map((row) => (
        <NewestLine key={row.seq} row={row} />
      ))}
    </ul>
  );
}

const NewestLine = memo(function NewestLine({ row }: { row: EventRow }) {
  return (
    <li>
      <Link
        href={`/events/${row.event_id}`}
        prefetch={false}
        className="flex min-w-0 items-start gap-2 px-3 py-1 hover:bg-raised"
      >
        <SeverityIcon severity={row.severity} className="mt-1" />
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-baseline gap-2">
            <EventTypeName type={row.event_type} />
            <span className="ml-auto shrink-0 text-2xs text-faint">
              <Time at={row.timestamp} />
            </span>
          </span>
          <span className="block truncate text-2xs text-dim" title={row.summary}>
            {row.summary === '' ? row.source : row.summary}
          </span>
        </span>
      </Link>
    </li>
  );
});

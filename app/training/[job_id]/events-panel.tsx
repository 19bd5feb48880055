'use client';

import Link from 'next/link';
import { memo } from 'react';
import { DataTable, type Column } from '@/components/table/data-table';
import { Badge } from '@/components/ui/signs/badge';
import { Empty } from '@/components/ui/panel/empty';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatCount, formatPlural, NONE } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel/panel';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Time } from '@/components/ui/time/time';
import type { RunEventRow, RunEvents } from '@/server/api/pages/training/history';
import type { RunDetail } from '@/server/api/pages/training/run';
import { quoted } from '@/domain/query';

/** The run's events from the history: those that name its job, and those of its config and time that name none. */
export const EventsPanel = memo(function EventsPanel({
  jobId,
  events,
  run,
}: {
  jobId: string;
  events: RunEvents;
  run: RunDetail;
}) {
  return (
    <Panel
      title="Events"
      hint={`${formatPlural(run.events, 'event')} counted to this run${inferred(run)}`}
      header={<Elsewhere jobId={jobId} span={events.span} />}
      flush
    >
      <DataTable
        label="Events of the run"
        rows={events.events}
        rowKey={({ event_id }) => event_id}
        columns={COLUMNS}
        initialSort={SORT}
        filter
        maxHeight="26rem"
        empty={<Empty title="The history holds no event of this run" />}
      />
      {events.more && (
        <p className="border-t px-3 py-1.5 text-2xs text-faint">
          The newest {formatCount(events.events.length)}; the links above list them all.
        </p>
      )}
    </Panel>
  );
});

function inferred({ inferred: count }: RunDetail): string {
  return count === 0 ? '' : `, ${formatCount(count)} of them by config and time, as they name no job`;
}

const LINK = 'text-xs text-dim underline decoration-line-strong underline-offset-2 hover:text-accent';

function Elsewhere({ jobId, span }: { jobId: string; span: RunEvents['span'] }) {
  const named = new URLSearchParams({ q: quoted(jobId) });
  return (
    <>
      <Link href={`/events?${named.toString()}`} prefetch={false} className={LINK}>
        All that name the job
      </Link>
      {span !== null && (
        <Link href={`/events?${spanQuery(span)}`} prefetch={false} className={LINK}>
          All of its config and time
        </Link>
      )}
    </>
  );
}

function spanQuery({ config, since, until, types }: NonNullable<RunEvents['span']>): string {
  const query = new URLSearchParams({ config, type: types.join(','), since: `${since}` });
  if (until !== null) query.set('until', `${until}`);
  return query.toString();
}

const SORT = { id: 't', desc: true } as const;

const COLUMNS: readonly Column<RunEventRow>[] = [
  {
    id: 't',
    header: 'Time',
    value: ({ timestamp }) => timestamp,
    time: true,
    cell: ({ timestamp, event_id }) => (
      <Link
        href={`/events/${event_id}`}
        prefetch={false}
        className="whitespace-nowrap underline decoration-line-strong underline-offset-2 hover:text-accent"
      >
        <Time at={timestamp} />
      </Link>
    ),
  },
  {
    id: 'type',
    header: 'Type',
    value: ({ event_type }) => event_type,
    cell: ({ event_type, severity }) => (
      <span className="flex items-center gap-1.5 whitespace-nowrap">
        <SeverityIcon severity={severity} />
        <EventTypeName type={event_type} />
      </span>
    ),
  },
  {
    id: 'summary',
    header: 'Summary',
    value: ({ summary }) => summary,
    cell: ({ summary }) => <span className="block max-w-md truncate text-dim">{summary}</span>,
  },
  {
    id: 'node',
    header: 'Node',
    value: ({ node }) => node,
    cell: ({ node }) => <span className="whitespace-nowrap">{node ?? NONE}</span>,
  },
  { id: 'source', header: 'Source', value: ({ source }) => source },
  {
    id: 'by',
    header: 'Counted by',
    hint: 'Whether the event names the job, or is of its config and came while it ran. A repetition of an event is stored and not counted',
    value: ({ by, duplicate }) => (duplicate ? 'repetition' : by === 'job' ? 'job id' : 'config and time'),
    cell: ({ by, duplicate }) => {
      if (duplicate) return <Badge tone="warn">repetition</Badge>;
      return by === 'job' ? 'job id' : <Badge>config and time</Badge>;
    },
  },
];

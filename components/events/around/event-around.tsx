'use client';

import Link from 'next/link';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { cn } from '@/components/ui/cn';
import { Panel } from '@/components/ui/panel/panel';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/controls/tabs';
import { Time } from '@/components/ui/time/time';
import type { EventRow } from '@/domain/events/envelope';
import { formatSpan } from './event-chain-row';

/** Events around one, by event time; null where it has no node or config. */
export interface Around {
  readonly all: readonly EventRow[];
  readonly node: readonly EventRow[] | null;
  readonly config: readonly EventRow[] | null;
}

interface Own {
  readonly seq: number;
  readonly event_id: string;
  readonly timestamp: number;
  readonly node: string | null;
  readonly config: string | null;
}

interface List {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly EventRow[] | null;
  readonly filter: Readonly<Record<string, string>>;
}

/** What happened right before and after an event: everywhere, on its node, to its config. */
export function EventAroundPanel({ event, around }: { event: Own; around: Around }) {
  const lists: readonly List[] = [
    { id: 'all', label: 'All', rows: around.all, filter: {} },
    { id: 'node', label: `Node ${event.node ?? ''}`, rows: around.node, filter: { node: event.node ?? '' } },
    {
      id: 'config',
      label: `Config ${event.config ?? ''}`,
      rows: around.config,
      filter: { config: event.config ?? '' },
    },
  ];
  const shown = lists.filter((list) => list.rows !== null);
  return (
    <Panel title="Around it in time" flush>
      <Tabs defaultValue="all">
        <TabsList aria-label="Events around it" className="flex-wrap px-2">
          {shown.map(({ id, label }) => (
            <TabsTrigger key={id} value={id} title={label} className="max-w-full truncate">
              {label}
            </TabsTrigger>
          ))}
        </TabsList>
        {shown.map(({ id, rows, filter }) => (
          <TabsContent key={id} value={id}>
            <ol className="divide-y">
              {(rows ?? []).map((row) => (
                <Line key={row.seq} row={row} event={event} />
              ))}
            </ol>
            <p className="border-t px-3 py-1.5 text-xs">
              <Link
                href={eventsHref(event, rows ?? [], filter)}
                prefetch={false}
                className="text-accent hover:underline"
              >
                Show this time among the events
              </Link>
            </p>
          </TabsContent>
        ))}
      </Tabs>
    </Panel>
  );
}

/** The events page at that time, with the same filter and this event open. */
function eventsHref(event: Own, rows: readonly EventRow[], filter: List['filter']): string {
  const times = [event.timestamp, ...rows.map(({ timestamp }) => timestamp)];
  const iso = (at: number): string => new Date(at * 1000).toISOString().replace('.000Z', 'Z');
  const query = new URLSearchParams({
    ...filter,
    since: iso(Math.floor(Math.min(...times))),
    until: iso(Math.ceil(Math.max(...times))),
    selected: event.event_id,
  });
  return `/events?${query.toString()}`;
}

function sayApart(seconds: number): string {
  if (seconds === 0) return 'same time';
  return `${formatSpan(Math.abs(seconds))} ${seconds < 0 ? 'before' : 'after'}`;
}

function Line({ row, event }: { row: EventRow; event: Own }) {
  const own = row.seq === event.seq;
  const apart = row.timestamp - event.timestamp;
  return (
    <li aria-current={own ? 'true' : undefined}>
      <Link
        href={`/events/${row.event_id}`}
        prefetch={false}
        className={cn(
          'flex min-w-0 items-start gap-2 border-l-2 px-3 py-1 focus-visible:-outline-offset-2',
          own ? 'border-accent bg-accent-soft' : 'border-transparent hover:bg-raised',
        )}
      >
        <SeverityIcon severity={row.severity} className="mt-1" />
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-baseline gap-2">
            <EventTypeName type={row.event_type} />
            <span className={cn('ml-auto shrink-0 text-2xs', own ? 'font-medium text-accent' : 'text-dim')}>
              {own ? 'this event' : sayApart(apart)}
            </span>
          </span>
          <span className="flex min-w-0 gap-2 text-2xs text-dim">
            <span className="min-w-0 truncate" title={row.summary}>
              {row.summary === '' ? row.source : row.summary}
            </span>
            <Time at={row.timestamp} className="ml-auto shrink-0" />
          </span>
        </span>
      </Link>
    </li>
  );
}

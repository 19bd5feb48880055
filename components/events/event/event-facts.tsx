import Link from 'next/link';
import type { ReactNode } from 'react';
import { CategoryLabel } from '@/components/ui/names/category-label';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { NONE } from '@/components/ui/format';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Time } from '@/components/ui/time/time';
import type { WireEvent } from '@/domain/events/envelope';

/** The envelope of an event. Values that other events share lead to those events. */
export function EventFacts({ event }: { event: WireEvent }) {
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1 text-xs">
      <Fact name="Happened">
        <Time at={event.timestamp} format="precise" />
      </Fact>
      <Fact name="Received">
        <Time at={event.received_at} format="precise" />
      </Fact>
      <Fact name="Severity">
        <SeverityIcon severity={event.severity} showLabel />
      </Fact>
      <Fact name="Category">
        <Alike field="category" value={event.category}>
          <CategoryLabel category={event.category} />
        </Alike>
      </Fact>
      <Shared name="Config" field="config" value={event.config} />
      <Shared name="Node" field="node" value={event.node} />
      <Shared name="Model" field="model" value={event.model} />
      <Shared name="Source" field="source" value={event.source === '' ? null : event.source} />
      <Fact name="Host">{event.hostname === '' ? NONE : event.hostname}</Fact>
      <Fact name="Origin">{event.origin}</Fact>
      {event.wire_type !== null && <Fact name="Sent as">{event.wire_type}</Fact>}
      <Fact name="Event id" copy={event.event_id}>
        {event.event_id}
      </Fact>
      <Fact name="Seq">{event.seq}</Fact>
      {event.queue_event_id !== null && <Fact name="events.db row">{event.queue_event_id}</Fact>}
      <Fact name="Correlation" copy={event.correlation_id ?? undefined}>
        {event.correlation_id ?? NONE}
      </Fact>
      <Fact name="Parent">
        {event.parent_event_id === null ? NONE : <EventLink id={event.parent_event_id} />}
      </Fact>
      {event.duplicate_of !== null && (
        <Fact name="Repeats">
          <EventLink id={event.duplicate_of} />
        </Fact>
      )}
      <Fact name="Content hash" copy={event.content_hash}>
        {event.content_hash}
      </Fact>
    </dl>
  );
}

function Fact({ name, copy, children }: { name: string; copy?: string; children: ReactNode }) {
  return (
    <>
      <dt className="py-0.5 text-dim">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 py-0.5">
        <span
          className="min-w-0 truncate font-mono"
          title={typeof children === 'string' ? children : undefined}
        >
          {children}
        </span>
        {copy !== undefined && (
          <CopyButton text={copy} label={`Copy ${name.toLowerCase()}`} className="-my-1 size-6 shrink-0" />
        )}
      </dd>
    </>
  );
}

function Shared({ name, field, value }: { name: string; field: string; value: string | null }) {
  return (
    <Fact name={name}>
      {value === null ? (
        NONE
      ) : (
        <Alike field={field} value={value}>
          {value}
        </Alike>
      )}
    </Fact>
  );
}

/** Leads to the events that have the same value. */
function Alike({ field, value, children }: { field: string; value: string; children: ReactNode }) {
  return (
    <Link
      href={`/events?${new URLSearchParams({ [field]: value }).toString()}`}
      prefetch={false}
      title={`Events with ${field} ${value}`}
      className="text-accent hover:underline"
    >
      {children}
    </Link>
  );
}

export function EventLink({ id }: { id: string }) {
  return (
    <Link href={`/events/${encodeURIComponent(id)}`} prefetch={false} className="text-accent hover:underline">
      {id}
    </Link>
  );
}

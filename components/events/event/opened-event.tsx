'use client';

import { ExternalLink, PanelRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/controls/button';
import type { WireEvent } from '@/domain/events/envelope';
import { DuplicateNote } from './duplicate-note';
import { EventPayload } from './event-payload';

/** An event in place: its payload, and the ways on from it. */
export function OpenedEvent({
  event,
  onBeside,
  tools,
}: {
  event: WireEvent;
  onBeside: () => void;
  /** What its page's owner can do with it. */
  tools?: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-w-0 flex-wrap items-center gap-1.5">
        {/* Where there is room for it. */}
        <span className="hidden lg:contents">
          <Button onClick={onBeside}>
            <PanelRight className="size-3.5" aria-hidden />
            Beside the list
          </Button>
        </span>
        <Button asChild>
          <Link href={`/events/${event.event_id}`} prefetch={false}>
            <ExternalLink className="size-3.5" aria-hidden />
            Its page
          </Link>
        </Button>
        {tools}
        <Alike field="type" value={event.event_type} />
        <Alike field="config" value={event.config} />
        <Alike field="node" value={event.node} />
        <Alike field="model" value={event.model} />
        <Alike field="source" value={event.source} />
      </div>
      <DuplicateNote firstId={event.duplicate_of} />
      <EventPayload event={event} />
    </div>
  );
}

/** Leads to the events that have the same value. */
function Alike({ field, value }: { field: string; value: string | null }) {
  if (value === null || value === '') return null;
  return (
    <Button asChild variant="ghost" className="max-w-full min-w-0">
      <Link
        href={`/events?${new URLSearchParams({ [field]: value }).toString()}`}
        prefetch={false}
        title={`Events with ${field} ${value}`}
      >
        {field} <span className="min-w-0 truncate font-mono text-accent">{value}</span>
      </Link>
    </Button>
  );
}

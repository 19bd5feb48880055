'use client';

import { Maximize2, X } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import { IconButton } from '@/components/ui/controls/button';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import type { WireEvent } from '@/domain/events/envelope';
import { DuplicateNote } from './duplicate-note';
import { EventFacts } from './event-facts';
import type { EventNeighbours } from '../around/event-neighbours';
import { EventNeighbourLinks } from '../around/event-neighbours';
import { EventPayload } from './event-payload';

// The catalogue with its schemas comes when someone first opens an event.
const CatalogueFacts = lazy(() => import('./catalogue-facts'));

interface EventPanelProps {
  event: WireEvent;
  neighbours: EventNeighbours | undefined;
  /** What its page's owner can do with it. */
  tools?: ReactNode;
  onGo: (eventId: string) => void;
  onClose: () => void;
}

/** One event beside the feed. */
export function EventPanel({ event, neighbours, tools, onGo, onClose }: EventPanelProps) {
  return (
    <>
      <header className="flex min-h-9 items-center gap-2 border-b px-3 py-1">
        <SeverityIcon severity={event.severity} />
        <h2 className="min-w-0 flex-1 text-sm font-semibold">
          <EventTypeName type={event.event_type} wrap />
        </h2>
        <IconButton asChild label="Open as a page">
          <Link href={`/events/${event.event_id}`} prefetch={false}>
            <Maximize2 className="size-3.5" aria-hidden />
          </Link>
        </IconButton>
        <IconButton label="Close (Esc)" onClick={onClose}>
          <X className="size-4" aria-hidden />
        </IconButton>
      </header>
      <div
        role="region"
        aria-label="Event details"
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-3"
      >
        <DuplicateNote firstId={event.duplicate_of} />
        <EventNeighbourLinks config={event.config} node={event.node} neighbours={neighbours} onGo={onGo} />
        {tools !== undefined && <div className="flex flex-wrap gap-2">{tools}</div>}
        <EventPayload key={event.event_id} event={event} />
        <Section title="Envelope">
          <EventFacts event={event} />
        </Section>
        <Section title="This type">
          <Suspense fallback={<p className="text-xs text-faint">Reading the catalogue…</p>}>
            <CatalogueFacts type={event.event_type} />
          </Suspense>
        </Section>
      </div>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5 border-t pt-3">
      <h3 className="text-xs font-semibold text-dim">{title}</h3>
      {children}
    </section>
  );
}

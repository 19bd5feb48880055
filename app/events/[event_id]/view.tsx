'use client';

import type { ReactNode } from 'react';
import { SendAgain } from '@/app/_actions/request/compose-link';
import { DuplicateNote } from '@/components/events/event/duplicate-note';
import { EventFacts } from '@/components/events/event/event-facts';
import type { EventNeighbours } from '@/components/events/around/event-neighbours';
import { EventNeighbourLinks } from '@/components/events/around/event-neighbours';
import { EventPayload } from '@/components/events/event/event-payload';
import { WayUp } from '@/components/shell/page/way-up';
import { CopyButton } from '@/components/ui/controls/copy-button';
import { EventTypeName } from '@/components/ui/names/event-type-name';
import { formatCount } from '@/components/ui/format';
import { useGo } from '@/components/ui/go';
import { Panel } from '@/components/ui/panel/panel';
import { SeverityIcon } from '@/components/ui/signs/severity-icon';
import { Age, Time } from '@/components/ui/time/time';
import type { WireEvent } from '@/domain/events/envelope';
import type { EventChains } from '@/server/api/pages/event';
import type { Surroundings } from '@/server/history/around/surroundings';
import type { Delivery } from '@/server/live/runtime/event-delivery';
import { LiveAround, LiveChain, LiveDelivery } from './context-panels';

/** One event as a page of its own. `typeFacts` is rendered on the server, where the catalogue is. */
export function EventView({
  event,
  summary,
  neighbours,
  context,
  typeFacts,
}: {
  event: WireEvent;
  summary: string;
  neighbours: EventNeighbours;
  context: { chains: EventChains; around: Surroundings; delivery: Delivery };
  typeFacts: ReactNode;
}) {
  const go = useGo();
  return (
    <div className="flex min-h-full min-w-0 flex-col gap-3 p-3 md:p-4">
      <header className="flex min-w-0 flex-col gap-1">
        <div className="flex items-center gap-2">
          <WayUp href="/events" label="Events" />
          <span className="ml-auto flex min-w-0 flex-wrap justify-end gap-2">
            <SendAgain eventId={event.event_id} />
            <CopyButton words="Copy link" label="Copy link to this event" text={() => window.location.href} />
          </span>
        </div>
        <h1 className="flex min-w-0 items-center gap-2 font-semibold [&>span]:text-lg">
          <SeverityIcon severity={event.severity} />
          <EventTypeName type={event.event_type} wrap />
        </h1>
        <p className="min-w-0 text-sm break-words text-dim">{summary}</p>
        <p className="text-xs text-faint">
          <Time at={event.timestamp} format="precise" /> · <Age at={event.timestamp} /> · #
          {formatCount(event.seq)}
        </p>
      </header>
      <DuplicateNote firstId={event.duplicate_of} />
      <EventNeighbourLinks
        config={event.config}
        node={event.node}
        neighbours={neighbours}
        onGo={(id) => go(`/events/${id}`)}
      />
      <div className="grid min-w-0 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_24rem] xl:grid-cols-[minmax(0,1fr)_30rem]">
        <Panel title="Payload">
          <EventPayload event={event} />
        </Panel>
        {/* As wide as the page: its waterfall is read along the time. */}
        <div className="min-w-0 lg:col-span-2 lg:row-start-2">
          <LiveChain event={event} initial={context.chains} />
        </div>
        <LiveAround event={event} initial={context.around} />
        <Panel title="Envelope" className="lg:col-start-2 lg:row-start-1">
          <EventFacts event={event} />
        </Panel>
        <div className="flex min-w-0 flex-col gap-3 lg:col-start-2 lg:row-start-3">
          <LiveDelivery event={event} initial={context.delivery} />
          <Panel title="This type">{typeFacts}</Panel>
        </div>
      </div>
    </div>
  );
}

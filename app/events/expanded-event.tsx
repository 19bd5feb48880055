'use client';

import { useQuery } from '@tanstack/react-query';
import { SendAgain } from '@/app/_actions/request/compose-link';
import { OpenedEvent } from '@/components/events/event/opened-event';
import { useTRPC } from '../_client/queries/trpc';

/** An event opened in place, fetched by its id. */
export function ExpandedEvent({ eventId, onBeside }: { eventId: string; onBeside: () => void }) {
  const trpc = useTRPC();
  // A stored event never changes.
  const event = useQuery({ ...trpc.events.byId.queryOptions({ event_id: eventId }), staleTime: Infinity });
  if (event.data !== undefined)
    return <OpenedEvent event={event.data} onBeside={onBeside} tools={<SendAgain eventId={eventId} />} />;
  return event.isError ? (
    <p role="alert" className="text-xs text-bad">
      This event cannot be shown: {event.error.message}
    </p>
  ) : (
    <p className="text-xs text-faint">Reading the event…</p>
  );
}

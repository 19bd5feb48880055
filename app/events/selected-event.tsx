'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { SendAgain } from '@/app/_actions/request/compose-link';
import { EventPanel } from '@/components/events/event/event-panel';
import { Button } from '@/components/ui/controls/button';
import { Empty } from '@/components/ui/panel/empty';
import type { WireEvent } from '@/domain/events/envelope';
import { useTRPC } from '../_client/queries/trpc';

/** The event that is open beside the feed, fetched by its id. */
export function SelectedEvent({
  eventId,
  initial,
  onGo,
  onClose,
}: {
  eventId: string;
  /** What the server rendered with, when it is this event. */
  initial: WireEvent | null;
  onGo: (eventId: string) => void;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const given = initial?.event_id === eventId ? initial : undefined;
  const event = useQuery({
    ...trpc.events.byId.queryOptions({ event_id: eventId }),
    enabled: given === undefined,
    // A stored event never changes; while the next one is fetched, the last stays.
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
  const shown: WireEvent | undefined = given ?? event.data;
  const neighbours = useQuery(trpc.events.neighbours.queryOptions({ event_id: eventId }));
  return (
    <aside
      aria-label="Selected event"
      data-testid="event-panel"
      className="absolute inset-0 z-30 flex min-h-0 min-w-0 flex-col overflow-hidden rounded-md border bg-surface lg:static lg:w-[26rem] lg:shrink-0 xl:w-[32rem]"
    >
      {given === undefined && event.isError ? (
        <Empty title="This event cannot be shown">
          <p>{event.error.message}</p>
          <Button className="mt-2" onClick={onClose}>
            Close
          </Button>
        </Empty>
      ) : shown === undefined ? (
        <p className="p-3 text-xs text-faint">Reading the event…</p>
      ) : (
        <EventPanel
          event={shown}
          neighbours={neighbours.data}
          tools={<SendAgain eventId={shown.event_id} />}
          onGo={onGo}
          onClose={onClose}
        />
      )}
    </aside>
  );
}

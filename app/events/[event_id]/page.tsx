import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { viewer } from '@/app/_access/guard';
import { EventTypeFacts } from '@/components/events/event/event-type-facts';
import { isEventId } from '@/domain/events/event-id';
import { definitionOf, toRow } from '@/domain/events';
import type { StoredEvent } from '@/domain/events/envelope';
import { toWire } from '@/domain/events/envelope';
import { aroundEvent, chainsOfEvent, deliveryOfEvent } from '@/server/api/pages/event';
import { services } from '@/server/services';
import { EventView } from './view';

interface Props {
  params: Promise<{ event_id: string }>;
}

/** By its id, or by its seq: people read seqs aloud. Once per request, for title and page alike. */
const find = cache(async (given: string): Promise<StoredEvent | null> => {
  const text = given.toLowerCase();
  if (isEventId(text)) return services().history.byId(text);
  return /^\d{1,15}$/.test(text) ? services().history.bySeq(Number(text)) : null;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await viewer();
  const event = await find((await params).event_id);
  return { title: event === null ? 'No such event' : `${event.eventType} #${event.seq}` };
}

export default async function EventPage({ params }: Props) {
  await viewer();
  const given = (await params).event_id;
  const event = await find(given);
  if (event === null) notFound();
  if (given !== event.eventId) redirect(`/events/${event.eventId}`);
  const [{ prevByConfig, nextByConfig, prevByNode, nextByNode }, chains, around, delivery] =
    await Promise.all([
      services().history.neighbours(event),
      chainsOfEvent(event),
      aroundEvent(event),
      deliveryOfEvent(event),
    ]);
  return (
    <EventView
      key={event.eventId}
      event={toWire(event)}
      summary={toRow(event).summary}
      neighbours={{
        prev_by_config: prevByConfig,
        next_by_config: nextByConfig,
        prev_by_node: prevByNode,
        next_by_node: nextByNode,
      }}
      context={{ chains, around, delivery }}
      typeFacts={<EventTypeFacts type={event.eventType} definition={definitionOf(event.eventType)} />}
    />
  );
}

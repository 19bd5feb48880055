'use client';

import { useTRPC } from '@/app/_client/queries/trpc';
import { useLiveQuery } from '@/app/_client/queries/use-live-query';
import { EventAroundPanel } from '@/components/events/around/event-around';
import { EventChainPanel } from '@/components/events/around/event-chain';
import { EventDeliveryPanel } from '@/components/events/event/event-delivery';
import type { WireEvent } from '@/domain/events/envelope';
import type { Surroundings } from '@/server/history/around/surroundings';
import type { EventChains } from '@/server/api/pages/event';
import type { Delivery } from '@/server/live/runtime/event-delivery';

/** Acks come within seconds; what follows an event, in seconds to minutes. */
const ACKS_MS = 3_000;
const CHAIN_MS = 5_000;

/** The chains of an event, asked again while they are looked at. */
export function LiveChain({ event, initial }: { event: WireEvent; initial: EventChains }) {
  const trpc = useTRPC();
  const input = { event_id: event.event_id };
  const options = trpc.pages.event.chains.queryOptions(input, { refetchInterval: CHAIN_MS });
  const { data = initial } = useLiveQuery(options, input, null, { input, data: initial });
  return <EventChainPanel key={event.event_id} chains={data.chains} now={data.now} />;
}

/** What stands around an event in time. */
export function LiveAround({ event, initial }: { event: WireEvent; initial: Surroundings }) {
  const trpc = useTRPC();
  const input = { event_id: event.event_id };
  const options = trpc.pages.event.around.queryOptions(input, { refetchInterval: CHAIN_MS });
  const { data = initial } = useLiveQuery(options, input, null, { input, data: initial });
  return <EventAroundPanel key={event.event_id} event={event} around={data} />;
}

/** Who acked an event in the shared file, live. */
export function LiveDelivery({ event, initial }: { event: WireEvent; initial: Delivery }) {
  const trpc = useTRPC();
  const input = { event_id: event.event_id };
  const options = trpc.pages.event.delivery.queryOptions(input, { refetchInterval: ACKS_MS });
  const { data = initial, error } = useLiveQuery(options, input, null, { input, data: initial });
  return <EventDeliveryPanel delivery={data} error={error} />;
}

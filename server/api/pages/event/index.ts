import * as z from 'zod';
import { missingStep, type Chain, type MissingStep } from '../../../../domain/chains';
import { isEventId } from '../../../../domain/events/event-id';
import type { StoredEvent } from '../../../../domain/events/envelope';
import { allowance } from '../../../../domain/projections/lifecycle/durations';
import { hopState } from '../../../../domain/projections/lifecycle/state';
import type { Surroundings } from '../../../history/around/surroundings';
import type { Delivery } from '../../../live/runtime/event-delivery';
import { services } from '../../../services';
import { ApiError } from '../../refusals/errors';
import { procedure, router } from '../../trpc/trpc';

/** A chain and the step that should come next. */
export type EventChain = Chain & { missing: MissingStep | null };
export type EventChains = {
  /** Event time of the newest event: what `now` is for what is missing. */
  now: number | null;
  chains: EventChain[];
};

/** Throws ApiError `not_found`, also for text that is no event id. */
export async function storedEvent(eventId: string): Promise<StoredEvent> {
  const event = isEventId(eventId) ? await services().history.byId(eventId.toLowerCase()) : null;
  if (!event) throw new ApiError('not_found', 'no event has this id');
  return event;
}

/** The chains of an event, each with the step that it lacks by the folded state's usual durations. */
export async function chainsOfEvent(event: StoredEvent): Promise<EventChains> {
  const { history, live } = services();
  const chains = await history.chains(event.seq);
  const now = live.clock();
  const { hops } = live.states().problems.lifecycle;
  const missing = (chain: Chain): MissingStep | null =>
    now === null
      ? null
      : missingStep(chain, (hop, config) => allowance(hop, hops.get(hop.id) ?? hopState(), config), now);
  return { now, chains: chains.map((chain) => ({ ...chain, missing: missing(chain) })) };
}

export function aroundEvent(event: StoredEvent): Promise<Surroundings> {
  return services().history.surroundings(event);
}

export function deliveryOfEvent(event: StoredEvent): Promise<Delivery> {
  return services().delivery(event);
}

const input = z.strictObject({ event_id: z.string().max(100) });

export const eventProcedures = router({
  chains: procedure
    .input(input)
    .query(async ({ input: { event_id } }) => chainsOfEvent(await storedEvent(event_id))),
  around: procedure
    .input(input)
    .query(async ({ input: { event_id } }) => aroundEvent(await storedEvent(event_id))),
  delivery: procedure
    .input(input)
    .query(async ({ input: { event_id } }) => deliveryOfEvent(await storedEvent(event_id))),
});

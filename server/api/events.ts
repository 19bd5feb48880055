import { toWire, type WireEvent } from '../../domain/events/envelope';
import type { EventFilter } from '../../domain/realtime/contract';
import { services } from '../services';
import { ApiError } from './errors';

export const MAX_PAGE = 1_000;

export interface EventsPage {
  events: WireEvent[];
  next_cursor: string | null;
  /** Matches, counted up to 100,000. */
  total: number;
}

/** One page of matching events. Throws BadQueryError for a foreign cursor, HistoryUnavailableError. */
export async function listEvents(
  filter: EventFilter,
  options: { order: 'asc' | 'desc'; limit: number; cursor?: string },
): Promise<EventsPage> {
  const page = await services().history.query(filter, options);
  return { events: page.events.map(toWire), next_cursor: page.nextCursor, total: page.total };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The event with this id. Throws ApiError `not_found`, also for text that is no event id. */
export async function getEvent(eventId: string): Promise<WireEvent> {
  const event = UUID.test(eventId) ? await services().history.byId(eventId) : null;
  if (!event) throw new ApiError('not_found', 'no event has this id');
  return toWire(event);
}

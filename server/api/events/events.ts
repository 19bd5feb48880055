import { isEventId } from '../../../domain/events/event-id';
import { toWire, type WireEvent } from '../../../domain/events/envelope';
import type { EventFilter } from '../../../domain/realtime/contract';
import { eventFilterSchema } from '../../live/feeds/feed-request';
import type { EventPage } from '../../history/query-types';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { checked } from '../rest/query-params';

export const MAX_PAGE = 1_000;

export interface EventsPage {
  events: WireEvent[];
  next_cursor: string | null;
  /** Matches, counted up to 100,000; -1 where counting took too long. */
  total: number;
  /** Only where the search ran out of time: it looked up to this seq, and `next_cursor` goes on. */
  scanned_to?: number;
}

/** One page of matching events; ends when the caller leaves. Throws BadQueryError for a foreign cursor, HistoryUnavailableError. */
export async function listEvents(
  filter: EventFilter,
  options: { order: 'asc' | 'desc'; limit: number; cursor?: string },
  signal: AbortSignal,
): Promise<EventsPage> {
  const page = await services().history.query(filter, options, signal);
  return {
    events: page.events.map(toWire),
    next_cursor: page.nextCursor,
    total: page.total,
    ...scannedTo(page),
  };
}

/** A page shows what was found by then, and goes on from there: the first one soon, later ones when they hold more. */
const FIRST_MS = { first: 40, later: 250 };
/** Without any match so far it says how far it came: soon at first, then as often as somebody likes to read it. */
const WORD_MS = { first: 250, later: 1_000 };

/**
 * A page of the list that somebody looks at. `asc` fills the list up towards what is known to be there: it is never cut
 * short without a row.
 */
export function lookUpEvents(
  filter: EventFilter,
  options: { order: 'asc' | 'desc'; limit: number; cursor?: string; count: boolean },
  signal: AbortSignal | undefined,
): Promise<EventPage> {
  const which = options.cursor === undefined ? 'first' : 'later';
  const ms = options.order === 'desc' ? { ms: WORD_MS[which] } : {};
  return services().history.query(filter, { ...options, first: FIRST_MS[which], ...ms }, signal);
}

/** Where a search that ran out of time came to, if it did. */
export function scannedTo({ partial }: EventPage): { scanned_to?: number } {
  return partial ? { scanned_to: partial.scannedTo } : {};
}

/** A page's filter with its query read. Throws ApiError `bad_request` that says where the query is wrong. */
export function askedFilter(filter: EventFilter): EventFilter {
  return checked(eventFilterSchema, filter);
}

/** The event with this id. Throws ApiError `not_found`, also for text that is no event id. */
export async function getEvent(eventId: string): Promise<WireEvent> {
  const event = isEventId(eventId) ? await services().history.byId(eventId) : null;
  if (!event) throw new ApiError('not_found', 'no event has this id');
  return toWire(event);
}

import { Hash, Search } from 'lucide-react';
import { parseQuery, sayMistake } from '@/domain/query';
import type { Command, CommandSource } from '../command';
import { isEventId } from '@/domain/events/event-id';

const SEQ = /^#?(\d{1,15})$/;

/** The one event whose number or id was typed. */
export const eventSource: CommandSource = {
  id: 'event',
  heading: 'Event',
  limit: 1,
  atRest: 0,
  kind: 'given_first',
  commands: ({ query }) => {
    const seq = SEQ.exec(query)?.[1];
    const id = seq ?? (isEventId(query) ? query.toLowerCase() : null);
    if (id === null) return [];
    const label = seq === undefined ? `Event ${id}` : `Event #${seq}`;
    return [{ id: `event:${id}`, label, icon: Hash, does: { href: `/events/${id}` } }];
  },
};

/** `field:value`, a comparison, a quotation or `-word`: more than a name that somebody looks for. */
const IS_QUERY = /\w[:=<>]|^"|(^|\s)-\w|\sOR\s/;

const find = (query: string): Command[] => {
  if (query === '') return [];
  const parsed = parseQuery(query);
  const command = {
    id: 'find-events',
    label: `Find events matching “${query}”`,
    icon: Search,
    does: { href: `/events?q=${encodeURIComponent(query)}` },
  };
  return [parsed.ok ? command : { ...command, unavailable: sayMistake(parsed.mistakes[0]) }];
};

const SEARCH = { heading: 'Search', limit: 1, atRest: 0 } as const;

/** What was typed as a query of events: the first line when it reads like one, else the last. */
export const SEARCH_SOURCES: readonly CommandSource[] = [
  {
    ...SEARCH,
    id: 'search-first',
    kind: 'given_first',
    commands: ({ query }) => (IS_QUERY.test(query) ? find(query) : []),
  },
  {
    ...SEARCH,
    id: 'search-last',
    kind: 'given_last',
    commands: ({ query }) => (IS_QUERY.test(query) ? [] : find(query)),
  },
];

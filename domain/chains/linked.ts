import type { StoredEvent } from '../events/envelope';
import type { Draft, Find, Tie } from './types';

const SPAN = 30 * 24 * 3600;
/** Events whose neighbours are asked for; a wider tree is cut. */
const MAX_ASKED = 60;

/** What its publishers tied together: events of one correlation id, and parents with their children, over all generations. */
export function linkedChain(event: StoredEvent, find: Find): Draft | null {
  const ties = new Map<number, Tie>([[event.seq, { event, by: 'this event' }]]);
  const correlations = new Set<string>();
  const queue = [event];
  let [moreBefore, moreAfter, asked] = [false, false, 0];
  const add = (by: string, from: StoredEvent, lookup: Parameters<Find>[0]): void => {
    const found = find(lookup, from, SPAN);
    moreBefore ||= found.moreBefore;
    moreAfter ||= found.moreAfter;
    for (const each of found.events) {
      if (ties.has(each.seq)) continue;
      ties.set(each.seq, { event: each, by });
      queue.push(each);
    }
  };
  for (let next = queue.shift(); next !== undefined && asked < MAX_ASKED; next = queue.shift(), asked += 1) {
    const { correlationId, parentEventId, eventId } = next;
    if (correlationId !== null && !correlations.has(correlationId)) {
      correlations.add(correlationId);
      add('correlation id', next, { correlation: correlationId });
    }
    if (parentEventId !== null) add('parent', next, { id: parentEventId });
    add('child', next, { parent: eventId });
  }
  if (ties.size === 1) return null;
  const subject = event.correlationId ?? event.eventId;
  const cut = queue.length > 0;
  return {
    kind: 'linked',
    subject,
    ties: [...ties.values()],
    moreBefore,
    moreAfter: moreAfter || cut,
    awaits: [],
  };
}

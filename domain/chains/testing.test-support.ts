import type { StoredEvent } from '../events/envelope';
import { indexWords } from '../events/text/index-alphabet';
import type { Find, Lookup } from './types';

/** How history finds candidates, the plainest way: every event is looked at. */
export function plainFind(all: readonly StoredEvent[]): Find {
  return (lookup, around, span, side = Infinity) => {
    const found = all
      .filter((event) => matches(lookup, event) && event.duplicateOf === null)
      .filter(({ timestamp }) => Math.abs(timestamp - around.timestamp) <= span)
      .sort((a, b) => a.seq - b.seq);
    const before = found.filter(({ seq }) => seq <= around.seq);
    const after = found.filter(({ seq }) => seq > around.seq);
    return {
      events: [...before.slice(-side), ...after.slice(0, side)],
      moreBefore: before.length > side,
      moreAfter: after.length > side,
    };
  };
}

function matches(lookup: Lookup, event: StoredEvent): boolean {
  const { types, config, node, model, payload, correlation, parent, id, between } = lookup;
  return (
    (types === undefined || types.includes(event.eventType)) &&
    (config === undefined || event.config === config) &&
    (node === undefined || event.node === node) &&
    (model === undefined || event.model === model) &&
    (payload === undefined || hasPhrase(JSON.stringify(event.payload), payload)) &&
    (correlation === undefined || event.correlationId === correlation) &&
    (parent === undefined || event.parentEventId === parent) &&
    (id === undefined || event.eventId === id) &&
    (between === undefined || (event.seq >= between[0] && event.seq <= between[1]))
  );
}

function hasPhrase(text: string, value: string): boolean {
  const words = (each: string): string => ` ${indexWords(each).join(' ')} `;
  return words(text).includes(words(value));
}

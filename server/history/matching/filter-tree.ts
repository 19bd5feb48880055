import { indexWords } from '../../../domain/events/text/index-alphabet';
import type { QueryField, QueryNode } from '../../../domain/query';
import { FILTER_LISTS, type EventFilter } from '../../../domain/realtime/contract';

const at = { start: 0, end: 0 };
const MAX_WORDS = 32;

/** A whole filter as one query. */
export function filterTree(filter: EventFilter): QueryNode {
  const parts: QueryNode[] = [];
  for (const name of FILTER_LISTS) {
    const values = filter[name];
    if (values && values.length > 0) parts.push(field(name, values));
  }
  const { since, until } = filter;
  if (since !== undefined) parts.push({ kind: 'time', operator: '>=', moment: { at: since }, ...at });
  if (until !== undefined) parts.push({ kind: 'time', operator: '<=', moment: { at: until }, ...at });
  for (const text of words(filter.q)) parts.push({ kind: 'text', text, prefix: true, ...at });
  // Last: what blocks decide at once comes before.
  if (filter.asked) parts.push(filter.asked.node);
  return { kind: 'and', parts, ...at };
}

const field = (name: QueryField, values: readonly string[]): QueryNode => ({
  kind: 'field',
  field: name,
  values,
  prefixes: [],
  ...at,
});

/** Plain words, as they are used within the server. */
function words(q: string | undefined): string[] {
  const all = (q ?? '').slice(0, 2_000).split(/\s+/u).slice(0, MAX_WORDS);
  return all.filter((word) => indexWords(word).length > 0);
}

/** The times within which all matches lie, as far as the query says so by itself. */
export function timesOf(node: QueryNode, now: number): { since: number; until: number } {
  const bounds = { since: -Infinity, until: Infinity };
  const look = (part: QueryNode): void => {
    if (part.kind === 'and') part.parts.forEach(look);
    if (part.kind !== 'time') return;
    const moment = 'at' in part.moment ? part.moment.at : now - part.moment.ago;
    if (part.operator === '>=') bounds.since = Math.max(bounds.since, moment);
    else bounds.until = Math.min(bounds.until, moment);
  };
  look(node);
  return bounds;
}

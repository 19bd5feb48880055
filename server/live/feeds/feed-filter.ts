import type { StoredEvent } from '../../../domain/events/envelope';
import { textMatcher } from '../../../domain/events/text/text-match';
import { matcher } from '../../../domain/query';
import { FILTER_LISTS, type EventFilter, type FilterList } from '../../../domain/realtime/contract';

type Test = (event: StoredEvent) => boolean;

const FIELDS: Readonly<Record<FilterList, (event: StoredEvent) => string | null>> = {
  type: (event) => event.eventType,
  category: (event) => event.category,
  node: (event) => event.node,
  config: (event) => event.config,
  model: (event) => event.model,
  source: (event) => event.source,
  severity: (event) => event.severity,
};

/** The in-memory twin of history's filter: an event passes exactly when a query with the same filter would return it. */
export function feedFilter(filter: EventFilter): Test {
  const tests: Test[] = [];
  for (const name of FILTER_LISTS) {
    const values = filter[name];
    if (!values || values.length === 0) continue;
    const wanted = new Set<string | null>(values);
    const read = FIELDS[name];
    tests.push((event) => wanted.has(read(event)));
  }
  const { since, until } = filter;
  if (since !== undefined) tests.push((event) => event.timestamp >= since);
  if (until !== undefined) tests.push((event) => event.timestamp <= until);
  const matches = filter.q === undefined ? null : textMatcher(filter.q);
  if (matches) {
    tests.push(({ eventType, source, node, config, model, payload }) =>
      matches([eventType, source, node, config, model, JSON.stringify(payload)]),
    );
  }
  if (filter.asked) {
    const { node, now } = filter.asked;
    const asked = matcher(node);
    tests.push((event) => asked(event, now));
  }
  return (event) => tests.every((test) => test(event));
}

import type { StoredEvent } from '../../../domain/events/envelope';
import { textMatcher } from '../../../domain/events/text/text-match';
import { matcher } from '../../../domain/query';
import type { EventFilter } from '../../../domain/realtime/contract';

type Test = (event: StoredEvent) => boolean;

/** The in-memory twin of history's filter: an event passes exactly when a query with the same filter would return it. */
export function feedFilter(filter: EventFilter): Test {
  const tests: Test[] = [];
  const oneOf = (
    values: readonly string[] | undefined,
    read: (event: StoredEvent) => string | null,
  ): void => {
    if (!values || values.length === 0) return;
    const wanted = new Set<string | null>(values);
    tests.push((event) => wanted.has(read(event)));
  };
  oneOf(filter.type, (event) => event.eventType);
  oneOf(filter.category, (event) => event.category);
  oneOf(filter.node, (event) => event.node);
  oneOf(filter.config, (event) => event.config);
  oneOf(filter.model, (event) => event.model);
  oneOf(filter.source, (event) => event.source);
  oneOf(filter.severity, (event) => event.severity);
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

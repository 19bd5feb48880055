import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toWire, type StoredEvent } from '../../../domain/events/envelope';
import { EXPORT_FORMATS, WRITERS, type ExportFormat } from '../../../domain/export';
import { rowOf, wireEvent } from '../../../domain/export/arbitraries.test-support';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';
import type { EventFilter } from '../../../domain/realtime/contract';
import type { ExportSlice } from '../query-types';
import type { NewEvent } from '../types';

/** As hostile as history takes them, and plain ones among them. */
const hostile = wireEvent.map((event): NewEvent =>
  newEvent({
    eventType: event.event_type,
    wireType: event.wire_type,
    payload: event.payload,
    source: event.source,
    hostname: event.hostname,
    origin: event.origin,
    timestamp: event.timestamp,
    correlationId: event.correlation_id,
    parentEventId: event.parent_event_id,
    duplicateOf: event.duplicate_of,
    queueEventId: event.queue_event_id,
    category: event.category,
    severity: event.severity,
    config: event.config,
    node: event.node,
    model: event.model,
    drift: event.drift,
  }),
);
const usual = fc.record({ timestamp: fc.double({ min: 1.7e9, max: 1.8e9, noNaN: true }) }).map(newEvent);
const plain = fc.record({ timestamp: fc.double({ min: 0, max: 2e9, noNaN: true }) }).map(newEvent);

let test: TestHistory;
let all: readonly StoredEvent[];
beforeAll(async () => {
  test = await openTestHistory();
  // A name that holds the sign which tells names apart, too.
  const odd = ['\x1f', '\x1f=1', 'a\x1f', '\\', ''].map((source) => newEvent({ source, config: source }));
  const some = fc.sample(fc.oneof(hostile, plain), { numRuns: 200, seed: 3 });
  // More than are read at once: first together, then one by one, then together again.
  const many = fc.sample(usual, { numRuns: 600, seed: 4 });
  const large = Array.from({ length: 5 }, () => newEvent({ payload: { text: 'ä"'.repeat(200_000) } }));
  await test.history.append([...many.slice(0, 300), ...odd, ...some, ...large, ...many.slice(300)]);
  all = await test.history.eventsAfter(0, 2_000);
});
afterAll(() => test.close());

async function exported(filter: EventFilter, format: ExportFormat, order: 'asc' | 'desc'): Promise<string> {
  const parts: Uint8Array[] = [];
  let [last, events] = [null as ExportSlice | null, 0];
  do {
    const from = { after: last?.at ?? null, first: events === 0 };
    last = await test.history.exportSlice(filter, { format, order, upTo: all.length, ...from });
    parts.push(last.bytes);
    events += last.events;
  } while (!last.done);
  return Buffer.concat(parts).toString();
}

it.each(EXPORT_FORMATS)('%s is what its writer makes of the same events, in either order', async (format) => {
  for (const order of ['asc', 'desc'] as const)
    for (const filter of [{}, { since: 0 }]) {
      const events = order === 'asc' ? all : [...all].reverse();
      const wanted = events.map((event, place) => WRITERS[format].event(rowOf(toWire(event)), place === 0));
      expect(await exported(filter, format, order)).toBe(wanted.join(''));
    }
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newEvent } from './events.test-support';
import { bindRow, COLUMNS, eventIdAt, packRows } from './packed-rows';
import type { NewEvent } from './types';

/** Also texts that would run into each other, were they told apart by anything but their place. */
const text = fc.oneof(fc.constantFrom('', 'a', 'null', '\ud83d\ude00'), fc.string({ maxLength: 5 }));
const maybe = fc.option(text);
const event = fc
  .record({
    category: text,
    eventType: text,
    wireType: maybe,
    source: text,
    hostname: text,
    node: maybe,
    config: maybe,
    model: maybe,
    correlationId: maybe,
    parentEventId: maybe,
    idempotencyKey: maybe,
    queueEventId: fc.option(fc.nat()),
    timestamp: fc.double({ min: 0, max: 1e10, noNaN: true }),
    outbound: fc.boolean(),
    payloadText: fc.json(),
  })
  .map((fields) => newEvent(fields));

function columnsOf(events: readonly NewEvent[], index: number): Record<string, unknown> {
  const values: unknown[] = [];
  bindRow(values, packRows(events), index, 7, 9);
  return Object.fromEntries(COLUMNS.split(', ').map((column, at) => [column, values[at]]));
}

describe('packed rows', () => {
  it('give back every column of every event', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), (events) => {
        for (const [index, each] of events.entries()) {
          expect(columnsOf(events, index)).toEqual({
            ...{ seq: 7, received_at: 9, event_id: each.eventId, content_hash: each.contentHash },
            ...{ payload: each.payloadText, timestamp: each.timestamp, queue_event_id: each.queueEventId },
            ...{ outbound: each.outbound ? 1 : 0, category: each.category, event_type: each.eventType },
            ...{ source: each.source, node: each.node, config: each.config, model: each.model },
            ...{ severity: each.severity, origin: each.origin, wire_type: each.wireType },
            ...{ hostname: each.hostname, correlation_id: each.correlationId, drift: null },
            ...{
              parent_event_id: each.parentEventId,
              duplicate_of: null,
              idempotency_key: each.idempotencyKey,
            },
          });
          expect(eventIdAt(packRows(events), index)).toBe(each.eventId);
        }
      }),
    );
  });

  it('name each name once, and lists of findings as JSON', () => {
    const drift = [{ path: 'x', kind: 'missing', message: 'x is missing' }] as const;
    const events = [newEvent({ drift }), newEvent({ drift }), newEvent()];
    const { names } = packRows(events);
    expect(new Set(names).size).toBe(names.length);
    expect(columnsOf(events, 1)['drift']).toBe(JSON.stringify(drift));
  });

  it('are not made of what has no id of its own length', () => {
    expect(() => packRows([newEvent({ eventId: 'short' })])).toThrow(RangeError);
    expect(() => packRows([newEvent({ contentHash: 'ab' })])).toThrow(RangeError);
  });
});

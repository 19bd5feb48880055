import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newEvent } from '../events.test-support';
import { migrateDatabase, openDatabase, type Connection } from '../../../db/client';
import { migrationsFolder } from '../../process/paths';
import { uuidToBytes } from '../sql/uuid-bytes';
import { eventIdAt, packRows, RARE } from './packed-rows';
import { boundNames, RowInsert } from './row-insert';
import type { NewEvent } from '../types';

let db: Connection;
beforeAll(() => {
  db = openDatabase(':memory:');
  migrateDatabase(db, migrationsFolder());
});
afterAll(() => db.close());

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
    duplicateOf: fc.option(fc.uuid()),
    queueEventId: fc.option(fc.nat()),
    timestamp: fc.double({ min: 0, max: 1e10, noNaN: true }),
    outbound: fc.boolean(),
    payloadText: fc.json(),
  })
  .map((fields) => newEvent(fields));

/** What SQLite holds of them after they were inserted together; of an event without a tie, with or without one beside it. */
function columnsOf(events: readonly NewEvent[]): Record<string, unknown>[] {
  const packed = structuredClone(packRows(events));
  const insert = new RowInsert(db, events.length, packed.rare);
  expect(insert.run(packed, boundNames(packed), 0, 7, 9)).toBe(events.length);
  const rows = db.prepare<[], Record<string, unknown>>('SELECT * FROM events ORDER BY seq').all();
  db.exec('DELETE FROM events');
  return rows;
}

describe('packed rows', () => {
  it('give back every column of every event', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), (any) => {
        const events = any.map((each, index) => {
          const key = each.idempotencyKey;
          return { ...each, idempotencyKey: key === null ? null : `${key} ${index}` };
        });
        const rows = columnsOf(events);
        for (const [index, each] of events.entries()) {
          expect(rows[index]).toEqual({
            ...{ seq: 7 + index, received_at: 9, event_id: uuidToBytes(each.eventId) },
            ...{ content_hash: Buffer.from(each.contentHash, 'hex') },
            ...{ payload: each.payloadText, timestamp: each.timestamp, queue_event_id: each.queueEventId },
            ...{ outbound: each.outbound ? 1 : 0, category: each.category, event_type: each.eventType },
            ...{ source: each.source, node: each.node, config: each.config, model: each.model },
            ...{ severity: each.severity, origin: each.origin, wire_type: each.wireType },
            ...{ hostname: each.hostname, correlation_id: each.correlationId, drift: null },
            ...{
              parent_event_id: each.parentEventId,
              duplicate_of: each.duplicateOf === null ? null : uuidToBytes(each.duplicateOf),
              idempotency_key: each.idempotencyKey,
            },
          });
          expect(eventIdAt(packRows(events), index)).toBe(each.eventId);
        }
      }),
    );
  });

  it('hold the same texts where names repeat so often that they are bound as bytes', () => {
    fc.assert(
      fc.property(event, fc.integer({ min: 80, max: 99 }), (any, count) => {
        const one = { ...any, idempotencyKey: null };
        const packed = packRows(Array.from({ length: count }, () => ({ ...one, eventId: randomUUID() })));
        expect(boundNames(packed)).toContainEqual(Buffer.from(one.eventType));
        const last = columnsOf([one]).map((row) => ({ ...row, seq: 7, event_id: null }));
        const insert = new RowInsert(db, 1, packed.rare);
        insert.run(packed, boundNames(packed), count - 1, 7, 9);
        const rows = db.prepare<[], Record<string, unknown>>('SELECT * FROM events').all();
        db.exec('DELETE FROM events');
        expect(rows.map((row) => ({ ...row, event_id: null }))).toEqual(last);
      }),
    );
  });

  it('leave out what no row has, and only that', () => {
    const rareOf = (...events: NewEvent[]): number => packRows(events).rare;
    expect(rareOf(newEvent())).toBe(0);
    expect(rareOf(newEvent(), newEvent({ wireType: 'a' }))).toBe(RARE.wireType);
    expect(rareOf(newEvent({ correlationId: 'a' }), newEvent())).toBe(RARE.ties);
    expect(rareOf(newEvent({ outbound: false }))).toBe(RARE.log);
    expect(rareOf(newEvent({ queueEventId: 0 }))).toBe(RARE.log);
  });

  it('name each name once, and lists of findings as JSON', () => {
    const drift = [{ path: 'x', kind: 'missing', message: 'x is missing' }] as const;
    const events = [newEvent({ drift }), newEvent({ drift }), newEvent()];
    const { names } = packRows(events);
    expect(new Set(names).size).toBe(names.length);
    expect(columnsOf(events)[1]?.['drift']).toBe(JSON.stringify(drift));
  });

  it('are not made of what has no id of its own length', () => {
    expect(() => packRows([newEvent({ eventId: 'short' })])).toThrow(RangeError);
    expect(() => packRows([newEvent({ contentHash: 'ab' })])).toThrow(RangeError);
  });

  it('are inserted without a table made for each of them: an IN in the condition of an index is one', () => {
    const program = db.prepare<[], { opcode: string }>('EXPLAIN INSERT INTO events (seq) VALUES (1)').all();
    const opcodes = program.map(({ opcode }) => opcode);
    expect(opcodes).toContain('IdxInsert');
    expect(opcodes).not.toContain('OpenEphemeral');
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../../db/client';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';
import { RowReader } from './row-reader';

const EVENTS = 900;
let test: TestHistory;
let db: Connection;
beforeAll(async () => {
  test = await openTestHistory();
  await test.history.append(Array.from({ length: EVENTS }, (_, n) => newEvent({ payload: { n: n + 1 } })));
  db = openDatabase(test.file, { readonly: true });
});
afterAll(async () => {
  db.close();
  await test.close();
});

it('reads the events that are asked for, close to each other or apart, in any order, and no others', () => {
  const rows = new RowReader(db);
  const seq = fc.integer({ min: 1, max: EVENTS + 50 });
  const close = fc.tuple(seq, fc.integer({ min: 2, max: 80 }), fc.constantFrom(1, 3, 7));
  const some = fc.oneof(
    fc.uniqueArray(seq, { maxLength: 200 }),
    // Runs of neighbours, the later ones first.
    fc
      .uniqueArray(close, { minLength: 1, maxLength: 4, selector: ([from]) => from })
      .map((runs) => [
        ...new Set(
          runs
            .sort(([a], [b]) => b - a)
            .flatMap(([from, count, step]) => Array.from({ length: count }, (_, n) => from + n * step)),
        ),
      ]),
  );
  fc.assert(
    fc.property(some, (seqs) => {
      const found = [...rows.of(seqs)];
      const wanted = seqs.filter((each) => each <= EVENTS).sort((a, b) => a - b);
      expect(found.map((row) => row.seq)).toEqual(wanted);
      expect(found.map(({ event }) => event.payload['n'])).toEqual(wanted);
    }),
  );
});

it('tells of an event its id, and what it takes to read one of many', async () => {
  const rows = new RowReader(db);
  const first = await test.history.bySeq(7);
  expect(rows.one(7)?.event.eventId).toBe(first?.eventId);
  const before = rows.apartMs;
  for (let n = 0; n < 40; n++)
    expect([...rows.of(Array.from({ length: 64 }, (_, place) => 1 + place * 14))].length).toBe(64);
  expect(rows.apartMs).not.toBe(before);
  expect(rows.apartMs).toBeGreaterThan(0);
  expect(rows.apartMs).toBeLessThan(0.05);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Connection } from '../../db/client';
import { parseQuery } from '../../domain/query';
import type { EventFilter } from '../../domain/realtime/contract';
import { newEvent, openTestHistory, type TestHistory } from './events.test-support';
import { SearchScan } from './search-scan';

/** More than the first slice holds. */
const EVENTS = 9_000;
let test: TestHistory;
let db: Connection;
let search: SearchScan;

beforeAll(async () => {
  test = await openTestHistory();
  await test.history.append(Array.from({ length: EVENTS }, (_, n) => newEvent({ payload: { n } })));
  db = openDatabase(test.file, { readonly: true });
  search = new SearchScan(db);
});
afterAll(async () => {
  db.close();
  await test.close();
});

function asked(text: string): EventFilter {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
  return { asked: { node: parsed.node, now: 0 } };
}

describe('a search without time', () => {
  it.each(['asc', 'desc'] as const)(
    'says how far it came and misses nothing when it goes on, %s',
    (order) => {
      // SQLite rejects every row: only the end of a slice gives a look at the clock.
      const filter = asked('severity:error');
      const stops: number[] = [];
      let after: number | null = null;
      do {
        after = search.find(filter, { order, after, limit: 10, ms: 0 }).reached;
        if (after !== null) stops.push(after);
      } while (after !== null);
      expect(stops).toEqual(order === 'asc' ? [4_000, 8_000, 9_000] : [5_001, 1_001, 1]);
    },
  );

  it('finds each match once over many short searches', () => {
    const filter = asked('payload.n>=8990 OR payload.n<3');
    const found: number[] = [];
    let after: number | null = null;
    do {
      const { events, reached } = search.find(filter, { order: 'desc', after, limit: 100, ms: 0 });
      found.push(...events.map(({ seq }) => seq));
      after = reached;
    } while (after !== null);
    expect(found).toEqual([9000, 8999, 8998, 8997, 8996, 8995, 8994, 8993, 8992, 8991, 3, 2, 1]);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import { openDatabase, type Connection } from '../../../db/client';
import { matcher, parseQuery } from '../../../domain/query';
import { anyQuery } from '../../../domain/query/arbitraries.test-support';
import { anyEvent } from '../arbitraries.test-support';
import type { EventFilter } from '../../../domain/realtime/contract';
import { encodeCursor } from './cursor';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';
import { blockOf, slotOf } from '../blocks/block';
import { hasSlot } from '../matching/masks';
import { type Mask } from '../matching/mask-logic';
import { payloadValues } from './payload-values';
import { SearchScan } from './scan';
import { WordList } from './word-list';

/** Three full blocks. */
const EVENTS = 3 * 4_096;
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
      expect(stops).toEqual(order === 'asc' ? [4_096, 8_192] : [8_193, 4_097]);
    },
  );

  it.each(['asc', 'desc'] as const)(
    'gives a page that says so, and whose cursor goes on there, %s',
    (order) => {
      const filter = asked('severity:error');
      const stops: (number | undefined)[] = [];
      let cursor: string | undefined;
      do {
        const page = search.page(filter, { order, limit: 10, ms: 0, count: false, cursor });
        stops.push(page.partial?.scannedTo);
        if (page.partial) expect(page.nextCursor).toBe(encodeCursor(page.partial.scannedTo, order));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(stops).toEqual(order === 'asc' ? [4_096, 8_192, undefined] : [8_193, 4_097, undefined]);
      // A full page has found what it was asked for.
      const full = search.page({}, { order, limit: 10, ms: 1e6, count: false });
      expect([full.events.length, full.partial]).toEqual([10, undefined]);
      expect(full.nextCursor).toBe(encodeCursor(full.events.at(-1)?.seq ?? 0, order));
    },
  );

  it('finds each match once over many short searches', () => {
    const filter = asked('payload.n>=12278 OR payload.n<3');
    const found: number[] = [];
    let after: number | null = null;
    do {
      const { events, reached } = search.find(filter, { order: 'desc', after, limit: 100, ms: 1 });
      found.push(...events.map(({ seq }) => seq));
      after = reached;
    } while (after !== null);
    expect(found).toEqual([12288, 12287, 12286, 12285, 12284, 12283, 12282, 12281, 12280, 12279, 3, 2, 1]);
  });
});

it('counts what is there, with and without a query, once events were removed', async () => {
  const few = await openTestHistory();
  await few.history.append(Array.from({ length: 21 }, (_, n) => newEvent({ payload: { n } })));
  const reader = openDatabase(few.file, { readonly: true });
  const scan = new SearchScan(reader);
  expect([scan.count({}), scan.count(asked('severity:info'))]).toEqual([21, 21]);
  const writer = openDatabase(few.file);
  writer.prepare('DELETE FROM events WHERE seq <= 20').run();
  writer.close();
  expect([scan.count({}), scan.count(asked('severity:info'))]).toEqual([1, 1]);
  reader.close();
  await few.close();
});

it('counts no event that came after the rows of its page', async () => {
  const few = await openTestHistory();
  await few.history.append(Array.from({ length: 2 * 4_096 }, (_, n) => newEvent({ payload: { n } })));
  const reader = openDatabase(few.file, { readonly: true });
  const writer = openDatabase(few.file);
  let [asks, written] = [0, false];
  // Asked before it begins, then while it looks through the events: one more comes.
  const cancelled = (): boolean => {
    if (++asks < 2 || written) return false;
    writer.exec('CREATE TEMP TABLE late AS SELECT * FROM events ORDER BY seq DESC LIMIT 1');
    writer.exec("UPDATE late SET seq = seq + 1, event_id = 'late'");
    writer.exec('INSERT INTO events SELECT * FROM late; DROP TABLE late');
    written = true;
    return false;
  };
  const filter = asked('payload.n>=1 -payload.n<8000');
  const page = new SearchScan(reader).page(filter, { order: 'desc', limit: 100, cancelled });
  expect(written).toBe(true);
  expect([page.total, page.events[0]?.seq]).toEqual([192, 2 * 4_096]);
  writer.close();
  reader.close();
  await few.close();
});

describe('a search that looks up what it can', () => {
  const NOW = 1_766_700_004;
  let long: TestHistory;
  let reader: Connection;
  /** Those that were there at the start, in order. */
  let all: readonly StoredEvent[];

  beforeAll(async () => {
    long = await openTestHistory();
    // Two full blocks and a part of one; the newest events are not in the word index yet.
    for (const seed of [1, 2, 3])
      await long.history.append(fc.sample(anyEvent, { numRuns: 3_000, seed: 7 + seed }));
    await long.history.neighbours((await long.history.bySeq(1))!);
    reader = openDatabase(long.file, { readonly: true });
    all = new SearchScan(reader).find({}, { order: 'asc', after: null, limit: 1e6, ms: 1e6 }).events;
  }, 30_000);
  afterAll(async () => {
    reader.close();
    await long.close();
  });

  it('finds what the matcher finds, in either direction, from anywhere, also beyond what is indexed', async () => {
    await long.history.append(fc.sample(anyEvent, { numRuns: 300, seed: 5 }));
    const eager = new SearchScan(reader, { look: 1, readMs: 1e6 });
    const rest = await long.history.eventsAfter(all.length, 1_000);
    const events = [...all, ...rest];
    const order = fc.constantFrom('asc' as const, 'desc' as const);
    fc.assert(
      fc.property(
        anyQuery,
        order,
        fc.nat(events.length),
        fc.integer({ min: 1, max: 300 }),
        (node, direction, place, limit) => {
          const test = matcher(node);
          const ascending = direction === 'asc';
          const ahead = ascending ? events.slice(place) : events.slice(0, place).reverse();
          const wanted: number[] = [];
          for (const event of ahead) if (wanted.length < limit && test(event, NOW)) wanted.push(event.seq);
          const after = ascending ? place : place + 1;
          const found = eager.find(
            { asked: { node, now: NOW } },
            { order: direction, after, limit, ms: 1e6 },
          );
          expect(found.events.map(({ seq }) => seq)).toEqual(wanted);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  it('does not take the name of a category for a text', () => {
    const eager = new SearchScan(reader, { look: 1, readMs: 1e6 });
    const ask = { order: 'desc' as const, after: null, limit: 10, ms: 1e6 };
    expect(eager.find(asked('selfplay'), ask).events).toEqual([]);
    expect(eager.find(asked('category:selfplay'), ask).events).toHaveLength(10);
  });

  it.each([0, 4_096, 5_000, 8_192, 9_000])(
    'lists what the index holds up to seq %i, and leaves open what lies beyond',
    (indexed) => {
      const node = { kind: 'text', text: 'host', prefix: true, start: 0, end: 0 } as const;
      const test = matcher(node);
      for (const order of ['asc', 'desc'] as const) {
        const list = new WordList(reader, 'host*', true, order, { from: 1, to: all.length }, indexed);
        const blocks = [0, 1, 2];
        const bounds = new Map(
          (order === 'asc' ? blocks : blocks.reverse()).map((block) => [block, list.bounds(block)]),
        );
        const wrong = all.filter((event) => {
          const { must = false, may = false } = bounds.get(blockOf(event.seq)) ?? {};
          const has = (mask: Mask): boolean => hasSlot(mask, slotOf(event.seq));
          const known = event.seq <= indexed;
          return has(may) !== (known ? test(event, NOW) : true) || has(must) !== (known && test(event, NOW));
        });
        expect(wrong.map(({ seq }) => seq)).toEqual([]);
      }
    },
  );

  it('stops as soon as nobody waits', () => {
    let looks = 0;
    const search = new SearchScan(reader);
    const ask = { order: 'desc' as const, after: null, limit: 10, ms: 1e6, cancelled: () => ++looks > 5 };
    const { reached } = search.find(asked('payload.nothing=1 OR payload.nowhere=2'), ask);
    expect([looks, reached]).toEqual([6, expect.any(Number)]);
  });

  it('knows what a payload field held lately, the commonest first, and no lists', () => {
    const events = new SearchScan(reader).find(
      {},
      { order: 'desc', after: null, limit: 1e6, ms: 1e6 },
    ).events;
    const wanted = new Map<unknown, number>();
    for (const { payload } of events.filter(({ payload }) => Object.hasOwn(payload, 'n')).slice(0, 400)) {
      const { n } = payload;
      if (typeof n === 'number' || (typeof n === 'string' && n !== ''))
        wanted.set(n, (wanted.get(n) ?? 0) + 1);
    }
    const found = payloadValues(new SearchScan(reader), ['n'], () => false, 1e6);
    expect(found).toHaveLength(40);
    for (const [value, count] of found) expect([value, count]).toEqual([value, wanted.get(value)]);
    expect(found[0]?.[1]).toBe(Math.max(...wanted.values()));
    expect(payloadValues(new SearchScan(reader), ['nowhere', 'deep'], () => false)).toEqual([]);
  });

  it('gives what it has once that has taken long enough', () => {
    const ask = { order: 'desc' as const, after: null, limit: 1_000, ms: 1e6, first: 0 };
    const { events, reached } = new SearchScan(reader).find(asked('-severity:debug'), ask);
    expect([events.length, reached]).toEqual([1, events[0]?.seq]);
  });
});

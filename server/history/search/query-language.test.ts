import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import { anyQuery } from '../../../domain/query/arbitraries.test-support';
import { matcher, parseQuery, printQuery, type QueryNode } from '../../../domain/query';
import { feedFilter } from '../../live/feeds/feed-filter';
import { anyEvent, anyFilter } from '../arbitraries.test-support';
import { newEvent, openTestHistory, plainlyMatches, type TestHistory } from '../events.test-support';

/** What relative times count from: in the middle of the events. */
const NOW = 1_766_700_004;
let test: TestHistory;
const all: StoredEvent[] = [];

async function add(events: Parameters<TestHistory['history']['append']>[0]): Promise<void> {
  await test.history.append(events);
  all.push(...(await test.history.eventsAfter(all.at(-1)?.seq ?? 0, 5_000)));
}
const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq);
const expected = (node: QueryNode) => {
  const test = matcher(node);
  return all.filter((event) => test(event, NOW));
};

beforeAll(async () => {
  test = await openTestHistory();
  await add(fc.sample(anyEvent, { numRuns: 450, seed: 11 }));
  const reasons = ['out of memory', 'out-of-memory', 'a_b', 'été', 'say "x" \\ y'];
  await add(reasons.map((reason, n) => newEvent({ payload: { reason, elo: 1_600 + n * 50, n: [n] } })));
});
afterAll(() => test.close());

describe('the query language in history', () => {
  it('finds what the matcher finds, for 1,000 queries', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(anyQuery, async (node) => {
        const page = await test.history.query(
          { asked: { node, now: NOW } },
          { order: 'desc', limit: 5_000, count: false },
        );
        const wanted = expected(node);
        if (wanted.length > 0 && wanted.length < all.length) hits += 1;
        expect(seqs(page.events)).toEqual(seqs(wanted).reverse());
      }),
      { numRuns: 1_000 },
    );
    expect(hits).toBeGreaterThan(300);
  }, 120_000);

  it('combines with the other filters, and a feed passes the same', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, anyFilter, async (node, { q: _q, ...filter }) => {
        const asked = { ...filter, asked: { node, now: NOW } };
        const wanted = expected(node).filter((event) => plainlyMatches(filter, event));
        expect(seqs(all.filter(feedFilter(asked)))).toEqual(seqs(wanted));
        expect(seqs((await test.history.newestRows(asked, 50)).rows)).toEqual(seqs(wanted.slice(-50)));
        const counted = await test.history.query(asked, { order: 'desc', limit: 1 });
        expect(counted.total).toBe(wanted.length);
        const after = wanted.filter(({ seq }) => seq > 200).slice(0, 20);
        expect(seqs(await test.history.rowsAfter(asked, 200, 20))).toEqual(seqs(after));
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('pages through each match once while events arrive', async () => {
    const order = fc.constantFrom('asc' as const, 'desc' as const);
    await fc.assert(
      fc.asyncProperty(anyQuery, order, fc.integer({ min: 45, max: 200 }), async (node, direction, limit) => {
        const atStart = expected(node);
        const seen: StoredEvent[] = [];
        let cursor: string | undefined;
        do {
          const options = { order: direction, limit, cursor, count: false };
          const page = await test.history.query({ asked: { node, now: NOW } }, options);
          seen.push(...page.events);
          cursor = page.nextCursor ?? undefined;
          if (cursor !== undefined) await add(fc.sample(anyEvent, 1));
        } while (cursor !== undefined);
        expect(seqs(seen)).toEqual(seqs(direction === 'asc' ? expected(node) : atStart.reverse()));
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it('leaves out what an alternative excludes, also once it looks words up', async () => {
    const parsed = parseQuery('("out" -"out") OR "out of memory"');
    if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
    const { events } = await test.history.query(
      { asked: { node: parsed.node, now: NOW } },
      { order: 'desc', limit: 5_000 },
    );
    expect(seqs(events)).toEqual(seqs(expected(parsed.node)).reverse());
  });

  it.each([
    ['payload.elo>1700', 2],
    ['payload.reason:"out of memory"', 1],
    ['"out of memory" payload.elo>=1600', 2],
    ['payload.n.0=3', 1],
  ])('finds %s as a person writes it', async (text, count) => {
    const parsed = parseQuery(text);
    if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
    const { events } = await test.history.query(
      { asked: { node: parsed.node, now: NOW } },
      { order: 'asc', limit: 10 },
    );
    expect([printQuery(parsed.node), events.length]).toEqual([printQuery(parsed.node), count]);
  });
});

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import type { EventFilter } from '../../../domain/realtime/contract';
import { anyEvent, anyFilter, anyText } from '../../history/arbitraries.test-support';
import { newEvent, openTestHistory, type TestHistory } from '../../history/events.test-support';
import { feedFilter } from './feed-filter';

let test: TestHistory;
let all: readonly StoredEvent[] = [];

const seqs = (events: readonly { seq: number }[]): number[] => events.map(({ seq }) => seq);

async function inHistory(filter: EventFilter): Promise<number[]> {
  const options = { order: 'asc', limit: 1_000, count: false } as const;
  return seqs((await test.history.query(filter, options)).events);
}

beforeAll(async () => {
  test = await openTestHistory();
  const random = fc.sample(anyEvent, { numRuns: 300, seed: 20_26 });
  const chosen = ['out-of-memory', 'out of memory', 'a_b', 'été', 'gh200-a', '한국어 한', '<b>x</b>'];
  await test.history.append([...random, ...chosen.map((reason) => newEvent({ payload: { reason } }))]);
  all = await test.history.eventsAfter(0, 1_000);
});
afterAll(() => test.close());

describe('feedFilter', () => {
  it('passes exactly the events that a query with the same filter returns', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        expect(seqs(all.filter(feedFilter(filter)))).toEqual(await inHistory(filter));
      }),
      { numRuns: 400 },
    );
  });

  it('finds the same words as history, however they are written', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (q) => {
        expect(seqs(all.filter(feedFilter({ q })))).toEqual(await inHistory({ q }));
      }),
      { numRuns: 200 },
    );
  });

  it.each(['out-of-mem', 'OUT', 'ete', 'ÉTÉ', 'gh200-a', '한', 'a_b', 'hex8_2p_v4'])(
    'finds %j at all',
    (q) => {
      const found = all.filter(feedFilter({ q }));
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThan(all.length);
    },
  );

  it.each(['', ' ', '"', '(((', '*', '\0', '---', '💥'])('filters nothing for %j, which has no word', (q) => {
    expect(all.filter(feedFilter({ q }))).toHaveLength(all.length);
  });

  it('takes an empty list for no filter', () => {
    expect(all.filter(feedFilter({ type: [], node: [], severity: [] }))).toHaveLength(all.length);
  });
});

import { encodeCursor } from './cursor';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import { toRow } from '../../../domain/events/row';
import { textMatcher } from '../../../domain/events/text/text-match';
import type { EventFilter } from '../../../domain/realtime/contract';
import { anyEvent, anyFilter } from '../arbitraries.test-support';
import { openTestHistory, plainlyMatches, type TestHistory } from '../events.test-support';

let test: TestHistory;
/** Everything in history, as the tests remember it. */
const all: StoredEvent[] = [];

async function addEvents(events: Parameters<TestHistory['history']['append']>[0]): Promise<void> {
  await test.history.append(events);
  all.push(...(await test.history.eventsAfter(all.at(-1)?.seq ?? 0, 1_000)));
}

beforeAll(async () => {
  test = await openTestHistory();
  await addEvents(fc.sample(anyEvent, { numRuns: 150, seed: 7 }));
});
afterAll(() => test.close());

function matching(filter: EventFilter): StoredEvent[] {
  const text = textMatcher(filter.q ?? '');
  return all.filter(
    (event) =>
      plainlyMatches(filter, event) &&
      (text === null ||
        text([
          event.eventType,
          event.source,
          event.node,
          event.config,
          event.model,
          JSON.stringify(event.payload),
        ])),
  );
}

describe('paging', () => {
  it('gives each match once, in order, while new events arrive between the pages', async () => {
    const order = fc.constantFrom('asc' as const, 'desc' as const);
    const arriving = fc.array(fc.array(anyEvent, { maxLength: 2 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        anyFilter,
        order,
        fc.integer({ min: 1, max: 60 }),
        arriving,
        async (filter, direction, limit, batches) => {
          const atStart = matching(filter);
          const waiting = [...batches];
          const seen: StoredEvent[] = [];
          let cursor: string | undefined;
          do {
            const page = await test.history.query(filter, { order: direction, limit, cursor });
            expect(page.events.length).toBeLessThanOrEqual(limit);
            expect(page.total).toBe(matching(filter).length);
            seen.push(...page.events);
            cursor = page.nextCursor ?? undefined;
            if (cursor !== undefined) await addEvents(waiting.shift() ?? []);
          } while (cursor !== undefined);
          // Ascending, what arrives is still ahead; descending, it is behind.
          expect(seen).toEqual(direction === 'asc' ? matching(filter) : atStart.reverse());
        },
      ),
      { numRuns: 80 },
    );
  });

  it('answers rows as it answers events', async () => {
    const last = fc.nat(200);
    await fc.assert(
      fc.asyncProperty(anyFilter, last, fc.integer({ min: 1, max: 40 }), async (filter, after, limit) => {
        const expected = matching(filter).map(toRow);
        const newest = { rows: expected.slice(-limit), scannedTo: null };
        expect(await test.history.newestRows(filter, limit)).toEqual(newest);
        const following = expected.filter(({ seq }) => seq > after).slice(0, limit);
        expect(await test.history.rowsAfter(filter, after, limit)).toEqual(following);
      }),
      { numRuns: 80 },
    );
  });

  it('says where the newest rows end because time ran out, and goes on from there', async () => {
    let cut = 0;
    await fc.assert(
      fc.asyncProperty(anyFilter, fc.integer({ min: 2, max: 40 }), async (filter, limit) => {
        const expected = matching(filter).map(({ seq }) => seq);
        const { rows, scannedTo } = await test.history.newestRows(filter, limit, 0);
        const seqs = rows.map(({ seq }) => seq);
        expect(seqs).toEqual(expected.slice(expected.length - seqs.length));
        if (scannedTo === null) {
          expect(seqs).toHaveLength(Math.min(limit, expected.length));
          return;
        }
        cut += 1;
        const cursor = encodeCursor(scannedTo, 'desc');
        const rest = await test.history.query(filter, { order: 'desc', limit: 500, cursor });
        expect([...rest.events.map(({ seq }) => seq).reverse(), ...seqs]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
    expect(cut).toBeGreaterThan(2);
  });

  it('leaves the counting out when told so', async () => {
    const page = await test.history.query({}, { order: 'asc', limit: 1, count: false });
    expect(page.total).toBe(-1);
  });

  it('takes filters as large as the API lets in', async () => {
    const names = Array.from({ length: 200 }, (_, n) => `n${n}-${'x-'.repeat(140)}`);
    const filter: EventFilter = {
      type: names,
      category: names,
      node: names,
      config: names,
      model: names,
      source: names,
      q: 'a-'.repeat(1_000),
    };
    expect((await test.history.query(filter, { order: 'desc', limit: 5 })).events).toEqual([]);
  });
});

describe('neighbours', () => {
  it('are the nearest of the same config and the same node on either side', async () => {
    for (const event of all.slice(0, 60)) {
      const found = await test.history.neighbours(event);
      const near = (field: 'config' | 'node', side: 1 | -1): number | undefined => {
        if (event[field] === null) return undefined;
        const same = all.filter(
          (other) => other[field] === event[field] && (other.seq - event.seq) * side > 0,
        );
        return same.at(side > 0 ? 0 : -1)?.seq;
      };
      expect([
        found.prevByConfig?.seq,
        found.nextByConfig?.seq,
        found.prevByNode?.seq,
        found.nextByNode?.seq,
      ]).toEqual([near('config', -1), near('config', 1), near('node', -1), near('node', 1)]);
    }
  });
});

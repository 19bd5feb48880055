import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';

/** Farther apart than the events that are read through beside one: of a rare node the next eight are not among them. */
const EVERY = 450;
/** At the start of a stretch it is not rare. */
const BUSY = 60;
const LIVE_FROM = 1_766_700_000;
const DAY = 86_400;

let test: TestHistory;
let rare: StoredEvent[] = [];

/** A server that ran for some hours, then took in a log of the day before, and ran on. */
beforeAll(async () => {
  test = await openTestHistory();
  const stretch = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) =>
      newEvent({ timestamp: from + n, node: n < BUSY || n % EVERY === 0 ? 'vast-4090-9' : 'gh200-a' }),
    );
  await test.history.append(stretch(LIVE_FROM, 5_000));
  await test.history.append(stretch(LIVE_FROM - DAY, 9_000));
  await test.history.append(stretch(LIVE_FROM + DAY, 5_000));
  const all = await test.history.eventsAfter(0, 20_000);
  rare = all.filter(({ node }) => node === 'vast-4090-9').sort((a, b) => a.timestamp - b.timestamp);
});
afterAll(() => test.close());

describe('the surroundings of an event of a rare node', () => {
  it('are the nearest by event time, wherever in history they stand', async () => {
    for (const [at, event] of rare.entries()) {
      const { node } = await test.history.surroundings(event);
      const nearest = rare.slice(Math.max(0, at - 8), at + 9);
      expect(node?.map(({ seq }) => seq)).toEqual(nearest.map(({ seq }) => seq));
    }
  });
});

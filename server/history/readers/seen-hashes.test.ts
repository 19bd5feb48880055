import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newEvent, openTestHistory, type TestHistory } from '../events.test-support';

const T = 1_766_700_000;
const hash = (content: string): string => createHash('sha256').update(content).digest('hex');

let test: TestHistory;
beforeEach(async () => {
  test = await openTestHistory();
});
afterEach(() => test.close());

it('of the newest events tells what a router needs to recognise them again, oldest first', async () => {
  const offline = newEvent({
    ...{
      eventType: 'HOST_OFFLINE',
      payload: { node_id: 'gh200-b' },
      contentHash: hash('off'),
      timestamp: T + 1,
    },
  });
  const nameless = newEvent({
    ...{ eventType: 'HOST_ONLINE', payload: {}, contentHash: hash('on'), timestamp: T + 2.5 },
  });
  const plain = newEvent({ eventType: 'NEW_GAMES', contentHash: hash('games'), timestamp: T + 3 });
  const repetition = newEvent({ duplicateOf: plain.eventId, timestamp: T + 4 });
  const tooOld = newEvent({ timestamp: T - 100 });
  await test.history.append([tooOld, offline, nameless, plain, repetition]);
  const seen = (limit: number) => test.history.recentHashes(60, limit);
  const told = [
    { of: offline, seq: 2, subject: 'node:gh200-b' },
    { of: nameless, seq: 3, subject: 'node:gh200-a' },
    { of: plain, seq: 4, subject: null },
  ].map(({ of: { eventId, eventType, timestamp, contentHash }, ...rest }) => ({
    ...{ eventId, eventType, timestamp, contentHash: contentHash.slice(0, 32) },
    ...rest,
  }));
  expect([...(await seen(100))]).toEqual(told);
  expect([...(await seen(3))]).toEqual(told.slice(1));
});

it('of an empty history nothing', async () => {
  expect([...(await test.history.recentHashes(60, 100))]).toEqual([]);
});

import { expect, it } from 'vitest';
import type { StoredEvent } from '../../../domain/events/envelope';
import { storedEvent } from '../../history/events.test-support';
import { foldedInOrder } from './fold-in-order';

const onTrouble = (error: unknown): never => expect.fail(String(error));

it('gives an event of a clock that is ahead the time that it had when it came', async () => {
  const dated = (seq: number, at: number, receivedAt: number): StoredEvent => ({
    ...storedEvent(seq, { timestamp: 1_000_000 + at }),
    receivedAt: 1_000_000 + receivedAt,
  });
  const inTime = Array.from({ length: 15 }, (_, index) => dated(index + 2, index * 500, index * 500));
  const all = [...inTime, dated(1, 7_200, 0)];
  const eventsInTime = (_: number, after: unknown): Promise<typeof all> =>
    Promise.resolve(after === null ? all : []);
  const options = { onTrouble, stopped: () => false, gently: false };
  const fold = await foldedInOrder({ eventsInTime }, all.length, options);
  expect(fold?.clock).toBe(1_007_000);
});

it('tells of its progress every few thousand events where nothing else waits', async () => {
  const all = Array.from({ length: 12_000 }, (_, index) => storedEvent(index + 1));
  const told: number[] = [];
  const fold = await foldedInOrder(
    {
      eventsInTime: (_, after, limit) =>
        Promise.resolve(all.slice(after?.seq ?? 0, (after?.seq ?? 0) + limit)),
    },
    all.length,
    {
      onTrouble,
      onProgress: (done) => told.push(done),
      stopped: () => false,
      gently: false,
    },
  );
  expect(told).toEqual([5_000, 10_000, 12_000]);
  expect(fold?.asOfSeq).toBe(12_000);
});

import { expect, it } from 'vitest';
import { storedEvent } from '../../history/events.test-support';
import { foldedInOrder } from './fold-in-order';

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
      onTrouble: (error) => expect.fail(String(error)),
      onProgress: (done) => told.push(done),
      stopped: () => false,
      gently: false,
    },
  );
  expect(told).toEqual([5_000, 10_000, 12_000]);
  expect(fold?.asOfSeq).toBe(12_000);
});

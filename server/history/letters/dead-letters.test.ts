import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestHistory, type TestHistory } from '../events.test-support';
import type { DeadLetterFilter, NewDeadLetter } from './letter-types';

let test: TestHistory;
beforeEach(async () => {
  test = await openTestHistory();
});
afterEach(() => test.close());

const letter = (change: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  kind: 'handler',
  reason: 'broken',
  content: '{}',
  eventType: 'ELO_UPDATED',
  eventId: null,
  source: 'test',
  reference: 'notify',
  at: 100,
  ...change,
});

/** Ids of the letters that match, oldest first. */
async function idsOf(filter: DeadLetterFilter): Promise<number[]> {
  const { letters, total } = await test.history.listDeadLetters({ ...filter, limit: 100 });
  expect(total).toBe(letters.length);
  return letters.map(({ id }) => id).reverse();
}

describe('dead letters', () => {
  it('are found by kind, type, reference and words of the reason, which are taken literally', async () => {
    await test.history.addDeadLetters([
      letter(),
      letter({ kind: 'row', reference: '7', reason: 'Row 7: 50% of a_b', eventId: 'x' }),
      letter({ eventType: 'HOST_ONLINE', reference: 'mail' }),
      letter({ eventType: null, reason: "it's" }),
    ]);
    expect(await idsOf({})).toEqual([1, 2, 3, 4]);
    expect(await idsOf({ kind: 'row' })).toEqual([2]);
    expect(await idsOf({ kind: 'handler', eventType: 'ELO_UPDATED' })).toEqual([1]);
    expect(await idsOf({ reference: 'mail' })).toEqual([3]);
    expect(await idsOf({ text: '50% OF A_B' })).toEqual([2]);
    expect(await idsOf({ text: '%' })).toEqual([2]);
    expect(await idsOf({ text: "it's" })).toEqual([4]);
  });

  it('are counted by cause, the largest first', async () => {
    await test.history.addDeadLetters([
      letter({ at: 5 }),
      letter({ at: 9 }),
      letter({ kind: 'row', reference: '7', eventId: 'a' }),
      letter({ kind: 'row', reference: '8', eventId: 'b' }),
      letter({ kind: 'row', reference: '9', eventId: 'c' }),
    ]);
    expect(await test.history.deadLetterGroups(10)).toEqual([
      { kind: 'row', eventType: 'ELO_UPDATED', handler: null, count: 3, firstAt: 100, lastAt: 100 },
      { kind: 'handler', eventType: 'ELO_UPDATED', handler: 'notify', count: 2, firstAt: 5, lastAt: 9 },
    ]);
  });

  it('are decided by id once, and keep their status over a restart', async () => {
    await test.history.addDeadLetters([letter(), letter(), letter()]);
    expect(await test.history.resolveDeadLetters([1, 2, 99], 'retried')).toBe(2);
    expect(await test.history.resolveDeadLetters([1], 'discarded')).toBe(0);
    await test.reopen();
    expect(await idsOf({})).toEqual([3]);
    expect(await idsOf({ status: 'retried' })).toEqual([1, 2]);
    expect(await test.history.deadLetterGroups(10)).toMatchObject([{ count: 1 }]);
  });

  it('that came after they were counted stay out of what is discarded', async () => {
    await test.history.addDeadLetters([letter(), letter({ reference: 'mail' }), letter()]);
    const filter = { reference: 'notify' };
    const counted = await test.history.countDeadLetters({ filter, upToId: Number.MAX_SAFE_INTEGER });
    expect(counted).toEqual({ count: 2, upToId: 3 });
    await test.history.addDeadLetters([letter()]);
    expect(await test.history.discardDeadLetters({ filter, upToId: counted.upToId })).toBe(2);
    expect(await idsOf({})).toEqual([2, 4]);
    expect(await test.history.countDeadLetters({ filter: { kind: 'row' }, upToId: 99 })).toEqual({
      count: 0,
      upToId: 0,
    });
  });

  it('are handed out oldest first above an id, and told why they stay', async () => {
    await test.history.addDeadLetters([letter(), letter(), letter(), letter()]);
    const all = { filter: {}, upToId: 3 };
    expect((await test.history.openDeadLetters(all, 1, 10)).map(({ id }) => id)).toEqual([2, 3]);
    expect((await test.history.openDeadLetters({ ids: [4, 2] }, 0, 10)).map(({ id }) => id)).toEqual([2, 4]);
    await test.history.resolveDeadLetters([2], 'retried');
    await test.history.explainDeadLetters([
      { id: 1, reason: 'still broken' },
      { id: 2, reason: 'too late' },
    ]);
    const reasons = await test.history.openDeadLetters(all, 0, 10);
    expect(reasons.map(({ id, reason }) => [id, reason])).toEqual([
      [1, 'still broken'],
      [3, 'broken'],
    ]);
  });
});

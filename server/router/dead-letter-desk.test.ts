import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../domain/events/envelope';
import { openTestHistory, type TestHistory } from '../history/events.test-support';
import type { NewDeadLetter } from '../history/letters/letter-types';
import { DeadLetterDesk, type DeskParts } from './dead-letter-desk';
import { UnifiedEventRouter } from './router';

let test: TestHistory;
let router: UnifiedEventRouter;
beforeEach(async () => {
  test = await openTestHistory();
  router = new UnifiedEventRouter({ history: test.history });
});
afterEach(async () => {
  await router.stop();
  await test.close();
});

const ALL = { filter: {}, upToId: Number.MAX_SAFE_INTEGER };

function desk(change: Partial<DeskParts> = {}): DeadLetterDesk {
  return new DeadLetterDesk({
    history: test.history,
    redeliver: (handler, event) => router.redeliver(handler, event),
    retryRow: () => Promise.resolve('no row here'),
    changed: () => undefined,
    ...change,
  });
}

/** A handler that fails on everything until it is mended; what it has done by then. */
function subscribeBroken(name: string): { mend(): void; readonly done: StoredEvent[] } {
  let broken = true;
  const done: StoredEvent[] = [];
  router.subscribe(
    'ELO_UPDATED',
    (event) => {
      if (broken) throw new Error(`${name} is broken`);
      done.push(event);
    },
    { name },
  );
  return { mend: () => (broken = false), done };
}

const publish = async (count: number): Promise<void> => {
  for (let n = 0; n < count; n++) await router.publish('ELO_UPDATED', { n });
};
/** Letters of handlers are written behind the events. */
async function written(count: number): Promise<void> {
  while ((await test.history.countDeadLetters(ALL)).count < count)
    await new Promise((resolve) => setImmediate(resolve));
}
const statuses = async (): Promise<Record<string, number>> => {
  const total = async (status: 'open' | 'retried' | 'discarded') =>
    (await test.history.listDeadLetters({ status, limit: 1 })).total;
  return {
    open: await total('open'),
    retried: await total('retried'),
    discarded: await total('discarded'),
  };
};
const letter = (change: Partial<NewDeadLetter>): NewDeadLetter => ({
  kind: 'handler',
  reason: 'r',
  content: '{}',
  eventType: null,
  eventId: null,
  source: 's',
  reference: null,
  at: 1,
  ...change,
});

describe('retrying letters of handlers', () => {
  it('gives each handler its events again in their order, and resolves the letters', async () => {
    const [a, b] = [subscribeBroken('a'), subscribeBroken('b')];
    await publish(3);
    await written(6);
    a.mend();
    b.mend();
    let told = 0;
    const answer = await desk({ changed: () => told++ }).retry(ALL);
    expect(answer).toEqual({ retried: 6, stayed: 0, reasons: [], next: null });
    for (const { done } of [a, b]) expect(done.map(({ payload }) => payload['n'])).toEqual([0, 1, 2]);
    expect(await statuses()).toEqual({ open: 0, retried: 6, discarded: 0 });
    expect(told).toBe(1);
  });

  it('leaves what fails again open with the new reason, and makes no further letter or event of it', async () => {
    const handler = subscribeBroken('a');
    await publish(2);
    await written(2);
    const head = test.history.headSeq;
    const answer = await desk({ redeliver: () => Promise.reject(new Error('still so')) }).retry({ ids: [1] });
    expect(answer).toMatchObject({ retried: 0, stayed: 1, reasons: [{ id: 1, reason: 'still so' }] });
    handler.mend();
    expect(await desk().retry({ ids: [2] })).toMatchObject({ retried: 1, stayed: 0 });
    expect(await statuses()).toEqual({ open: 1, retried: 1, discarded: 0 });
    const { letters } = await test.history.listDeadLetters({ limit: 5 });
    expect(letters.map(({ reason }) => reason)).toEqual(['still so']);
    expect(test.history.headSeq).toBe(head);
  });

  it('says what is missing: the handler, the event, or both from the letter', async () => {
    await publish(1);
    const [event] = await test.history.eventsAfter(0, 1);
    await test.history.addDeadLetters([
      letter({ reference: 'gone', eventId: event?.eventId ?? null }),
      letter({ reference: 'gone', eventId: '00000000-0000-7000-8000-000000000000' }),
      letter({}),
    ]);
    const { reasons } = await desk().retry(ALL);
    expect(reasons.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/No handler named "gone"/),
      expect.stringMatching(/not in this history/),
      expect.stringMatching(/does not say which handler/),
    ]);
  });

  it('works in turns: a long retry goes on from where the last call stopped, and tries each letter once', async () => {
    await test.history.addDeadLetters(Array.from({ length: 130 }, () => letter({ kind: 'row' })));
    const tried: number[] = [];
    let now = 0;
    const slow = desk({
      now: () => now,
      retryRow: ({ id }) => {
        tried.push(id);
        now += 100;
        return Promise.resolve(id % 2 === 0 ? null : 'odd');
      },
    });
    let calls = 0;
    let retried = 0;
    for (let next: number | null = 0; next !== null; calls++) {
      const answer = await slow.retry(ALL, next);
      retried += answer.retried;
      next = answer.next;
    }
    expect(tried).toEqual(Array.from({ length: 130 }, (_, n) => n + 1));
    expect(retried).toBe(65);
    expect(calls).toBe(5);
    expect(await statuses()).toMatchObject({ open: 65, retried: 65 });
  });

  it('tries at least one letter per call, however slow it is', async () => {
    await test.history.addDeadLetters([letter({ kind: 'row' }), letter({ kind: 'row' })]);
    let now = 0;
    const slow = desk({ now: () => now, retryRow: () => Promise.resolve(((now += 60_000), null)) });
    expect(await slow.retry(ALL)).toMatchObject({ retried: 1, next: 1 });
    expect(await slow.retry(ALL, 1)).toMatchObject({ retried: 1 });
  });

  it('does not try one letter twice when two people press at once', async () => {
    await test.history.addDeadLetters([letter({ kind: 'row' })]);
    let finish: (() => void) | undefined;
    const both = desk({
      retryRow: () => new Promise((resolve) => (finish = () => resolve(null))),
    });
    const first = both.retry(ALL);
    while (finish === undefined) await new Promise((resolve) => setImmediate(resolve));
    expect(await both.retry(ALL)).toMatchObject({
      stayed: 1,
      reasons: [{ reason: expect.stringMatching(/by somebody else/) as string }],
    });
    finish();
    expect(await first).toMatchObject({ retried: 1 });
  });
});

describe('discarding', () => {
  it('concerns what was counted, and takes a letter out of every further retry', async () => {
    subscribeBroken('a');
    await publish(3);
    await written(3);
    const { count, upToId } = await desk().count(ALL);
    expect(count).toBe(3);
    await publish(1);
    // The same content is a repetition and reaches nobody: a fourth letter comes of another event.
    await router.publish('ELO_UPDATED', { n: 99 });
    await written(4);
    expect(await desk().discard({ filter: { reference: 'a' }, upToId })).toBe(3);
    expect(await statuses()).toEqual({ open: 1, retried: 0, discarded: 3 });
    expect(await desk().retry({ ids: [1, 2, 3] })).toMatchObject({ retried: 0, stayed: 0, next: null });
  });
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Counters } from './counters';
import type { ReaderPool } from './reader-pool';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A counting thread whose answers come when the test says so. */
function thread() {
  const answers: ((summary: object) => void)[] = [];
  const close = vi.fn(() => Promise.resolve());
  const ask = () => new Promise((resolve) => answers.push(resolve));
  return { pool: { ask, close } as unknown as ReaderPool, answers, close };
}

it('ends the counting thread once nobody has asked for a while, and starts it again', async () => {
  const threads = [thread(), thread()];
  const start = vi.fn(() => threads[start.mock.calls.length - 1]!.pool);
  const counters = new Counters(start, 1_000);
  expect(counters.running).toBe(false);
  const first = counters.ask('summary', {}, { buckets: 0 }, undefined);
  const second = counters.ask('exactSummary', {}, { buckets: 0 }, undefined);
  threads[0]!.answers[0]!({});
  await first;
  await vi.advanceTimersByTimeAsync(5_000);
  // The other one still counts.
  expect([counters.running, threads[0]!.close.mock.calls.length]).toEqual([true, 0]);
  threads[0]!.answers[1]!({});
  await second;
  await vi.advanceTimersByTimeAsync(999);
  expect(counters.running).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect([counters.running, threads[0]!.close.mock.calls.length]).toEqual([false, 1]);
  const again = counters.ask('summary', {}, { buckets: 0 }, undefined);
  threads[1]!.answers[0]!({});
  await again;
  expect(start).toHaveBeenCalledTimes(2);
  await counters.close();
});

it('is started where a count is expected, once, and ends again if none comes', async () => {
  const threads = [thread(), thread()];
  const start = vi.fn(() => threads[start.mock.calls.length - 1]!.pool);
  const asked = threads.map(({ pool }) => vi.spyOn(pool, 'ask'));
  const counters = new Counters(start, 1_000);
  counters.prepare();
  counters.prepare();
  expect([start.mock.calls.length, asked[0]?.mock.calls]).toEqual([1, [['prepareCounts']]]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([counters.running, threads[0]!.close.mock.calls.length]).toEqual([false, 1]);
  counters.prepare();
  const count = counters.ask('summary', {}, { buckets: 0 }, undefined);
  expect(start).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(5_000);
  // It still counts.
  expect(counters.running).toBe(true);
  threads[1]!.answers.forEach((answer) => answer({}));
  await count;
  await counters.close();
});

it('is not missed where it cannot be prepared', async () => {
  let asked = 0;
  // No mock: it would handle what nobody else does.
  const ask = () => Promise.reject(new Error(`closed ${String((asked += 1))}`));
  const counters = new Counters(() => ({ ask, close: () => Promise.resolve() }) as unknown as ReaderPool);
  counters.prepare();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toBe(1);
  await counters.close();
});

it('takes no more at a time than it can answer', async () => {
  const { pool, answers } = thread();
  const counters = new Counters(() => pool);
  const some = Array.from({ length: 4 }, () => counters.ask('exactSummary', {}, { buckets: 0 }, undefined));
  await expect(counters.ask('exactSummary', {}, { buckets: 0 }, undefined)).rejects.toMatchObject({
    code: 'busy',
  });
  answers.forEach((answer) => answer({}));
  await Promise.all(some);
  await counters.close();
});

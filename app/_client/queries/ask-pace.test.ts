import { afterEach, expect, it, vi } from 'vitest';
import { Asking, AskPace } from './ask-pace';

afterEach(() => void vi.useRealTimers());

/** When one asks who is told of changes at these times. */
function asked(changes: readonly number[]): number[] {
  const pace = new AskPace();
  const times: number[] = [];
  let due: number | null = null;
  const until = (now: number): void => {
    if (due === null || due > now) return;
    pace.asks(due);
    times.push(due);
    due = null;
  };
  for (const now of changes) {
    until(now);
    due ??= now + pace.changed(now);
    until(now);
  }
  until(Infinity);
  return times;
}

it('asks at once, and soon again for what follows at once', () => {
  expect(asked([0, 100, 300])).toEqual([0, 500]);
});

it('asks ever more seldom while changes go on, and of the last one in any case', () => {
  const steady = Array.from({ length: 201 }, (_, index) => index * 100);
  expect(asked(steady)).toEqual([0, 500, 1_500, 3_500, 8_500, 13_500, 18_500, 23_500]);
});

it('is as quick as at first after a quiet time, and not after changes just less often than it asks', () => {
  expect(asked([0, 100, 600, 1_600, 6_500, 6_600])).toEqual([0, 500, 1_500, 3_500, 8_500]);
  expect(asked([0, 100, 5_500, 5_600])).toEqual([0, 500, 5_500, 6_000]);
});

/** When questions begin whose answers take so long, while something changes ten times a second. */
async function askedOf(answerMs: number, changesMs: number, untilMs: number): Promise<number[]> {
  vi.useFakeTimers();
  const times: number[] = [];
  const began = performance.now();
  const asking = new Asking(() => {
    times.push(Math.round((performance.now() - began) / 100) * 100);
    return new Promise((resolve) => setTimeout(resolve, answerMs));
  });
  for (let at = 0; at < untilMs; at += 100) {
    if (at <= changesMs) asking.changed();
    await vi.advanceTimersByTimeAsync(100);
  }
  return times;
}

it('asks one question at a time, and once more for all that changed meanwhile', async () => {
  expect(await askedOf(4_000, 3_000, 20_000)).toEqual([0, 4_000]);
  expect(await askedOf(50, 0, 20_000)).toEqual([0]);
});

it('keeps its pace where answers are quick', async () => {
  expect(await askedOf(50, 9_000, 20_000)).toEqual([0, 500, 1_500, 3_500, 8_500, 13_500]);
});

it('asks nothing more once it was stopped, also while an answer is under way', async () => {
  vi.useFakeTimers();
  const ask = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
  const asking = new Asking(ask);
  asking.changed();
  await vi.advanceTimersByTimeAsync(10);
  asking.changed();
  asking.stop();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(ask).toHaveBeenCalledTimes(1);
});

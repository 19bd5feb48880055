import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from './paced';

let change: () => void = () => undefined;
const subscribe = (listener: () => void) => {
  change = listener;
  return () => (change = () => undefined);
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('tells at once after a pause, then at its pace under steady changes', () => {
  const told: number[] = [];
  const began = performance.now();
  paced(subscribe, 250)(() => told.push(performance.now() - began));
  for (let at = 0; at < 1_000; at += 50) {
    change();
    vi.advanceTimersByTime(50);
  }
  expect(told).toEqual([0, 250, 500, 750, 1_000]);
});

it('tells of the last change even when no other follows, and of nothing once stopped', () => {
  const listener = vi.fn();
  const stop = paced(subscribe, 250)(listener);
  change();
  vi.advanceTimersByTime(10);
  change();
  vi.advanceTimersByTime(250);
  expect(listener).toHaveBeenCalledTimes(2);
  change();
  stop();
  vi.advanceTimersByTime(1_000);
  expect(listener).toHaveBeenCalledTimes(2);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ticks } from './ticks';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const EVERY = 5;

function setUp() {
  let [seq, clock] = [10, 1_000];
  const listeners = new Set<() => void>();
  const told: number[] = [];
  const source = {
    listen: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    status: () => ({ as_of_seq: seq, clock }),
  };
  const slow = ticks(source, EVERY);
  const stop = slow.subscribe(() => told.push(slow.seq()));
  const folded = (events: number, seconds: number): void => {
    seq += events;
    clock += seconds;
    for (const listener of listeners) listener();
  };
  return { folded, told, stop, listeners };
}

it('ticks at once where event time moved on far enough, and not for less', () => {
  const { folded, told } = setUp();
  folded(3, 4);
  expect(told).toEqual([]);
  folded(1, 1);
  expect(told).toEqual([14]);
  folded(1, 60);
  expect(told).toEqual([14, 15]);
});

it('ticks a while after a change where event time stands still, as of the last one', () => {
  const { folded, told } = setUp();
  folded(1, 0);
  vi.advanceTimersByTime(3_000);
  folded(1, 0);
  vi.advanceTimersByTime(1_999);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([12]);
  vi.advanceTimersByTime(60_000);
  folded(0, 0);
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([12]);
});

it('ends with its reader', () => {
  const { folded, told, stop, listeners } = setUp();
  folded(1, 0);
  stop();
  vi.advanceTimersByTime(60_000);
  expect([told, listeners.size]).toEqual([[], 0]);
});

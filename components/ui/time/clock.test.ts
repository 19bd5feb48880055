import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClock } from './clock';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('createClock', () => {
  it('starts at the second of the server and then ticks once a second for all readers', () => {
    const clock = createClock(1_000.9);
    const [one, two] = [vi.fn(), vi.fn()];
    clock.subscribe(one);
    clock.subscribe(two);
    expect([clock.initial, clock.now(), vi.getTimerCount()]).toEqual([1_000, 1_000, 1]);
    vi.advanceTimersByTime(3_000);
    expect(clock.now()).toBe(1_003);
    expect([one.mock.calls.length, two.mock.calls.length]).toEqual([3, 3]);
  });

  it('stops with its last reader', () => {
    const clock = createClock(1_000);
    clock.subscribe(() => undefined)();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('follows the server’s clock, not the network’s jitter', () => {
    const clock = createClock(1_000);
    clock.subscribe(() => undefined);
    clock.sync(1_060, null);
    clock.sync(1_061, null);
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(1_061);
  });

  it('is never behind the newest event', () => {
    const clock = createClock(1_000);
    clock.subscribe(() => undefined);
    clock.sync(1_000, 5_000.5);
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(5_000);
  });

  it('tells the age of the server’s own doings also while ages count from the end of a history', () => {
    const clock = createClock(9_000_000.2, 1_000_000);
    const heard = vi.fn();
    clock.subscribe(heard);
    expect([clock.now(), clock.server()]).toEqual([1_000_000, 9_000_000]);
    clock.sync(9_000_000.2, 1_000_000);
    vi.advanceTimersByTime(2_000);
    expect([clock.now(), clock.server(), heard.mock.calls.length]).toEqual([1_000_000, 9_000_002, 2]);
  });

  it('stands at the end of a history to which nothing has been added for a week', () => {
    const end = 1_000_000;
    const clock = createClock(end + 8 * 86_400, end, () => end + 8 * 86_400);
    expect(clock.now()).toBe(end);
    clock.subscribe(() => undefined);
    clock.sync(end + 8 * 86_400, end + 7.5 * 86_400);
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(end + 8 * 86_400);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storedEvent } from '../../history/events.test-support';
import type { NewEvent } from '../../history/types';
import { Latecomers } from './latecomers';

const NOW = 1_766_800_000;
const HOUR = 3_600;
let total: number;
let due: ReturnType<typeof vi.fn<() => void>>;
let late: Latecomers;
let importing: boolean;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW * 1_000 });
  total = 10;
  due = vi.fn<() => void>();
  importing = false;
  late = new Latecomers(
    due,
    () => total,
    () => importing,
  );
});
afterEach(() => vi.useRealTimers());

const at = (timestamp: number, more: Partial<NewEvent> = {}) => [storedEvent(1, { timestamp, ...more })];

describe('who comes late', () => {
  it.each([
    ['of an hour ago', NOW - HOUR, NOW, {}, 1],
    ['of five minutes ago, which a spool delivers', NOW - 300, NOW, {}, 0],
    ['of long ago, while everything is', NOW - 90 * HOUR, NOW - 90 * HOUR, {}, 0],
    ['of now, behind a producer whose clock is ahead', NOW, NOW + 20 * HOUR, {}, 0],
    ['of an hour ago, which repeats another', NOW - HOUR, NOW, { duplicateOf: 'another' }, 0],
    ['before anything else', NOW - HOUR, null, {}, 0],
  ])('an event %s', (_what, timestamp, clock, more, count) => {
    late.look(at(timestamp, more), clock);
    expect(late.count).toBe(count);
  });
});

describe('when order is due', () => {
  it('once no more come', () => {
    for (let n = 0; n < 5; n++) {
      late.look(at(NOW - HOUR), NOW);
      vi.advanceTimersByTime(1_900);
    }
    expect(due).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(due).toHaveBeenCalledTimes(1);
  });

  it('not before a backlog is through that stands still for a while', () => {
    importing = true;
    late.look(at(NOW - HOUR), NOW);
    vi.advanceTimersByTime(60_000);
    expect(due).not.toHaveBeenCalled();
    importing = false;
    vi.advanceTimersByTime(2_100);
    expect(due).toHaveBeenCalledTimes(1);
  });

  it('for one in a thousand, not for fewer, and those stay counted', () => {
    total = 3_000;
    for (let n = 0; n < 2; n++) late.look(at(NOW - HOUR), NOW);
    vi.advanceTimersByTime(60_000);
    expect(due).not.toHaveBeenCalled();
    late.look(at(NOW - HOUR), NOW);
    vi.advanceTimersByTime(2_100);
    expect(due).toHaveBeenCalledTimes(1);
  });

  it('again for those that came meanwhile, after twenty times as long as it took', () => {
    late.look(at(NOW - HOUR), NOW);
    const counted = late.count;
    late.look(at(NOW - HOUR), NOW);
    vi.advanceTimersByTime(2_100);
    late.settle(counted);
    late.rest(1_000);
    vi.advanceTimersByTime(19_900);
    expect(due).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2_200);
    expect(due).toHaveBeenCalledTimes(2);
    late.settle(1);
    late.rest(1_000);
    vi.advanceTimersByTime(100_000);
    expect(due).toHaveBeenCalledTimes(2);
  });

  it('never after the stop', () => {
    late.look(at(NOW - HOUR), NOW);
    late.stop();
    late.look(at(NOW - HOUR), NOW);
    vi.advanceTimersByTime(10_000);
    expect(due).not.toHaveBeenCalled();
  });
});

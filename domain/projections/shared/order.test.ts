import { describe, expect, it } from 'vitest';
import { event, T0 } from '../testing/event';
import { isBefore, isNotOlder, register, write } from './order';

const at = (seconds: number, seq: number) => event('ELO_UPDATED', {}, seconds, { seq });
const stamp = { t: T0 + 5, s: 5 };

describe('the order of events', () => {
  it.each([
    ['later in time', at(6, 1), true],
    ['at the same time, further on in history', at(5, 6), true],
    ['the very event', at(5, 5), true],
    ['at the same time, further back in history', at(5, 4), false],
    ['earlier in time', at(4, 9), false],
  ])('%s', (_, other, notOlder) => {
    expect(isNotOlder(other, stamp)).toBe(notOlder);
    expect(isBefore(other, stamp)).toBe(!notOlder);
  });

  it('lets a register be replaced by what is not older alone, and says whether it was', () => {
    const value = register<string | null>(null);
    expect(write(value, at(5, 5), 'first')).toBe(true);
    expect(write(value, at(4, 9), 'late')).toBe(false);
    expect(write(value, at(5, 4), 'late')).toBe(false);
    expect(value).toEqual({ ...stamp, v: 'first' });
    expect(write(value, at(5, 5), 'again')).toBe(true);
    expect(write(value, at(6, 1), 'next')).toBe(true);
    expect(value).toEqual({ t: T0 + 6, s: 1, v: 'next' });
  });
});

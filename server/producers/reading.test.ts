import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Reading } from './reading';

const calls: string[] = [];
const socket = { pause: () => void calls.push('pause'), resume: () => void calls.push('resume') };
beforeEach(() => {
  calls.length = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Reading', () => {
  it('goes on no further than some events ahead of their commits', () => {
    const reading = new Reading({ transport: { socket } });
    reading.began(100);
    expect(calls).toEqual([]);
    reading.began(50);
    reading.began(50);
    expect(calls).toEqual(['pause']);
    reading.ended(50);
    expect(calls).toEqual(['pause']);
    reading.ended(50);
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('stands still while it is held, whatever is answered meanwhile', () => {
    const reading = new Reading({ transport: { socket } });
    reading.began(300);
    reading.hold(400);
    reading.hold(400);
    reading.ended(300);
    vi.advanceTimersByTime(399);
    expect(calls).toEqual(['pause']);
    vi.advanceTimersByTime(1);
    expect(calls).toEqual(['pause', 'resume']);
  });

  it('does without a brake where the connection has none', () => {
    const reading = new Reading({ transport: {} });
    reading.began(1_000);
    reading.hold(1);
    reading.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

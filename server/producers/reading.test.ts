import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Reading, ReadTurns } from './reading';

const calls: string[] = [];
const socket = { pause: () => void calls.push('pause'), resume: () => void calls.push('resume') };
const at = (name: string) => ({
  transport: {
    socket: { pause: () => void calls.push(`${name} pause`), resume: () => void calls.push(name) },
  },
});
/** Those whose turns of the event loop come at once. */
const atOnce = (): ReadTurns => new ReadTurns((work) => work());
beforeEach(() => {
  calls.length = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Reading', () => {
  it('goes on no further than some events ahead of their commits', () => {
    const reading = new Reading({ transport: { socket } }, atOnce());
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
    const reading = new Reading({ transport: { socket } }, atOnce());
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
    const reading = new Reading({ transport: {} }, atOnce());
    reading.began(1_000);
    reading.hold(1);
    reading.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on with one connection in a turn of the event loop, in their order', () => {
    const later: (() => void)[] = [];
    const turns = new ReadTurns((work) => void later.push(work));
    const readings = ['a', 'b', 'c', 'd'].map((name) => new Reading(at(name), turns));
    for (const reading of readings) reading.began(200);
    for (const reading of readings) reading.ended(200);
    calls.length = 0;
    // One is taken in again meanwhile, and one is closed.
    readings[1]?.began(200);
    readings[2]?.close();
    expect(calls).toEqual(['b pause']);
    later.shift()?.();
    expect(calls.slice(1)).toEqual(['a']);
    later.shift()?.();
    expect(calls.slice(1)).toEqual(['a', 'd']);
    expect(later).toEqual([]);
  });
});

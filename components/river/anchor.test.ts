import { describe, expect, it } from 'vitest';
import type { EventDot } from '@/domain/events/envelope';
import { anchorOf, ticks } from './anchor';
import { DotRing } from './dot-ring';

const ringAt = (times: readonly number[]): DotRing => {
  const ring = new DotRing(() => 0, 5000);
  ring.push(times.map((time, i): EventDot => [i + 1, time, 'T', 'info']));
  return ring;
};
const many = (n: number, at: number): number[] => Array.from({ length: n }, (_, i) => at + i / n);
const NOW = 1_000_000;

describe('anchorOf', () => {
  it('is live while an event lies in the window, and while there are none at all', () => {
    expect(anchorOf(ringAt([]), NOW, 300)).toEqual({ kind: 'live', end: NOW });
    expect(anchorOf(ringAt([NOW - 90_000, NOW - 299]), NOW, 300)).toEqual({ kind: 'live', end: NOW });
    expect(anchorOf(ringAt([NOW + 3]), NOW, 300).kind).toBe('live');
  });

  it('rests on the newest event of an old history', () => {
    expect(anchorOf(ringAt([NOW - 90_000, NOW - 86_400, NOW - 87_000]), NOW, 300)).toEqual({
      kind: 'newest',
      end: NOW - 86_400,
      behind: 86_400,
    });
  });

  it('follows a clock that runs ahead, but not a single wrong one', () => {
    expect(anchorOf(ringAt([...many(5, NOW - 60), ...many(50, NOW + 600)]), NOW, 300).end).toBeCloseTo(
      NOW + 601,
      0,
    );
    expect(anchorOf(ringAt([...many(5, NOW - 60), NOW + 9e6]), NOW, 300)).toEqual({ kind: 'live', end: NOW });
    expect(anchorOf(ringAt([...many(500, NOW - 9000), NOW + 9e6]), NOW, 300).end).toBeCloseTo(NOW - 8999, 0);
  });
});

describe('ticks', () => {
  it('gives round times within the window, never more than asked', () => {
    expect(ticks(1003, 1303, 6)).toEqual([1020, 1080, 1140, 1200, 1260]);
    for (const most of [2, 4, 8]) expect(ticks(1003, 1603, most).length).toBeLessThanOrEqual(most + 1);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EventRow } from '@/domain/events/envelope';
import { NewestRows } from './newest-rows';

const rows = (from: number, to: number): EventRow[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i }) as EventRow);
const seqs = (newest: NewestRows): number[] => newest.shown().map((row) => row.seq);

describe('NewestRows', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('shows what came within a tenth of a second, newest first', () => {
    const newest = new NewestRows(rows(1, 2), 3);
    let told = 0;
    newest.subscribe(() => (told += 1));
    newest.take(rows(3, 3), false);
    newest.take(rows(4, 4), false);
    expect(seqs(newest)).toEqual([2, 1]);
    vi.advanceTimersByTime(100);
    expect(seqs(newest)).toEqual([4, 3, 2]);
    expect(told).toBe(1);
  });

  it('goes on showing in a rush, once a second', () => {
    const newest = new NewestRows([], 3);
    let told = 0;
    newest.subscribe(() => (told += 1));
    for (let i = 0; i < 100; i++) {
      newest.take(rows(i * 10 + 1, i * 10 + 10), false);
      vi.advanceTimersByTime(50);
    }
    expect(told).toBeGreaterThanOrEqual(4);
    expect(told).toBeLessThanOrEqual(7);
    vi.advanceTimersByTime(1000);
    expect(seqs(newest)).toEqual([1000, 999, 998]);
  });

  it('holds still while somebody points at it, and loses nothing by it', () => {
    const newest = new NewestRows(rows(1, 1), 3);
    newest.hold(true);
    newest.take(rows(2, 3), false);
    vi.advanceTimersByTime(5000);
    expect(seqs(newest)).toEqual([1]);
    newest.hold(false);
    expect(seqs(newest)).toEqual([3, 2, 1]);
  });

  it('takes older ones below what it has, until it is full, also while more arrive', () => {
    const newest = new NewestRows(rows(8, 9), 5);
    expect(newest.older([...rows(6, 7), ...rows(8, 8)])).toBe(true);
    expect(seqs(newest)).toEqual([9, 8, 7, 6]);
    newest.hold(true);
    newest.take(rows(10, 10), false);
    expect(newest.older(rows(4, 5))).toBe(false);
    expect(seqs(newest)).toEqual([9, 8, 7, 6]);
    newest.hold(false);
    expect(seqs(newest)).toEqual([10, 9, 8, 7, 6]);
    expect(new NewestRows([], 3).older(rows(1, 1))).toBe(true);
  });

  it('starts over after a reset', () => {
    const newest = new NewestRows(rows(5, 6), 3);
    newest.take(rows(1, 2), true);
    vi.advanceTimersByTime(100);
    expect(seqs(newest)).toEqual([2, 1]);
  });
});

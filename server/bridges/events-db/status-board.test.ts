import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StatusBoard } from './status-board';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const board = (): StatusBoard => new StatusBoard('events_db', '/cluster/events.db', quiet, () => undefined);

it('the trouble with history is over once nothing failed for a while', () => {
  vi.useFakeTimers();
  const told: (string | null)[] = [];
  const say = (_: object, line: string): void => void told.push(line);
  const shown = new StatusBoard(
    'events_db',
    '/cluster/events.db',
    { ...quiet, info: say, warn: say },
    () => undefined,
  );
  shown.phase('open');
  const full = { state: 'error', kind: 'full', line: 'the disk is full' } as const;
  for (let n = 0; n < 5; n += 1) {
    shown.trouble('history', full);
    vi.advanceTimersByTime(1_000);
    shown.trouble('history', null);
    vi.advanceTimersByTime(1_000);
    expect(shown.entity).toMatchObject({ state: 'error', detail: full.line });
  }
  vi.advanceTimersByTime(2_000);
  expect(shown.entity).toMatchObject({ state: 'live', detail: null });
  expect(told).toEqual([full.line, 'events.db: all is well again.']);
  shown.close();
  vi.useRealTimers();
});

describe('the lag that a bridge tells', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is that of the last rows, and none once nothing came after them', () => {
    const shown = board();
    shown.received();
    shown.through(1_800);
    expect(shown.entity.lag_ms).toBe(1_800);
    vi.advanceTimersByTime(1_900);
    expect(shown.entity.lag_ms).toBe(1_800);
    vi.advanceTimersByTime(200);
    expect(shown.entity.lag_ms).toBe(0);
    shown.close();
  });

  it('stays while rows wait for their commit, however long that takes', () => {
    const shown = board();
    shown.received();
    shown.received();
    shown.through(1_800);
    vi.advanceTimersByTime(60_000);
    expect(shown.entity.lag_ms).toBe(1_800);
    shown.through(61_000);
    vi.advanceTimersByTime(1_000);
    shown.received();
    vi.advanceTimersByTime(60_000);
    expect(shown.entity.lag_ms).toBe(61_000);
    shown.close();
  });

  it('is not known while the file cannot be read, nor after it until rows come', () => {
    const shown = board();
    shown.received();
    shown.through(1_800);
    shown.trouble('reading', { state: 'waiting', kind: 'locked', line: 'events.db is locked' });
    expect(shown.entity.lag_ms).toBeNull();
    vi.advanceTimersByTime(60_000);
    shown.trouble('reading', null);
    expect(shown.entity.lag_ms).toBeNull();
    shown.received();
    shown.through(3);
    expect(shown.entity.lag_ms).toBe(3);
    shown.close();
  });

  it('is not known before live rows came', () => {
    const shown = board();
    shown.received();
    shown.through(null);
    vi.advanceTimersByTime(60_000);
    expect(shown.entity.lag_ms).toBeNull();
    shown.close();
  });
});

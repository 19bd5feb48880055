import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StatusBoard } from './status-board';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const board = (): StatusBoard => new StatusBoard('events_db', '/cluster/events.db', quiet, () => undefined);

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

  it('is not known before live rows came', () => {
    const shown = board();
    shown.received();
    shown.through(null);
    vi.advanceTimersByTime(60_000);
    expect(shown.entity.lag_ms).toBeNull();
    shown.close();
  });
});

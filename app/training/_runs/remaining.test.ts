import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceText, remainingOf } from './remaining';

const run = {
  ...{ status: 'running' as const, epoch: 7, total_epochs: 12, epoch_at: 1_000 },
  ...{ epoch_seconds: 80, epoch_low: 70, epoch_high: 100 },
};

describe('the time that remains', () => {
  it('is the epochs left at the pace of the last ones, less what has passed since the last', () => {
    expect(remainingOf(run, 1_030)).toEqual({
      ...{ seconds: 370, low: 320, high: 470, overdue: null },
      basis: '5 epochs × 1 min 20 s (1 min 10 s to 1 min 40 s)',
    });
  });

  it('says by how much the next epoch is late, instead of a figure that nobody believes', () => {
    expect(remainingOf(run, 1_100)?.overdue).toBeNull();
    expect(remainingOf(run, 1_109)?.overdue).toBeNull();
    expect(remainingOf(run, 1_160)?.overdue).toBe(60);
  });

  it('is nothing, and not late, after the last epoch', () => {
    expect(remainingOf({ ...run, epoch: 12 }, 9_000)).toMatchObject({ seconds: 0, overdue: null });
  });

  it.each([
    { status: 'completed' as const },
    { epoch: null },
    { total_epochs: null },
    { epoch_seconds: null },
    { epoch: 13 },
  ])('is not guessed with %o', (missing) => {
    expect(remainingOf({ ...run, ...missing }, 1_000)).toBeNull();
  });

  it('is never negative, and its bounds hold it', () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(seconds, seconds, seconds), seconds, fc.nat(50), (paces, now, epoch) => {
        const [low = 0, median = 0, high = 0] = [...paces].sort((a, b) => a - b);
        const given = { epoch_low: low, epoch_seconds: median, epoch_high: high };
        const left = remainingOf({ ...run, ...given, epoch, total_epochs: 50 }, now);
        expect(left?.low).toBeGreaterThanOrEqual(0);
        expect(left?.seconds).toBeGreaterThanOrEqual(left?.low ?? NaN);
        expect(left?.high).toBeGreaterThanOrEqual(left?.seconds ?? NaN);
      }),
    );
  });

  it('tells the pace without a range where there is none', () => {
    expect(paceText({ ...run, epoch_low: 80, epoch_high: 80 })).toBe('1 min 20 s');
    expect(paceText({ ...run, epoch_low: null })).toBeNull();
  });
});

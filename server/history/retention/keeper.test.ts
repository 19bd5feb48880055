import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEEP_EVERYTHING } from '../../../domain/retention/policy';
import { RetentionKeeper } from './keeper';
import { START, type RemovalPass, type RemovalPlace } from './removal-sql';
import type { RetentionStore } from './store';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const DAYS = 30;

/** The pauses within a run stay real; the hours between runs do not. */
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

describe('a keeper that looks every hour', () => {
  it('goes on from where the last run ended, and once a day looks at all of history', async () => {
    let now = 1_766_700_000;
    const places: RemovalPlace[] = [];
    const store = {
      setting: () =>
        Promise.resolve({
          value: JSON.stringify({ ...KEEP_EVERYTHING, max_age_days: DAYS }),
          changedAt: now,
          changedBy: 'ada',
        }),
      slice: (_pass: RemovalPass, place: RemovalPlace) => {
        places.push(place);
        return Promise.resolve({ removed: 0, next: null });
      },
    };
    const keeper = new RetentionKeeper(
      store as unknown as RetentionStore,
      pino({ level: 'silent' }),
      () => now,
    );
    await keeper.start();
    await keeper.settled();
    for (let hour = 1; hour <= 49; hour++) {
      now += HOUR;
      vi.advanceTimersByTime(HOUR * 1_000);
      await keeper.settled();
    }
    await keeper.stop();
    const begun = now - 49 * HOUR;
    expect(places).toEqual(
      Array.from({ length: 50 }, (_, hour) =>
        hour % 24 === 0 ? START : { timestamp: begun + (hour - 1) * HOUR - DAYS * DAY, seq: -1 },
      ),
    );
  });
});

const POLICY = { ...KEEP_EVERYTHING, max_age_days: 7 };

/** A store that is told where each slice begins, and in which a pass has as many slices as `ends`. */
function storeOf(ends: number, onSlice: (place: RemovalPlace, slice: number) => void): RetentionStore {
  let slices = 0;
  return {
    setting: () => Promise.resolve(null),
    saveSetting: () => Promise.resolve(),
    slice: (_pass: unknown, place: RemovalPlace) => {
      slices += 1;
      onSlice(place, slices);
      return Promise.resolve({ removed: 0, next: slices % ends === 0 ? null : { timestamp: 5, seq: 5 } });
    },
  } as unknown as RetentionStore;
}

// Else what only the earlier policy kept would stay until the next day.
it.each([
  ['in the middle of a run', 2],
  ['at the end of one', 1],
])('a policy that is set %s is applied from the beginning', async (_, ends) => {
  const places: RemovalPlace[] = [];
  const store = storeOf(ends, (place, slice) => {
    places.push(place);
    if (slice === 1) void keeper.set({ ...POLICY, keep_types: [] }, 'Ada');
  });
  const keeper = new RetentionKeeper(store, pino({ level: 'silent' }), () => 1_766_700_000);
  await keeper.set(POLICY, 'Ada');
  await keeper.settled();
  expect(places.filter((place) => place === START)).toHaveLength(2);
  await keeper.stop();
});

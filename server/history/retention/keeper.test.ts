import { pino } from 'pino';
import { expect, it } from 'vitest';
import { KEEP_EVERYTHING } from '../../../domain/retention/policy';
import { RetentionKeeper } from './keeper';
import { START, type RemovalPlace } from './removal-sql';
import type { RetentionStore } from './store';

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

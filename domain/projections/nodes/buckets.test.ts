import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addAt, addSums, bucketsOf, cell, GRAINS, nodeHistory, placesAt, totalsOf } from './buckets';

const DAY = 86_400;
const entries = fc.array(
  fc.record({ t: fc.integer({ min: 20 * DAY, max: 33 * DAY }), games: fc.nat(1_000) }),
  { minLength: 1, maxLength: 60 },
);

function historyOf(all: readonly { t: number; games: number }[]) {
  const history = nodeHistory();
  for (const { t, games } of all)
    addSums(history, t, [
      ['games', games],
      ['batches', 1],
    ]);
  return history;
}

describe('buckets', () => {
  it('add up to what came within their reach, in any order', () => {
    const shuffled = entries.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        const newest = Math.max(...all.map(({ t }) => t));
        const { seconds, count } = GRAINS.coarse;
        const oldest = (Math.floor(newest / seconds) - count + 1) * seconds;
        const reached = all.filter(({ t }) => t >= oldest);
        const totals = totalsOf(historyOf(all), -Infinity, newest);
        expect(totals).toMatchObject({
          games: reached.reduce((sum, { games }) => sum + games, 0),
          batches: reached.length,
        });
        expect(totalsOf(historyOf(other), -Infinity, newest)).toEqual(totals);
      }),
    );
  });

  it('stand for 15 minutes of the last day, and 2 hours of the last week', () => {
    const history = historyOf([
      { t: 30 * DAY, games: 1 },
      { t: 30 * DAY + 899, games: 2 },
      { t: 30 * DAY + 900, games: 4 },
    ]);
    const games = (grain: 'fine' | 'coarse') =>
      bucketsOf(history, grain, 30 * DAY, 30 * DAY + 1_000).map((bucket) => cell(bucket, 'games'));
    expect(games('fine')).toEqual([3, 4]);
    expect(games('coarse')).toEqual([7]);
  });

  it('move on only with a sum that they keep', () => {
    const history = historyOf([{ t: 30 * DAY, games: 5 }]);
    const before = structuredClone(history);
    placesAt(31 * DAY);
    expect(history).toEqual(before);
    addAt(history, placesAt(31 * DAY), 'batches', 1);
    expect(history.fine).toEqual(before.fine);
    expect(history.coarse.newest).toBeGreaterThan(before.coarse.newest);
  });

  it('keep only the first columns in the fine grain', () => {
    const history = historyOf([{ t: 30 * DAY, games: 5 }]);
    const [bucket] = bucketsOf(history, 'fine', 30 * DAY, 30 * DAY);
    expect(bucket?.cells).toHaveLength(GRAINS.fine.width);
  });
});

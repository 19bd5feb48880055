import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { t95 } from './normal';
import { configElo } from '../../../../../domain/projections/elo/state';
import { defaultTarget, eloPerThousandGames, projectionOf, velocities, velocityAt } from '../pace';
import { lineThrough, reachOf } from './trend';

const T0 = 1_766_700_000;
const points = (values: readonly (readonly [hours: number, elo: number])[]) =>
  values.map(([hours, elo], index) => ({
    t: T0 + hours * 3_600,
    s: index,
    id: `e${index}`,
    elo,
    model: null,
    games: null,
    updated: true,
  }));

describe('a line through ratings', () => {
  it('has the figures of a worked example', () => {
    const line = lineThrough([
      [1, 2],
      [2, 4],
      [3, 5],
      [4, 4],
      [5, 5],
    ]);
    expect(line?.slope).toBeCloseTo(0.6, 10);
    expect(line?.meanY).toBe(4);
    // Residual sum of squares 2.4 over three degrees of freedom.
    expect(line?.sigma).toBeCloseTo(Math.sqrt(0.8), 10);
    expect(line?.sxx).toBeCloseTo(10, 10);
  });

  it('does not exist for a single moment', () => {
    expect(lineThrough([[1, 2]])).toBeNull();
    expect(
      lineThrough([
        [1, 2],
        [1, 3],
      ]),
    ).toBeNull();
  });
});

describe('reaching a target', () => {
  it('is certain when the ratings lie on the line', () => {
    const line = lineThrough([0, 1, 2, 3, 4, 5].map((x) => [x, 1_500 + 10 * x]));
    const reach = line && reachOf(line, 1_600);
    expect(reach?.at).toBeCloseTo(10, 6);
    expect(reach?.earliest).toBeCloseTo(10, 6);
    expect(reach?.latest).toBeCloseTo(10, 6);
  });

  it('has no latest date when the rise is not certain', () => {
    const line = lineThrough([
      [0, 1_500],
      [1, 1_560],
      [2, 1_490],
      [3, 1_550],
      [4, 1_500],
      [5, 1_545],
    ]);
    const reach = line && reachOf(line, 1_600);
    expect(reach).toMatchObject({ latest: null });
    // Its earliest date is the first one at which the band of the line holds the target.
    const top = (x: number): number =>
      line === null
        ? NaN
        : line.meanY +
          line.slope * (x - line.meanX) +
          t95(line.n - 2) * line.sigma * Math.sqrt(1 / line.n + (x - line.meanX) ** 2 / line.sxx);
    expect(reach?.earliest).toBeGreaterThan(line?.meanX ?? NaN);
    expect(top(reach?.earliest ?? NaN)).toBeCloseTo(1_600, 6);
    expect(line && reachOf(line, line.meanY + 1)?.earliest).toBe(line?.meanX);
  });

  it('never comes on a falling line', () => {
    const line = lineThrough([0, 1, 2, 3, 4].map((x) => [x, 1_500 - x]));
    expect(line && reachOf(line, 1_600)).toBeNull();
  });

  it('has bounds at which the band of the line meets the target', () => {
    const noisy = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(noisy, (noise) => {
        const line = lineThrough(noise.map((each, x) => [x, 1_500 + 30 * x + each]));
        const reach = line && reachOf(line, 3_000);
        if (line === null || reach?.latest == null) return;
        const off = (x: number): number => Math.abs(line.meanY + line.slope * (x - line.meanX) - 3_000);
        const band = (x: number): number =>
          t95(line.n - 2) * line.sigma * Math.sqrt(1 / line.n + (x - line.meanX) ** 2 / line.sxx);
        expect(reach.earliest).toBeLessThanOrEqual(reach.at + 1e-6);
        expect(reach.latest).toBeGreaterThanOrEqual(reach.at - 1e-6);
        for (const x of [reach.earliest, reach.latest]) expect(off(x)).toBeCloseTo(band(x), 3);
      }),
    );
  });
});

describe('a projection', () => {
  const rising = points([0, 2, 4, 6, 8, 10].map((hour) => [hour, 1_500 + 10 * hour]));

  it('tells when a target was reached first', () => {
    expect(projectionOf(rising, 1_540)).toEqual({ kind: 'reached', at: T0 + 4 * 3_600, id: 'e2' });
  });

  it('carries the pace on', () => {
    expect(projectionOf(rising, 1_700)).toMatchObject({ kind: 'ahead', at: T0 + 20 * 3_600 });
  });

  it('says when the pace does not lead there', () => {
    const falling = points([0, 2, 4, 6, 8].map((hour) => [hour, 1_500 - hour]));
    expect(projectionOf(falling, 1_600)).toMatchObject({ kind: 'out_of_reach' });
    const creeping = points([0, 2, 4, 6, 8].map((hour) => [hour, 1_500 + hour / 1_000]));
    expect(projectionOf(creeping, 1_600)).toMatchObject({ kind: 'out_of_reach' });
  });

  it('does not judge by four ratings, or by none', () => {
    expect(projectionOf(rising.slice(0, 4), 1_700)).toEqual({ kind: 'unknown' });
    expect(projectionOf([], 1_700)).toEqual({ kind: 'unknown' });
  });

  it('never brings NaN or infinity', () => {
    const rating = fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(rating), fc.double({ min: -1e5, max: 1e5, noNaN: true }), (values, target) => {
        const series = points([...values].sort(([a], [b]) => a - b));
        const figures = Object.values(projectionOf(series, target)).filter(
          (value) => typeof value === 'number',
        );
        figures.push(...velocities(series).flat());
        expect(figures.every(Number.isFinite)).toBe(true);
      }),
    );
  });
});

describe('velocity', () => {
  it('is the slope of the last twelve hours', () => {
    const series = points([
      [0, 1_500],
      [20, 1_500],
      [24, 1_540],
      [28, 1_580],
    ]);
    expect(velocityAt(series, series[3]!.t)).toBeCloseTo(10, 6);
    expect(velocities(series)).toEqual([[series[3]!.t, expect.closeTo(10, 6)]]);
  });

  it('does not judge by ratings that span less than an hour', () => {
    const close = points([
      [0, 1_500],
      [0.001, 1_520],
      [0.9, 1_530],
    ]);
    expect(velocityAt(close, close[2]!.t)).toBeNull();
    expect(velocities(close)).toEqual([]);
    const later = [...close, ...points([[1, 1_540]])];
    expect(velocityAt(later, T0 + 3_600)).not.toBeNull();
    const rush = points([0, 0.1, 0.2, 0.3, 0.4, 0.5].map((hour) => [hour, 1_500 + 10 * hour]));
    expect(projectionOf(rush, 1_700)).toEqual({ kind: 'unknown' });
  });

  it('takes three ratings', () => {
    expect(
      velocityAt(
        points([
          [0, 1_500],
          [1, 1_510],
        ]),
        T0 + 3_600,
      ),
    ).toBeNull();
  });
});

it('the default target is the next hundred above the best', () => {
  expect([1_994.6, 2_000, -30].map(defaultTarget)).toEqual([2_000, 2_100, 0]);
});

describe('Elo per 1,000 games', () => {
  const played = (games: readonly (readonly [hour: number, games: number])[]) => ({
    ...configElo(),
    games: new Map(games.map(([hour, count]) => [T0_HOUR + hour, count])),
  });
  const T0_HOUR = Math.floor(T0 / 3_600);
  const at = (hours: number) => (T0_HOUR + hours) * 3_600;

  it('sets the gain of full hours against their games', () => {
    const even = played(Array.from({ length: 20 }, (_, hour) => [hour, 500]));
    expect(eloPerThousandGames(even, 10, at(15))).toBeCloseTo(20, 9);
    // Nothing changes within an hour, however much is played in it after the last rating.
    expect(eloPerThousandGames(even, 10, at(15.1))).toBeCloseTo(20, 9);
    expect(eloPerThousandGames(even, 10, at(15.9))).toBeCloseTo(20, 9);
  });

  it('counts no hours from before the first game that is known', () => {
    const young = played([
      [10, 500],
      [11, 500],
      [12, 500],
    ]);
    expect(eloPerThousandGames(young, 10, at(13))).toBeCloseTo(20, 9);
    expect(eloPerThousandGames(young, 10, at(10.5))).toBeNull();
    expect(eloPerThousandGames(played([]), 10, at(13))).toBeNull();
  });
});

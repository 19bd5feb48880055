import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCoarse,
  formatCompact,
  formatCount,
  formatDuration,
  formatElo,
  formatFixed,
  formatHourly,
  formatPercent,
  formatPlural,
  formatQuality,
  formatRate,
  formatSuperiority,
  formatWinRate,
  humanise,
  NONE,
} from './format';

describe('durations and ages', () => {
  it.each([
    [0, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [200, '3 min 20 s'],
    [720, '12 min'],
    [3_660, '1 h 1 min'],
    [7_500, '2 h 5 min'],
    [273_600, '3 d 4 h'],
    [900_000, '10 d'],
    [-5, '0 s'],
    [null, NONE],
  ])('%s s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [59, '59 s'],
    [200, '3 min'],
    [86_399, '23 h'],
    [273_600, '3 d'],
    [NaN, NONE],
  ])('%d s is %s, coarsely', (seconds, text) => expect(formatCoarse(seconds)).toBe(text));

  it('never says an age of the future', () => {
    expect(formatAge(101, 100)).toBe('now');
    expect(formatAge(40, 100)).toBe('1 min ago');
  });
});

describe('figures', () => {
  it('writes a rating one way, without a comma', () => {
    expect([1_640.96, 994.64, -12, null].map((elo) => formatElo(elo))).toEqual([
      '1641.0',
      '994.6',
      '−12.0',
      '–',
    ]);
    expect(formatElo(12_040.4, 0)).toBe('12040');
  });

  it('shortens as axes do: a million is no m, which would read as minutes', () => {
    expect([34_530, 1_234_567, 2.5e9].map(formatCompact)).toEqual(['34.5K', '1.2M', '2.5B']);
  });

  it('never calls superiority certain', () => {
    expect([0.99999, 0.5, 0.00001, null].map(formatSuperiority)).toEqual([
      '> 99.9 %',
      '50.0 %',
      '< 0.1 %',
      '–',
    ]);
  });

  it('groups, rounds and names their unit', () => {
    expect(formatCount(32_874)).toBe('32,874');
    expect(formatFixed(1994.64)).toBe('1994.6');
    expect(formatPercent(0.567)).toBe('57 %');
    expect([formatWinRate(0.5673), formatWinRate(null)]).toEqual(['56.7 %', '–']);
    expect([0.598, 0.6].map(formatQuality)).toEqual(['0.598', '0.600']);
    expect([formatFixed(-1.18, 2), formatCount(-1_200)]).toEqual(['−1.18', '−1,200']);
    expect(formatRate(0.044)).toBe('0.04');
    expect(formatRate(3.21)).toBe('3.2');
    expect(formatRate(480.2)).toBe('480');
    expect([0, 999, 1_450, 21_000_000].map(formatBytes)).toEqual(['0 B', '999 B', '1.4 kB', '21 MB']);
    expect([1, 2].map((count) => formatPlural(count, 'browser'))).toEqual(['1 browser', '2 browsers']);
    expect([0, 0.5, 3.2, 4, 32, 412.6, 1_065].map(formatHourly)).toEqual([
      '0',
      '0.50',
      '3.2',
      '4',
      '32',
      '413',
      '1,065',
    ]);
    expect(humanise('QUALITY_SCORE_UPDATED')).toBe('Quality score updated');
    expect(humanise('npz_export_complete')).toBe('NPZ export complete');
  });

  it('never shows NaN or Infinity', () => {
    const odd = fc.constantFrom(NaN, Infinity, -Infinity, null);
    fc.assert(
      fc.property(odd, (value) => {
        for (const format of [formatCount, formatFixed, formatHourly, formatPercent, formatRate]) {
          expect(format(value)).toBe(NONE);
        }
      }),
    );
  });
});

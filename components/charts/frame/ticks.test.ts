import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  niceScale,
  numberTicks,
  numberTickText,
  timeTicks,
  timeTickText,
  trimmed,
  utcOffset,
  valueText,
} from './ticks';

const at = (iso: string): number => Date.parse(iso) / 1000;

describe('a y axis', () => {
  it('begins and ends on a tick', () => {
    expect(niceScale([1_473, 1_994], 4)).toEqual({
      domain: [1_400, 2_000],
      ticks: [1_400, 1_600, 1_800, 2_000],
      step: 200,
    });
    expect(niceScale([0, 0.83], 4).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('of a low picture ends near its values, and never below them', () => {
    expect(trimmed(niceScale([0, 1_075], 2, 1), 1_075)).toMatchObject({
      domain: [0, 1_250],
      ticks: [0, 1_000],
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 6 }), (high, count) => {
        const whole = niceScale([0, high], count, 1);
        const { domain, ticks } = trimmed(whole, high);
        expect(domain[1]).toBeGreaterThanOrEqual(high - high * 1e-9);
        expect(domain[1] - high).toBeLessThan(whole.step / 4 + whole.step * 1e-6);
        expect(ticks.every((tick) => tick <= domain[1])).toBe(true);
      }),
    );
  });

  it('has room around a single value', () => {
    const { domain, ticks } = niceScale([1_500, 1_500], 4);
    expect(domain[0]).toBeLessThan(1_500);
    expect(domain[1]).toBeGreaterThan(1_500);
    expect(ticks.length).toBeGreaterThan(1);
  });

  it('has room around a small value, down to the smallest number there is', () => {
    expect(niceScale([0.002, 0.002], 2).domain).toEqual([0.001, 0.003]);
    for (const value of [1e-9, 1e-13, Number.MIN_VALUE, -Number.MIN_VALUE]) {
      const { domain, ticks } = niceScale([value, value], 5);
      expect(domain[0]).toBeLessThan(value);
      expect(domain[1]).toBeGreaterThan(value);
      expect(ticks.length).toBeGreaterThan(1);
    }
  });

  it('holds all values, with few and ascending ticks', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 2, max: 10 }), (a, b, count) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const { domain, ticks, step } = niceScale([low, high], count);
        expect(domain[0]).toBeLessThanOrEqual(low + step * 1e-6);
        expect(domain[1]).toBeGreaterThanOrEqual(high - step * 1e-6);
        expect(ticks.length).toBeLessThanOrEqual(count + 3);
        expect([...ticks].sort((x, y) => x - y)).toEqual(ticks);
      }),
    );
  });

  it('tells neighbours apart with as few decimals as that takes', () => {
    expect(numberTickText(1_400, 200)).toBe('1,400');
    expect(numberTickText(0.25, 0.25)).toBe('0.25');
    expect(numberTickText(2.5, 2.5)).toBe('2.5');
    expect(numberTickText(2_500_000, 500_000)).toBe('2.5M');
    expect([0, 50_000, 100_000].map((value) => numberTickText(value, 50_000))).toEqual(['0', '50K', '100K']);
    expect(valueText(1_994.64, 'games')).toBe('1,994.6 games');
    expect(valueText(NaN, 'Elo')).toBe('–');
    expect(numberTickText(-20, 20)).toBe('−20');
    expect(numberTickText(-2e300, 1e300)).toBe('−2.0e300');
  });

  it('writes ratings as everywhere else, without a comma', () => {
    expect([1_400, 1_450].map((elo) => numberTickText(elo, 50, 'Elo'))).toEqual(['1400', '1450']);
    expect(numberTickText(1_412.5, 2.5, 'Elo')).toBe('1412.5');
    expect(valueText(1_994.64, 'Elo')).toBe('1994.6 Elo');
    expect(numberTickText(1e300, 1e299, 'Elo')).toBe('1.0e300');
  });

  it('stands with the largest numbers there are', () => {
    const { domain, ticks } = niceScale([-Number.MAX_VALUE, Number.MAX_VALUE], 4);
    expect(domain.every(Number.isFinite)).toBe(true);
    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.every(Number.isFinite)).toBe(true);
  });
});

describe('a time axis', () => {
  const day: [number, number] = [at('2025-12-25T22:10:00Z'), at('2025-12-27T10:00:00Z')];

  it('ticks on whole hours and names the day at midnight', () => {
    const { ticks, step } = timeTicks(day, 6, utcOffset);
    expect(step).toBe(6 * 3_600);
    expect(ticks.map((tick) => timeTickText(tick, step, utcOffset))).toEqual([
      '26 Dec',
      '06:00',
      '12:00',
      '18:00',
      '27 Dec',
      '06:00',
    ]);
  });

  it('ticks on whole hours of another zone', () => {
    const india = (): number => 5.5 * 3_600;
    const { ticks, step } = timeTicks(day, 6, india);
    expect(ticks.map((tick) => timeTickText(tick, step, india))).toContain('27 Dec');
    expect(ticks.every((tick) => (tick + india()) % step === 0)).toBe(true);
  });

  it('keeps its ticks on the hour when clocks change', () => {
    const change = at('2025-10-26T01:00:00Z');
    const berlin = (t: number): number => (t < change ? 7_200 : 3_600);
    const { ticks, step } = timeTicks([change - 36_000, change + 36_000], 6, berlin);
    expect(ticks.map((tick) => timeTickText(tick, step, berlin))).toEqual([
      '18:00',
      '26 Oct',
      '06:00',
      '12:00',
    ]);
  });

  it('tells the year where ticks are months apart', () => {
    const { ticks, step } = timeTicks([at('2024-03-01T00:00:00Z'), at('2026-03-01T00:00:00Z')], 6, utcOffset);
    expect(step).toBe(182 * 86_400);
    expect(timeTickText(ticks[0] ?? 0, step, utcOffset)).toMatch(/^[A-Z][a-z]{2} 2024$/);
  });

  it('has an end also where the next whole number cannot be told from this one', () => {
    expect(numberTicks([2 ** 55, 2 ** 55 + 64], 100).ticks.length).toBeLessThanOrEqual(100);
  });

  it('shows seconds when they are all there is', () => {
    const { ticks, step } = timeTicks([day[0], day[0] + 60], 6, utcOffset);
    expect(timeTickText(ticks[1] ?? 0, step, utcOffset)).toBe('22:10:10');
  });

  it('never has many ticks, and all of them inside', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 2, max: 12 }), (span, count) => {
        const { ticks } = timeTicks([day[0], day[0] + span], count, utcOffset);
        expect(ticks.length).toBeLessThanOrEqual(count + 1);
        expect(ticks.every((tick) => tick >= day[0] && tick <= day[0] + span)).toBe(true);
      }),
    );
  });
});

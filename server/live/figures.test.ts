import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyWindow } from '../history/latency-window';
import { DeadLetterCount } from './runtime/dead-letter-count';
import { RateMeter } from './runtime/rate-meter';

describe('RateMeter', () => {
  it('counts each event in the whole second that it came in, for a minute', () => {
    const steps = fc.array(fc.tuple(fc.double({ min: 0, max: 90, noNaN: true }), fc.nat(50)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2e9, noNaN: true }), steps, (start, given) => {
        let now = start;
        const meter = new RateMeter(() => now);
        const came: [second: number, count: number][] = [];
        for (const [wait, count] of given) {
          now += wait;
          meter.add(count);
          came.push([Math.floor(now), count]);
        }
        const inSecond = (second: number): number =>
          came.filter(([at]) => at === second).reduce((sum, [, count]) => sum + count, 0);
        const second = Math.floor(now);
        const expected = Array.from({ length: 60 }, (_, n) => inSecond(second - 60 + n));
        expect(meter.lastMinute()).toEqual(expected);
        expect(meter.perSecond(10)).toBeCloseTo(expected.slice(-10).reduce((a, b) => a + b, 0) / 10);
        const over = [...new Set(came.map(([at]) => at))].filter((at) => at < second);
        expect(meter.peak).toBe(Math.max(0, ...over.map(inSecond)));
      }),
    );
  });

  it('survives a clock that is set back', () => {
    let now = 100;
    const meter = new RateMeter(() => now);
    meter.add(3);
    now = 40;
    meter.add(4);
    now = 101;
    expect(meter.lastMinute().at(-1)).toBe(7);
  });
});

describe('LatencyWindow', () => {
  it('answers quantiles of the newest values only', () => {
    const value = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(value, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, values, p) => {
          const window = new LatencyWindow(size);
          for (const each of values) window.add(each);
          const newest = values.slice(-size).sort((a, b) => a - b);
          expect(window.quantile(p)).toBe(newest[Math.min(newest.length - 1, Math.floor(p * newest.length))]);
          expect(window.quantile(0)).toBe(newest[0]);
          expect(window.quantile(1)).toBe(newest.at(-1));
        },
      ),
    );
  });

  it('has none while it is empty', () => {
    expect(new LatencyWindow(4).quantile(0.5)).toBeNull();
  });
});

describe('DeadLetterCount', () => {
  it('keeps the last figure while history cannot answer, and asks one question at a time', async () => {
    const answers: (() => Promise<{ letters: []; total: number }>)[] = [];
    let asked = 0;
    const count = new DeadLetterCount({
      listDeadLetters: () => {
        asked++;
        return answers.shift()?.() ?? Promise.reject(new Error('no answer left'));
      },
    });
    answers.push(() => Promise.resolve({ letters: [], total: 7 }));
    await Promise.all([count.refresh(), count.refresh()]);
    expect([count.open, asked]).toEqual([7, 1]);
    await count.refresh();
    expect([count.open, asked]).toEqual([7, 2]);
    answers.push(() => Promise.resolve({ letters: [], total: 0 }));
    await count.refresh();
    expect(count.open).toBe(0);
  });
});

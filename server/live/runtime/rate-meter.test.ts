import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateMeter } from './rate-meter';

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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LatencyWindow } from './latency-window';

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
          for (const each of values) window.record(each);
          const newest = values.slice(-size).sort((a, b) => a - b);
          expect(window.quantile(p)).toBe(newest[Math.max(0, Math.ceil(p * newest.length) - 1)]);
          expect(window.summary()).toMatchObject({
            count: values.length,
            p50: window.quantile(0.5),
            p95: window.quantile(0.95),
            p99: window.quantile(0.99),
          });
          expect(window.quantile(0)).toBe(newest[0]);
          expect(window.quantile(1)).toBe(newest.at(-1));
        },
      ),
    );
  });

  it('has none while it is empty', () => {
    const empty = new LatencyWindow(4);
    expect(empty.quantile(0.5)).toBeNull();
    expect(empty.summary()).toEqual({ count: 0, mean: 0, p50: 0, p95: 0, p99: 0 });
  });
});

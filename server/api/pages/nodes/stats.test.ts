import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherUpper, holm, logFactorial, normalUpper, studentUpper, welchUpper, wilson } from './stats';

describe("Wilson's interval", () => {
  it('has the published values', () => {
    const [low, high] = wilson(10, 100) ?? [];
    expect(low).toBeCloseTo(0.05522, 4);
    expect(high).toBeCloseTo(0.17437, 4);
    expect(wilson(0, 20)?.[1]).toBeCloseTo(0.16113, 4);
    expect(wilson(0, 0)).toBeNull();
  });

  it('holds the share, and stays within 0 and 1', () => {
    const counts = fc.nat(10_000).chain((n) => fc.tuple(fc.constant(n + 1), fc.nat(n + 1)));
    fc.assert(
      fc.property(counts, ([n, failed]) => {
        const [low, high] = wilson(failed, n) ?? [NaN, NaN];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(failed / n).toBeGreaterThanOrEqual(low - 1e-12);
        expect(failed / n).toBeLessThanOrEqual(high + 1e-12);
      }),
    );
  });
});

describe("Fisher's exact test", () => {
  it('answers the lady tasting tea', () => {
    expect(fisherUpper(4, 4, 0, 4)).toBeCloseTo(1 / 70, 12);
    expect(fisherUpper(3, 4, 1, 4)).toBeCloseTo(17 / 70, 12);
    expect(fisherUpper(0, 4, 4, 4)).toBe(1);
  });

  it('is the sum over all tables at least as bad, however it is added up', () => {
    const choose = (n: number, k: number): number =>
      Math.exp(logFactorial(n) - logFactorial(k) - logFactorial(n - k));
    const table = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 200 }))
      .chain(([n, m]) => fc.tuple(fc.constant(n), fc.nat(n), fc.constant(m), fc.nat(m)));
    fc.assert(
      fc.property(table, ([n, failed, m, othersFailed]) => {
        const bad = failed + othersFailed;
        let sum = 0;
        for (let k = failed; k <= Math.min(n, bad); k += 1)
          if (bad - k <= m) sum += (choose(n, k) * choose(m, bad - k)) / choose(n + m, bad);
        expect(fisherUpper(failed, n, othersFailed, m)).toBeCloseTo(Math.min(1, sum), 8);
      }),
    );
  });

  it('stays quick and finite for a fleet of a thousand', () => {
    const p = fisherUpper(60, 2_000, 29_000, 2_000_000);
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-4);
  });
});

describe('the normal tail', () => {
  it('has the published values, also far out', () => {
    expect(normalUpper(0)).toBeCloseTo(0.5, 7);
    expect(normalUpper(1.959964)).toBeCloseTo(0.025, 7);
    expect(normalUpper(-1.959964)).toBeCloseTo(0.975, 7);
    expect(normalUpper(6) / 9.865876e-10).toBeCloseTo(1, 5);
  });
});

describe("Welch's test", () => {
  const moments = (values: readonly number[]) => ({
    n: values.length,
    sum: values.reduce((a, b) => a + b, 0),
    squares: values.reduce((a, b) => a + b * b, 0),
  });

  it('compares means by their standard errors', () => {
    const [own, others] = [moments([3, 4, 5, 6]), moments([1, 2, 3, 4])] as const;
    // Means 4.5 and 2.5, sample variances 5/3 each, standard error sqrt(5/6): t = 2.1909 with 6 degrees.
    expect(welchUpper(own, others)).toBeCloseTo(0.03549, 3);
    expect(welchUpper(moments([2, 2]), moments([1, 1]))).toBe(1);
  });
});

describe("the tail of Student's distribution", () => {
  it.each([
    [19, 2, 0.030001],
    [19, 4, 3.831e-4],
    [19, 6, 4.4896e-6],
    [40, 5, 5.92e-6],
    [19, -2, 0.969999],
  ])('of %d degrees has the published value at %d', (degrees, t, p) => {
    expect(studentUpper(t, degrees) / p).toBeCloseTo(1, 1);
    expect(studentUpper(t, degrees)).toBeGreaterThan(p * 0.9999);
  });
});

describe("Holm's correction", () => {
  it('multiplies by what is left, and never falls', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(holm([])).toEqual([]);
  });

  it('never makes a p-value smaller, nor larger than one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 50 }), (ps) => {
        holm(ps).forEach((adjusted, index) => {
          expect(adjusted).toBeGreaterThanOrEqual(ps[index] ?? 1);
          expect(adjusted).toBeLessThanOrEqual(1);
        });
      }),
    );
  });
});

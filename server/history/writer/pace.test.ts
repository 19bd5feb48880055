import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from './pace';

const LIMITS = { least: 10, most: 1_000 };

describe('a pace', () => {
  it('finds how much fits into a step, and follows when that changes', () => {
    const pace = new Pace(5, LIMITS);
    expect(pace.amount).toBe(10);
    for (let step = 0; step < 12; step++) pace.took(pace.amount, pace.amount / 40);
    expect(pace.amount).toBeGreaterThan(190);
    expect(pace.amount).toBeLessThanOrEqual(200);
    for (let step = 0; step < 12; step++) pace.took(pace.amount, pace.amount / 4);
    expect(pace.amount).toBeLessThan(25);
  });

  it('law: stays within its limits, whatever is measured', () => {
    const steps = fc.array(fc.tuple(fc.nat(5_000), fc.double({ min: 0, max: 1e6, noNaN: true })));
    fc.assert(
      fc.property(steps, (measured) => {
        const pace = new Pace(5, LIMITS);
        for (const [amount, ms] of measured) {
          pace.took(amount, ms);
          expect(pace.amount).toBeGreaterThanOrEqual(LIMITS.least);
          expect(pace.amount).toBeLessThanOrEqual(LIMITS.most);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sparkPath } from './spark-path';

const box = { width: 72, height: 20, zeroBased: true };

describe('sparkPath', () => {
  it('puts the largest value at the top, zero at the bottom, the newest at the right', () => {
    expect(sparkPath([0, 5, 10], box)).toMatchObject({ line: 'M2 18L36 10L70 2', end: [70, 2] });
    expect(sparkPath([5, 10], { ...box, zeroBased: false }).line).toBe('M2 18L70 2');
  });

  it('draws nothing for no values, the floor for zeros', () => {
    expect(sparkPath([], box)).toEqual({ line: '', area: '', end: null });
    expect(sparkPath([0, 0], box).end).toEqual([70, 18]);
    expect(sparkPath([0, NaN, 10, Infinity], box).line).toBe('M2 18L70 2');
  });

  it('stays inside its box whatever it is given', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e9, max: 1e9 })), fc.boolean(), (values, zeroBased) => {
        const { line, area } = sparkPath(values, { ...box, zeroBased });
        for (const [, x, y] of `${line}${area}`.matchAll(/[ML]([\d.e+-]+) ([\d.e+-]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(box.width);
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(box.height);
        }
        expect(line).not.toContain('NaN');
      }),
    );
  });
});

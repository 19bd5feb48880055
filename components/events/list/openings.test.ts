import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_OPENINGS, Openings } from './openings';

const places = fc.uniqueArray(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 500 })), {
  maxLength: 6,
  selector: ([index]) => index,
});
const ROW = 28;
const COUNT = 40;

describe('Openings', () => {
  it('says where each row begins, as rows laid one under the other do', () => {
    fc.assert(
      fc.property(places, fc.integer({ min: 0, max: 4_000 }), (all, px) => {
        const openings = new Openings(all);
        const heights = Array.from({ length: COUNT }, (_, index) => ROW + openings.at(index));
        const tops = heights.map((_, index) => heights.slice(0, index).reduce((sum, each) => sum + each, 0));
        tops.forEach((top, index) => expect(index * ROW + openings.above(index)).toBe(top));
        const first = tops.findIndex((top) => top >= px);
        if (first >= 0) expect(openings.firstFrom(px, ROW)).toBe(first);
        expect(openings.total).toBe(heights.reduce((sum, each) => sum + each, 0) - COUNT * ROW);
      }),
    );
  });

  it('costs nothing where no row is open', () => {
    expect([NO_OPENINGS.total, NO_OPENINGS.above(9), NO_OPENINGS.firstFrom(29, 28)]).toEqual([0, 0, 2]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursOf } from './colours';
import { PALETTE_SIZE } from './look';

describe('the colours of the subjects of a chart', () => {
  it('stay the same when others are left out', () => {
    const all = [0, 1, 2, 3, 4, 5];
    const some = [3, 1];
    expect(coloursOf(some)).toEqual(some.map((place) => coloursOf(all)[place]));
  });

  it('give way only where two want the same, to one that nobody wants', () => {
    expect(coloursOf([1, 9, 2])).toEqual([1, 3, 2]);
  });

  it('law: each has its own as long as there are enough, and the wanted one if it is the first to want it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 20 }), (wanted) => {
        const colours = coloursOf(wanted);
        expect(colours.every((colour) => colour >= 0 && colour < PALETTE_SIZE)).toBe(true);
        expect(new Set(colours).size).toBe(Math.min(wanted.length, PALETTE_SIZE));
        wanted.forEach((place, index) => {
          const first = wanted.findIndex((each) => each % PALETTE_SIZE === place % PALETTE_SIZE) === index;
          if (first) expect(colours[index]).toBe(place % PALETTE_SIZE);
        });
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ranked } from './rank';

const numbers = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ noNaN: true, min: 0 })), {
  maxLength: 150,
});

it('finds what stands at some places of the sorted list, and leaves the list as it is', () => {
  fc.assert(
    fc.property(numbers, fc.array(fc.nat(160), { maxLength: 4 }), (values, wanted) => {
      const places = wanted.sort((a, b) => a - b);
      const before = [...values];
      const sorted = [...values].sort((a, b) => a - b);
      expect(ranked(values, places)).toEqual(places.map((place) => sorted[place] ?? null));
      expect(values).toEqual(before);
    }),
  );
});

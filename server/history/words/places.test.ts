import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SLOTS } from '../facets/block';
import { Places } from './places';

const spot = fc.oneof(fc.nat(40), fc.nat(2 * SLOTS - 1));
const pair = fc.tuple(spot, fc.nat(6));

it('are asked for by event, in whatever order they were gathered', () => {
  const ascending = fc.array(pair, { maxLength: 60 }).map((pairs) => [...pairs].sort(([a], [b]) => a - b));
  fc.assert(
    fc.property(fc.array(ascending, { minLength: 1, maxLength: 5 }), (runs) => {
      const pairs = runs.flat();
      const places = new Places({ first: 0, last: 1 }, 1);
      for (const [at, place] of pairs) places.add(at, place);
      places.settle();
      const known = new Set(pairs.map(([at, place]) => `${String(at)} ${String(place)}`));
      const spots = [...new Set(pairs.map(([at]) => at))];
      expect([places.full, places.set.size]).toEqual([false, spots.length]);
      for (const at of spots)
        for (let place = 0; place <= 6; place++)
          expect([at, place, places.has(at, place)]).toEqual([
            at,
            place,
            known.has(`${String(at)} ${String(place)}`),
          ]);
    }),
    { numRuns: 200 },
  );
});

it('say when there are more than are kept', () => {
  const places = new Places({ first: 0, last: 0 }, 1);
  for (let n = 0; n < SLOTS; n++) places.add(n, 0);
  expect(places.full).toBe(false);
  places.add(0, 1);
  expect(places.full).toBe(true);
});

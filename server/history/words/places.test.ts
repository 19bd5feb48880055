import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SLOTS } from '../facets/block';
import { Places, PlacesRoom } from './places';

const spot = fc.oneof(fc.nat(40), fc.nat(2 * SLOTS - 1));
/** An event, and where a word stands in it. */
const told = fc.tuple(spot, fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }));
type Told = readonly [number, readonly number[]];

const ascending = fc
  .uniqueArray(told, { maxLength: 60, selector: ([at]) => at })
  .map((all) => [...all].sort(([a], [b]) => a - b));
/** As parts of the index that follow each other, in any order. */
const apart = fc.tuple(ascending, fc.nat(2 * SLOTS)).map(([all, border]) => {
  const [low, high] = [all.filter(([at]) => at < border), all.filter(([at]) => at >= border)];
  return [high, low];
});
/** As many words that begin alike: hundreds of short runs. */
const scattered = fc.array(told, { minLength: 150, maxLength: 200 }).map((all) => [all]);

/** Used again by each of them. */
const room = new PlacesRoom(10_000);

it('are asked for by event, in whatever order they were gathered', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(ascending, { minLength: 1, maxLength: 5 }), apart, scattered),
      fc.nat(2),
      (runs: Told[][], before) => {
        const all = runs.flat();
        const places = new Places({ first: 0, last: 1 }, room);
        for (const [at, some] of all) places.add(at, Int32Array.from([...some, 9]), some.length, before);
        places.settle();
        const known = new Set(all.flatMap(([at, some]) => some.map((place) => `${at} ${place - before}`)));
        const spots = [...new Set(all.map(([at]) => at))];
        expect([places.full, places.set.size]).toEqual([false, spots.length]);
        for (const at of spots) {
          const asked = Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7]);
          const kept = places.keep(at, asked, asked.length, 1);
          const wanted = [0, 1, 2, 3, 4, 5, 6, 7].filter((place) => known.has(`${at} ${place - 1}`));
          expect([at, ...asked.slice(0, kept)]).toEqual([at, ...wanted]);
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('say when there are more than are kept', () => {
  const places = new Places({ first: 0, last: 0 }, new PlacesRoom(SLOTS));
  for (let n = 0; n < SLOTS; n++) places.add(n, Int32Array.of(0), 1, 0);
  expect(places.full).toBe(false);
  places.add(0, Int32Array.of(1), 1, 0);
  expect(places.full).toBe(true);
});

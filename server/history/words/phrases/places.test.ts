import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SLOTS } from '../../blocks/block';
import { LoosePlaces } from './loose-places';
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

it('are compared with others as they come, in no order', () => {
  const other = new PlacesRoom(10_000);
  let common = 0;
  fc.assert(
    fc.property(scattered, ascending, fc.nat(2), ([loose = []], others, before) => {
      const [all, known] = [
        new LoosePlaces({ first: 0, last: 1 }, room),
        new Places({ first: 0, last: 1 }, other),
      ];
      for (const [at, some] of loose) all.add(at, Int32Array.from([...some, 9]), some.length, before);
      for (const [at, some] of others) known.add(at, Int32Array.from(some), some.length, 0);
      known.settle();
      const texts = (told: readonly Told[], less: number) =>
        told.flatMap(([at, some]) => some.map((place) => [at, `${at} ${place - less}`] as const));
      const have = new Set(texts(others, 0).map(([, text]) => text));
      const wanted = new Set(texts(loose, before).flatMap(([at, text]) => (have.has(text) ? [at] : [])));
      common += wanted.size;
      const found = all.common(known);
      const spots = Array.from({ length: 2 * SLOTS }, (_, at) => at);
      expect(spots.filter((at) => found.has(at + 1))).toEqual(spots.filter((at) => wanted.has(at)));
      expect(all.set.size).toBe(new Set(loose.map(([at]) => at)).size);
    }),
    { numRuns: 60 },
  );
  expect(common).toBeGreaterThan(20);
});

it('say when there are more than are kept', () => {
  const places = new Places({ first: 0, last: 0 }, new PlacesRoom(SLOTS));
  for (let n = 0; n < SLOTS; n++) places.add(n, Int32Array.of(0), 1, 0);
  expect(places.full).toBe(false);
  places.add(0, Int32Array.of(1), 1, 0);
  expect(places.full).toBe(true);
});

it('that come in no order tell of all events, however many are kept', () => {
  const places = new LoosePlaces({ first: 0, last: 0 }, new PlacesRoom(3));
  for (const spot of [9, 3, 9]) places.add(spot, Int32Array.of(0), 1, 0);
  expect(places.full).toBe(false);
  for (const spot of [7, 1]) places.add(spot, Int32Array.of(0), 1, 0);
  expect([places.full, [1, 3, 7, 9].map((spot) => places.set.has(spot + 1)), places.set.size]).toEqual([
    true,
    [true, true, true, true],
    4,
  ]);
});

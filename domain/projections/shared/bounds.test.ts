import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evictLowest } from './bounds';

describe('a table that is kept within its limit', () => {
  it('law: loses those of the lowest rank, of equal ones the first, however many they are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 140 }),
        (limit, ranks) => {
          const table = new Map(ranks.map((rank, place) => [`k${place}`, { rank }]));
          const surplus = table.size > limit ? table.size - Math.floor(limit * 0.9) : 0;
          const expected = [...table].sort(([, a], [, b]) => a.rank - b.rank).slice(0, surplus);
          const gone: string[] = [];
          evictLowest(
            table,
            limit,
            (each) => each.rank,
            (key) => gone.push(key),
          );
          expect(gone).toEqual(expected.map(([key]) => key));
          expect([...table.keys()]).toEqual(
            ranks.map((_, place) => `k${place}`).filter((key) => !gone.includes(key)),
          );
        },
      ),
    );
  });
});

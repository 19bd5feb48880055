import { expect, it } from 'vitest';
import { ColumnCache } from './column-cache';

it('keeps columns while there is room, and forgets those of a block that lost events', () => {
  const cache = new ColumnCache(10);
  const [one, two] = [Buffer.alloc(6, 1), Buffer.alloc(6, 2)];
  cache.add(0, 4_096, one);
  cache.add(1, 4_096, two);
  expect([cache.get(0, 4_096), cache.get(1, 4_096)]).toEqual([one, null]);
  // Events of the first were removed; its place is free for another.
  expect(cache.get(0, 4_000)).toBeNull();
  cache.add(1, 4_096, two);
  expect([cache.get(0, 4_096), cache.get(1, 4_096)]).toEqual([null, two]);
});

import { describe, expect, it } from 'vitest';
import { Counter } from './counter';

describe('a counter', () => {
  it('counts by name, the most frequent first, and names beyond its bound together', () => {
    const counter = new Counter(2);
    for (const name of ['a', '__proto__', 'b', 'a', 'c', 'a', 'b', '__proto__']) counter.add(name);
    expect(counter.total).toBe(8);
    expect(counter.entries()).toEqual([
      ['a', 3],
      ['(other)', 3],
      ['__proto__', 2],
    ]);
    expect([counter.of('a'), counter.of('b'), counter.of('(other)')]).toEqual([3, 0, 3]);
  });
});

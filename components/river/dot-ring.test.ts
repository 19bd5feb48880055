import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDot } from '@/domain/events/envelope';
import { SEVERITIES } from '@/domain/events/envelope';
import { DotRing } from './dot-ring';

const lanes = new Map([
  ['A', 0],
  ['B', 1],
]);
const laneOf = (type: string): number => lanes.get(type) ?? 2;
const read = (ring: DotRing): EventDot[] => ring.dots();

const dots = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 0, max: 1e9 }),
      fc.constantFrom('A', 'B', '__proto__', 'NEW_TYPE'),
      fc.constantFrom(...SEVERITIES),
    ),
  )
  .map((raw) => {
    let seq = 0;
    return raw.map(([gap, time, type, severity]): EventDot => [(seq += gap), time, type, severity]);
  });

describe('DotRing', () => {
  it('holds the newest N dots in order, however they were cut into frames', () => {
    fc.assert(
      fc.property(
        dots,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 7 }),
        (all, capacity, frame) => {
          const ring = new DotRing(laneOf, capacity);
          for (let i = 0; i < all.length; i += frame) ring.push(all.slice(i, i + frame));
          expect(read(ring)).toEqual(all.slice(-capacity));
          expect(ring.pushed).toBe(all.length);
          expect(ring.wrapped).toBe(all.length > capacity);
        },
      ),
    );
  });

  it('takes a repeated or late dot once: a resumed feed may send it again', () => {
    fc.assert(
      fc.property(dots, (all) => {
        const ring = new DotRing(laneOf, 1000);
        ring.push(all);
        ring.push(all);
        expect(read(ring)).toEqual(all);
      }),
    );
  });

  it('sorts dots into lanes by type and starts anew after a clear', () => {
    const ring = new DotRing(laneOf, 4);
    ring.push([
      [1, 10, 'A', 'info'],
      [2, 11, 'B', 'error'],
      [3, 12, 'C', 'debug'],
    ]);
    expect([0, 1, 2].map((i) => ring.laneAt(i))).toEqual([0, 1, 2]);
    const version = ring.version;
    ring.clear();
    expect(ring.size).toBe(0);
    expect(ring.newestSeq).toBe(0);
    expect(ring.version).toBeGreaterThan(version);
    ring.push([[1, 9, 'A', 'info']]);
    expect(read(ring)).toEqual([[1, 9, 'A', 'info']]);
  });

  it('does not run out of type names', () => {
    const ring = new DotRing(() => 0, 8);
    for (let i = 1; i <= 66_000; i++) ring.push([[i, i, `T${i}`, 'info']]);
    expect(ring.size).toBe(8);
    expect(ring.seqAt(7)).toBe(66_000);
  });
});

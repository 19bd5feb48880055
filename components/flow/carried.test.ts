import { describe, expect, it } from 'vitest';
import { carriedSince, countsOf } from './carried';
import { edgePath } from './edge-path';
import type { StepFigures } from './model';
import { journey, midpoint } from './travel';
import { PULSE_INTERVAL_MS, PulseGate } from './pulse-gate';

const step = (id: string, count: number, lastAt: number | null = null): StepFigures => ({
  id,
  label: id,
  href: null,
  count,
  ratePerHour: 0,
  spark: [],
  inProgress: 0,
  inProgressSince: null,
  failed: 0,
  lastFailure: null,
  last:
    lastAt === null
      ? null
      : { event_id: id, seq: 1, event_type: id, timestamp: lastAt, config: null, node: null },
});
const steps = (...all: StepFigures[]): ReadonlyMap<string, StepFigures> =>
  new Map(all.map((one) => [one.id, one]));
const edges = [
  { from: 'a', to: 'c' },
  { from: 'b', to: 'c' },
  { from: 'c', to: 'd' },
];

describe('carriedSince', () => {
  it('sends growth along the edge whose source was active last', () => {
    const before = countsOf([step('a', 1), step('b', 1), step('c', 5), step('d', 2)]);
    expect([
      ...carriedSince(before, steps(step('a', 1, 10), step('b', 1, 20), step('c', 8), step('d', 2)), edges),
    ]).toEqual([['b→c', 3]]);
    expect([
      ...carriedSince(before, steps(step('a', 1, 30), step('b', 1, 20), step('c', 6), step('d', 3)), edges),
    ]).toEqual([
      ['a→c', 1],
      ['c→d', 1],
    ]);
  });

  it('is silent at the first sight, without growth, after a rebuild, and for a start', () => {
    const now = steps(step('a', 9), step('c', 5));
    expect(carriedSince(new Map(), now, edges).size).toBe(0);
    expect(carriedSince(new Map([['c', 5]]), now, edges).size).toBe(0);
    expect(carriedSince(new Map([['c', 50]]), now, edges).size).toBe(0);
    expect(carriedSince(new Map([['a', 1]]), now, edges).size).toBe(0);
  });
});

describe('PulseGate', () => {
  it('lets the first pulse go at once and gathers the rest, losing none', () => {
    const gate = new PulseGate();
    const fired: number[] = [];
    let most = 0;
    for (let now = 0; now < 10_000; now += 10) {
      gate.add(3);
      const events = gate.take(now);
      if (events > 0) fired.push(events);
      most = Math.max(most, gate.dueIn(now) ?? 0);
    }
    expect(fired[0]).toBe(3);
    expect(fired.length).toBe(40);
    expect(most).toBeLessThanOrEqual(PULSE_INTERVAL_MS);
    const rest = gate.take(1e9);
    expect(fired.reduce((sum, n) => sum + n, 0) + rest).toBe(3000);
  });

  it('has nothing due when idle or dropped', () => {
    const gate = new PulseGate();
    expect(gate.dueIn(0)).toBeNull();
    expect(gate.take(0)).toBe(0);
    gate.add(2);
    gate.drop();
    expect(gate.dueIn(0)).toBeNull();
  });
});

describe('edgePath', () => {
  it('is straight between two points and rounds each corner', () => {
    expect(edgePath([])).toBe('');
    expect(
      edgePath([
        [0, 0],
        [10, 0],
      ]),
    ).toBe('M0 0L10 0');
    expect(
      edgePath([
        [0, 0],
        [20, 0],
        [20, 30],
      ]),
    ).toBe('M0 0L12 0Q20 0 20 8L20 30');
    expect(
      edgePath([
        [0, 0],
        [4, 0],
        [4, 30],
      ]),
    ).toBe('M0 0L2 0Q4 0 4 8L4 30');
  });
});

describe('journey', () => {
  it('moves at a steady pace through the corners', () => {
    const { length, stops } = journey([
      [0, 0],
      [30, 0],
      [30, 10],
      [0, 10],
    ]);
    expect(length).toBe(70);
    expect(stops.map(({ offset }) => Math.round(offset * 70))).toEqual([0, 30, 40, 70]);
    const [x, y] = midpoint([
      [0, 0],
      [30, 0],
      [30, 10],
      [0, 10],
    ]);
    expect(x).toBeCloseTo(30);
    expect(y).toBeCloseTo(5);
    expect(midpoint([])).toEqual([0, 0]);
    expect(
      journey([
        [5, 5],
        [5, 5],
      ]).stops.map(({ offset }) => offset),
    ).toEqual([0, 0]);
  });
});

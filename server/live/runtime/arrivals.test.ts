import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ARRIVAL_SPANS, Arrivals, OTHER, type ArrivalCounts } from './arrivals';

/** Counters as the router keeps them. */
class Counts implements ArrivalCounts {
  stored = 0;
  duplicates = 0;
  rejected = 0;
  readonly #types = new Map<string, number>();
  get byType(): [string, number][] {
    return [...this.#types];
  }
  get byOrigin(): [string, number][] {
    return this.stored === 0 ? [] : [['data_bus', this.stored]];
  }
  add(type: string, count: number): void {
    this.stored += count;
    this.#types.set(type, (this.#types.get(type) ?? 0) + count);
  }
}

/** What the counters stand at now, as a copy that does not grow. */
const frozen = ({ stored, duplicates, rejected, byType, byOrigin }: Counts): ArrivalCounts => ({
  stored,
  duplicates,
  rejected,
  byType,
  byOrigin,
});

describe('Arrivals', () => {
  it('puts every event into exactly one bucket, by type and origin, and keeps no more than its spans', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('A', 'B'), fc.nat(9)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (given) => {
        const counts = new Counts();
        let now = 1_000;
        const arrivals = new Arrivals(() => frozen(counts), now);
        for (const [wait, type, count] of given) {
          counts.add(type, count);
          now += wait;
          arrivals.tick(now);
        }
        arrivals.tick(now + 300);
        for (const span of ['hour', 'day'] as const) {
          const buckets = arrivals.buckets(span);
          expect(buckets.length).toBeLessThanOrEqual(ARRIVAL_SPANS[span].kept);
          expect(buckets.reduce((sum, { stored }) => sum + stored, 0)).toBe(counts.stored);
          for (const { types, origins, stored } of buckets) {
            expect(types.reduce((sum, [, count]) => sum + count, 0)).toBe(stored);
            expect(origins.reduce((sum, [, count]) => sum + count, 0)).toBe(stored);
          }
          buckets.slice(1).forEach(({ from }, at) => expect(from).toBe(buckets[at]?.to));
        }
      }),
    );
  });

  it('lets the oldest go after an hour, and gathers rare types', () => {
    const counts = new Counts();
    const arrivals = new Arrivals(() => frozen(counts), 0);
    for (let type = 0; type < 60; type++) counts.add(`T${type}`, 60 - type);
    arrivals.tick(10);
    expect(arrivals.buckets('hour')[0]?.types).toHaveLength(41);
    expect(arrivals.buckets('hour')[0]?.types.at(-1)).toEqual([OTHER, 210]);
    for (let now = 20; now <= 3_620; now += 10) arrivals.tick(now);
    expect(arrivals.buckets('hour')).toHaveLength(360);
    expect(arrivals.buckets('hour')[0]?.from).toBe(20);
    expect(arrivals.buckets('day')).toHaveLength(12);
  });

  it('survives a clock that is set back', () => {
    const counts = new Counts();
    const arrivals = new Arrivals(() => frozen(counts), 1_000);
    counts.add('A', 3);
    arrivals.tick(500);
    arrivals.tick(520);
    const [bucket] = arrivals.buckets('hour');
    expect(bucket).toMatchObject({ from: 500, to: 520, stored: 3 });
  });
});

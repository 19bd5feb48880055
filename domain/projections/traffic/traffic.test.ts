import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DriftFinding, StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { entityOf, folded } from '../testing/run';
import { driftByType, trafficSeries, typeSeries, type SplitBy } from '.';

const TYPES = ['ELO_UPDATED', 'NEW_GAMES_AVAILABLE', 'HOST_ONLINE', 'NOBODY_KNOWS'];
const ORIGINS = ['data_bus', 'cross_process'] as const;
const SECONDS = { minutes: 60, tens: 600, hours: 3_600 } as const;
const SPAN = { minutes: 60, tens: 144, hours: 168 } as const;

const finding = (path: string, kind: DriftFinding['kind'] = 'unexpected', message = path): DriftFinding => ({
  path,
  kind,
  message,
});

const histories = fc
  .array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      origin: fc.constantFrom(...ORIGINS),
      // Ten days, so that the oldest fall out of every resolution.
      seconds: fc.oneof(fc.integer({ min: 0, max: 864_000 }), fc.integer({ min: 860_000, max: 864_000 })),
    }),
    { minLength: 1, maxLength: 120 },
  )
  .map((all) =>
    all.map(({ type, origin, seconds }, index) => event(type, {}, seconds, { seq: index + 1, origin })),
  );

const nameBy: Record<SplitBy, (each: StoredEvent) => string> = {
  type: ({ eventType }) => eventType,
  category: ({ category }) => category,
  origin: ({ origin }) => origin,
};

describe('traffic over time', () => {
  it('counts what is within reach of each resolution, in whatever order it came, and nothing else', () => {
    const asked = fc.tuple(
      histories,
      fc.constantFrom('type', 'category', 'origin'),
      fc.constantFrom(null, 1_800, 40_000, 300_000),
    );
    fc.assert(
      fc.property(asked, ([events, by, span]) => {
        const { clock } = folded(events);
        const now = clock ?? 0;
        const since = span === null ? null : now - span;
        const series = trafficSeries(folded(events).states().traffic, by, since, null);
        if (series === null) throw new Error('no series');
        const { seconds, resolution } = series;
        expect(seconds).toBe(SECONDS[resolution]);
        const oldest = Math.floor(now / seconds) - SPAN[resolution] + 1;
        for (const { name, counts, total } of series.rows) {
          expect(total).toBe(counts.reduce((sum, count) => sum + count, 0));
          counts.forEach((count, at) => {
            const slot = series.from / seconds + at;
            const inSlot = events.filter(
              (each) => Math.floor(each.timestamp / seconds) === slot && nameBy[by](each) === name,
            );
            expect(slot).toBeGreaterThanOrEqual(oldest);
            expect(count).toBe(inSlot.length);
          });
        }
        const reach = events.filter(({ timestamp }) => {
          const slot = Math.floor(timestamp / seconds);
          return slot >= oldest && (since === null || slot >= Math.floor(since / seconds));
        });
        expect(series.rows.reduce((sum, { total }) => sum + total, 0)).toBe(reach.length);
      }),
      { numRuns: 200 },
    );
  });

  it('draws a young history finely when everything is asked for', () => {
    const { traffic } = folded([0, 600].map((seconds) => event('ELO_UPDATED', {}, seconds))).states();
    expect(trafficSeries(traffic, 'type', null, null)).toMatchObject({ resolution: 'minutes' });
    const days = folded([0, 90_000].map((seconds) => event('ELO_UPDATED', {}, seconds))).states().traffic;
    expect(trafficSeries(days, 'type', null, null)).toMatchObject({ resolution: 'hours' });
  });

  it('answers nothing before the first event, and the stretch asked for after it', () => {
    expect(trafficSeries(folded([]).states().traffic, 'type', null, null)).toBeNull();
    const minutes = [0, 60, 600, 3_000].map((seconds) => event('ELO_UPDATED', {}, seconds));
    const { traffic } = folded(minutes).states();
    const series = trafficSeries(traffic, 'type', T0 + 30, T0 + 700);
    expect(series).toMatchObject({ resolution: 'minutes', rows: [{ name: 'ELO_UPDATED', total: 3 }] });
    expect(typeSeries(traffic, 'ELO_UPDATED', 'tens')?.slice(-6)).toEqual([2, 1, 0, 0, 0, 1]);
    expect(typeSeries(traffic, 'ELO_UPDATED', 'tens')).toHaveLength(144);
    expect(typeSeries(traffic, 'NEVER', 'tens')).toBeNull();
  });
});

describe('the rate of a type', () => {
  it('is of the last 60 minutes of event time, and falls as other events move the clock on', () => {
    const two = [event('ELO_UPDATED', {}, 0), event('ELO_UPDATED', {}, 1_800)];
    const rate = (events: StoredEvent[]) =>
      entityOf(folded(events), 'traffic.types', 'ELO_UPDATED')['rate_per_hour'];
    expect(rate(two)).toBe(2);
    expect(rate([...two, event('HOST_ONLINE', {}, 3_600)])).toBe(1);
    expect(rate([...two, event('HOST_ONLINE', {}, 9_000)])).toBe(0);
  });

  it('does not take a late event of just an hour ago for one of now', () => {
    const { traffic } = folded([event('ELO_UPDATED', {}, 3_600), event('ELO_UPDATED', {}, 0)]).states();
    expect(typeSeries(traffic, 'ELO_UPDATED', 'minutes')?.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(typeSeries(traffic, 'ELO_UPDATED', 'hours')?.slice(-2)).toEqual([1, 1]);
  });
});

describe('drift', () => {
  it('counts each field and each kind of difference, with the newest words and event', () => {
    const { traffic } = folded([
      event('ELO_UPDATED', {}, 20, { seq: 2, drift: [finding('a', 'wrong_type', 'newest'), finding('b')] }),
      event('ELO_UPDATED', {}, 10, { seq: 3, drift: [finding('a', 'wrong_type', 'older')] }),
      event('ELO_UPDATED', {}, 30, { seq: 4 }),
      event('HOST_ONLINE', {}, 30, { seq: 5, drift: [finding('a', 'missing')] }),
    ]).states();
    expect(driftByType(traffic)).toMatchObject([
      {
        event_type: 'ELO_UPDATED',
        events: 3,
        drifted: 2,
        last: { seq: 2 },
        fields: [
          { path: 'a', kind: 'wrong_type', message: 'newest', count: 2, last: { seq: 2 } },
          { path: 'b', kind: 'unexpected', count: 1 },
        ],
        other_findings: 0,
      },
      { event_type: 'HOST_ONLINE', drifted: 1, fields: [{ path: 'a', kind: 'missing', count: 1 }] },
    ]);
    expect(driftByType(traffic, 'HOST_ONLINE')).toHaveLength(1);
    expect(driftByType(traffic, '__proto__')).toEqual([]);
  });

  it('tells 32 fields of a type apart, however many a producer invents', () => {
    const events = Array.from({ length: 500 }, (_, n) =>
      event('ELO_UPDATED', {}, n, { drift: [finding(`f${n}`), finding('__proto__')] }),
    );
    const [found] = driftByType(folded(events).states().traffic);
    expect(found?.fields).toHaveLength(32);
    expect(found?.fields[0]).toMatchObject({ path: '__proto__', count: 500 });
    expect(found?.other_findings).toBe(500 - 31);
  });
});

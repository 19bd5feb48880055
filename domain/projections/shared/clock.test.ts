import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { entityOf, folded, tableOf } from '../testing/run';
import { timely, TimelyInOrder } from './clock';

const HOUR = 3_600;

/** An event of `node` received `at` seconds after the beginning and dated `ahead` seconds after that. */
function sign(node: string, at: number, ahead = 0): StoredEvent {
  const envelope = { hostname: node, timestamp: T0 + at + ahead, receivedAt: T0 + at };
  return event('HOST_ONLINE', { node_id: node }, 0, envelope);
}

describe('a node whose clock is ahead', () => {
  const fold = folded([
    sign('a', 0),
    sign('b', 1),
    sign('zone', 2, 2 * HOUR),
    sign('a', 120),
    sign('zone', 130, 2 * HOUR),
  ]);

  it('makes no other look silent, and counts from its receipt', () => {
    expect(fold.clock).toBe(T0 + 130);
    for (const node of ['a', 'b', 'zone'])
      expect(entityOf(fold, 'nodes.nodes', node)['status'], node).toBe('online');
    expect(entityOf(fold, 'nodes.nodes', 'zone')['last_seen']).toBe(T0 + 130);
  });

  it('is a problem by name, with how far, for an hour after the last such event', () => {
    expect(entityOf(fold, 'problems.open', 'clock:zone')).toMatchObject({
      title: 'zone dates its events 2.0 h ahead',
      count: 2,
      last_at: T0 + 130,
      page: '/events?node=zone',
    });
    fold.fold(sign('a', 130 + HOUR + 120));
    expect(tableOf(fold, 'problems.open').has('clock:zone')).toBe(false);
  });

  it.each([
    [40 * 60, '40 min'],
    [26 * HOUR, '26.0 h'],
    [40 * 365 * 24 * HOUR, '14600 d'],
  ])('by %d s is told as %s', (ahead, span) => {
    const { title } = entityOf(folded([sign('zone', 0, ahead)]), 'problems.open', 'clock:zone');
    expect(title).toBe(`zone dates its events ${span} ahead`);
  });
});

describe('a clock that is a little ahead, or a cluster whose time runs ahead of the wall', () => {
  it('is believed', () => {
    expect(folded([sign('a', 0), sign('a', 1, 590)]).clock).toBe(T0 + 591);
    const faster = Array.from({ length: 100 }, (_, at) => sign('a', at, at * 60));
    expect(folded(faster).clock).toBe(T0 + 99 * 61);
    expect(tableOf(folded(faster), 'problems.open').size).toBe(0);
  });
});

it('is decided alike in order of history and in order of time', () => {
  const step = fc.record({
    later: fc.integer({ min: 0, max: 300 }),
    ahead: fc.oneof(fc.constantFrom(0, 300, 601, 1_000), fc.integer({ min: -2_000, max: 3_000 })),
    pace: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let [at, run] = [0, 0];
      const all = steps.map(({ later, ahead, pace }, index) => {
        at += later;
        run += later * pace;
        return { ...sign('a', at, run + ahead), seq: index + 1 };
      });
      let clock: number | null = null;
      const live = new Map<number, number>();
      for (const each of all) {
        const { seq, timestamp } = timely(each, clock);
        live.set(seq, timestamp);
        clock = Math.max(clock ?? -Infinity, timestamp);
      }
      const times = new TimelyInOrder();
      const inTime = all.toSorted((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
      for (const each of inTime) expect(times.timely(each).timestamp, `${each.seq}`).toBe(live.get(each.seq));
    }),
    { numRuns: 400 },
  );
});

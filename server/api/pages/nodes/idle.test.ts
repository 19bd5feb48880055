import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../../domain/events/envelope';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import { idleNodes } from './idle';

const HOUR = 3_600;
const NAMES = ['a', 'b', 'c', 'd'];
/** Sums are kept by two hours: the time of the story begins with such a stretch. */
const FIRST = 7_200 - (T0 % 7_200);

const on = (node: string, type: string, hours: number, more: Record<string, string | number> = {}) =>
  event(type, { node_id: node, ...more }, FIRST + hours * HOUR, { hostname: node });
const everyMinutes = (minutes: number, from: number, to: number, make: (hours: number) => StoredEvent) =>
  Array.from({ length: Math.floor(((to - from) * 60) / minutes) }, (_, n) => make(from + (n * minutes) / 60));

/** Nodes of a kind that pass checks for 24 h and play a batch every three minutes; `b` until the hour given. */
function story({
  until = 8.5,
  type = 'gh200',
  others = 24,
  lastCheck = 24,
  ofD = 3,
  also = [] as StoredEvent[],
} = {}) {
  const events = NAMES.flatMap((node) => [
    on(node, 'HOST_ONLINE', 0, { host_type: node === 'b' ? type : 'gh200' }),
    ...everyMinutes(10, 0, node === 'b' ? lastCheck : 24, (at) =>
      on(node, 'HEALTH_CHECK_PASSED', at, { health_score: 0.9 }),
    ),
    ...everyMinutes(node === 'd' ? ofD : 3, 0, node === 'b' ? until : others, (at) =>
      on(node, 'SELFPLAY_COMPLETE', at),
    ),
  ]);
  return [...events, ...also].sort((x, y) => x.timestamp - y.timestamp);
}
const idleAt = (hours: number, events: readonly StoredEvent[]) =>
  Object.fromEntries(
    idleNodes(folded(events.filter(({ timestamp }) => timestamp < T0 + FIRST + hours * HOUR)).states().nodes),
  );

describe('a node that is up and does nothing', () => {
  it('is found after two hours, with what the others did meanwhile, and for as long as it lasts', () => {
    expect(idleAt(11.5, story())).toEqual({});
    const since = T0 + FIRST + 10 * HOUR;
    expect(idleAt(12.5, story())).toEqual({ b: { since, others: 50, seconds: 2.45 * HOUR } });
    expect(idleAt(24, story())).toMatchObject({ b: { since } });
    expect(idleAt(24, story({ until: 24 }))).toEqual({});
  });

  it('is found also where one of the others does little', () => {
    expect(idleAt(14, story({ ofD: 60 }))).toHaveProperty('b');
  });

  it.each([
    ['took work and was never heard of again', 'WORK_STARTED', 9],
    ['is said to be idle by itself', 'IDLE_RESOURCE_DETECTED', 13],
  ])('is found also where it %s', (_, type, at) => {
    expect(idleAt(14, story({ also: [on('b', type, at, { work_id: 'w' })] }))).toHaveProperty('b');
  });

  it.each([
    ['never worked', { until: 0 }],
    ['hardly ever worked', { until: 1 }],
    ['is the only one of its kind', { type: 'cpu' }],
    ['has but one to compare with', { type: 'cpu', also: [on('c', 'HOST_ONLINE', 1, { host_type: 'cpu' })] }],
    [
      'is not checked',
      { lastCheck: 8, also: everyMinutes(10, 8, 14, (at) => on('b', 'IDLE_RESOURCE_DETECTED', at)) },
    ],
    ['rests while the others do', { others: 9 }],
    ['is at work', { also: [on('b', 'WORK_STARTED', 12.5, { work_id: 'w' })] }],
    ['syncs', { also: [on('b', 'DATA_SYNC_COMPLETED', 12.5, { source: 'b' })] }],
    ['was declared offline', { also: [on('b', 'HOST_OFFLINE', 13)] }],
    ['came back meanwhile', { also: [on('b', 'HOST_OFFLINE', 12.2), on('b', 'HOST_ONLINE', 13)] }],
    ['is ill', { also: [on('b', 'NODE_UNHEALTHY', 13.95)] }],
    ['is under pressure', { also: [on('b', 'BACKPRESSURE_ACTIVATED', 13, { level: 'low' })] }],
  ])('is not one that %s', (_, how) => {
    expect(idleAt(14, story(how))).not.toHaveProperty('b');
  });
});

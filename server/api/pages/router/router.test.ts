import { beforeEach, describe, expect, it } from 'vitest';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import type { ArrivalBucket } from '../../../live/runtime/arrivals';
import { provideServices, type Services } from '../../../services';
import { appRouter } from '../../router';
import { AS_OPERATOR } from '../../trpc/principal.test-support';
import { trafficArrived, trafficHappened, trafficInput } from '.';

const input = (given: Record<string, unknown> = {}) => trafficInput.parse(given);

describe('trafficHappened', () => {
  it('tells events a minute, and does not take a slot that has just begun for a lull', () => {
    const events = Array.from({ length: 141 }, (_, n) => event('ELO_UPDATED', {}, 1_800 + n * 60));
    const states = folded(events).states();
    const { slot_seconds: slot, rows } = trafficHappened(states, input({ by: 'type' }));
    expect(slot).toBe(600);
    for (const [, perMinute] of rows[0]?.points ?? []) expect(perMinute).toBeCloseTo(1, 0);
    const minutes = trafficHappened(states, input({ by: 'type', since: T0 + 8_400 }));
    expect(minutes).toMatchObject({ slot_seconds: 60, rows: [{ name: 'ELO_UPDATED', total: 31 }] });
  });

  it('draws the commonest rows and the others as one, none lost', () => {
    const events = Array.from({ length: 20 }, (_, n) =>
      Array.from({ length: n + 1 }, () => event(`TYPE_${n}`, {}, n)),
    ).flat();
    const { rows } = trafficHappened(folded(events).states(), input({ by: 'type' }));
    expect(rows.map(({ name }) => name)).toEqual([
      ...[19, 18, 17, 16, 15, 14, 13].map((n) => `TYPE_${n}`),
      '13 others',
    ]);
    expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(events.length);
  });

  it('is empty without events', () => {
    expect(trafficHappened(folded([]).states(), input())).toEqual({ slot_seconds: 0, rows: [] });
    expect(trafficArrived([], 'type')).toEqual({ slot_seconds: 0, rows: [] });
  });
});

describe('trafficArrived', () => {
  const bucket = (from: number, change: Partial<ArrivalBucket>): ArrivalBucket => ({
    from,
    to: from + 10,
    stored: 0,
    duplicates: 0,
    rejected: 0,
    origins: [],
    types: [],
    ...change,
  });

  it('tells origins with what did not get past, or types', () => {
    const buckets = [
      bucket(0, { origins: [['data_bus', 10]], types: [['A', 10]], duplicates: 2 }),
      bucket(10, { origins: [['stage_bus', 1]], types: [['B', 1]] }),
    ];
    const { rows, slot_seconds: slot } = trafficArrived(buckets, 'origin');
    expect(slot).toBe(10);
    expect(rows).toEqual([
      {
        name: 'data_bus',
        total: 10,
        points: [
          [0, 60],
          [10, 0],
        ],
      },
      {
        name: 'repetitions',
        total: 2,
        points: [
          [0, 12],
          [10, 0],
        ],
      },
      {
        name: 'stage_bus',
        total: 1,
        points: [
          [0, 0],
          [10, 6],
        ],
      },
    ]);
    expect(trafficArrived(buckets, 'type').rows.map(({ name }) => name)).toEqual(['A', 'B']);
  });
});

describe('the doors of the dead letters', () => {
  const calls: unknown[] = [];
  beforeEach(() => {
    calls.length = 0;
    const note =
      <T>(name: string, answer: T) =>
      (...args: unknown[]) => {
        calls.push([name, ...args]);
        return Promise.resolve(answer);
      };
    provideServices({
      deadLetters: {
        count: note('count', { count: 3, upToId: 9 }),
        retry: note('retry', { retried: 1, stayed: 0, reasons: [], next: null }),
        discard: note('discard', 2),
      },
    } as unknown as Services);
  });
  const caller = appRouter.createCaller(AS_OPERATOR).pages.router;

  it('count first, and act on exactly what was counted', async () => {
    const filter = { kind: 'handler', event_type: 'ELO_UPDATED', reference: 'h', text: ' no ' } as const;
    const counted = await caller.countDeadLetters({ filter });
    expect(counted).toEqual({ count: 3, up_to_id: 9 });
    const selection = { filter, up_to_id: counted.up_to_id };
    expect(await caller.retryDeadLetters({ selection, above_id: 4 })).toMatchObject({ retried: 1 });
    expect(await caller.discardDeadLetters({ selection })).toEqual({ discarded: 2 });
    const asked = { kind: 'handler', eventType: 'ELO_UPDATED', reference: 'h', text: 'no' };
    expect(calls).toEqual([
      ['count', { filter: asked, upToId: Number.MAX_SAFE_INTEGER }],
      ['retry', { filter: asked, upToId: 9 }, 4],
      ['discard', { filter: asked, upToId: 9 }],
    ]);
  });

  it('take ids one by one, and refuse a selection of nothing or of everything', async () => {
    await caller.discardDeadLetters({ selection: { ids: [7] } });
    expect(calls).toEqual([['discard', { ids: [7] }]]);
    await expect(caller.discardDeadLetters({ selection: { ids: [] } })).rejects.toThrow();
    await expect(caller.discardDeadLetters({ selection: {} as never })).rejects.toThrow();
    await expect(caller.discardDeadLetters({ selection: { filter: {} } as never })).rejects.toThrow();
  });
});

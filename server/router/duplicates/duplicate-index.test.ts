import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';
import { contentHash } from '../../canonical/canonical';
import { DuplicateIndex } from './duplicate-index';
import type { DuplicateOptions, Subjectable } from './duplicate-index';

let ids = 0;
function event(eventType: string, payload: JsonObject, timestamp: number): Subjectable {
  const eventId = `00000000-0000-7000-8000-${String(++ids).padStart(12, '0')}`;
  return {
    eventId,
    eventType,
    payload,
    timestamp,
    hostname: 'h',
    contentHash: contentHash(eventType, payload),
  };
}

/** Runs events through an index as the router does; true for those that are delivered. */
function deliver(index: DuplicateIndex, events: readonly Subjectable[]): boolean[] {
  return events.map((each) => {
    if (index.find(each.contentHash, each.eventType, each.timestamp) !== null) return false;
    index.commit(index.admit(each), 1);
    return true;
  });
}

function delivered(events: readonly Subjectable[], options?: DuplicateOptions): boolean[] {
  return deliver(new DuplicateIndex(options), events);
}

const offline = (t: number, node = 'n1'): Subjectable => event('HOST_OFFLINE', { node_id: node }, t);
const online = (t: number, node = 'n1'): Subjectable => event('HOST_ONLINE', { node_id: node }, t);
const other = (n: number, t: number): Subjectable => event('X', { n }, t);

describe('the window', () => {
  it('drops a repetition within the hour, counted from the first delivery', () => {
    const times = [0, 1800, 3599, 3600, 5400, 7199, 7200];
    expect(delivered(times.map((t) => other(1, t)))).toEqual([true, false, false, true, false, false, true]);
  });

  it('counts event time in both directions, so that an old file beside live rows folds the same', () => {
    const live = [other(1, 1_000_000), other(1, 1_000_060)];
    const old = [other(1, 100), other(1, 160)];
    expect(delivered([live[0]!, old[0]!, live[1]!, old[1]!])).toEqual([true, true, false, false]);
  });

  it('law: with times ascending, a delivery is followed by silence of exactly one window', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 5000 }), (gaps, windowSeconds) => {
        let now = 0;
        const times = gaps.map((gap) => (now += gap));
        const result = delivered(
          times.map((t) => other(1, t)),
          { windowSeconds },
        );
        let last = Number.NEGATIVE_INFINITY;
        for (const [index, t] of times.entries()) {
          expect(result[index]).toBe(t - last >= windowSeconds);
          if (result[index] === true) last = t;
        }
      }),
    );
  });

  it('law: different contents do not influence each other', () => {
    const events = fc.array(fc.record({ n: fc.nat(3), gap: fc.integer({ min: 0, max: 900 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(events, (list) => {
        let now = 0;
        const all = list.map(({ n, gap }) => other(n, (now += gap)));
        const together = delivered(all);
        for (const n of [0, 1, 2, 3]) {
          const alone = delivered(all.filter((each) => each.payload['n'] === n));
          expect(together.filter((_, index) => list[index]!.n === n)).toEqual(alone);
        }
      }),
    );
  });

  it('has overrides per type, and 0 switches it off', () => {
    const windowByType = new Map([
      ['X', 10],
      ['Y', 0],
    ]);
    expect(delivered([other(1, 0), other(1, 9), other(1, 10)], { windowByType })).toEqual([
      true,
      false,
      true,
    ]);
    expect(delivered([event('Y', {}, 0), event('Y', {}, 0)], { windowByType })).toEqual([true, true]);
    expect(
      new DuplicateIndex({ windowSeconds: 60, windowByType: new Map([['X', 7200]]) }).longestWindow,
    ).toBe(7200);
  });
});

describe('opposite events', () => {
  it('re-arm their counterpart for the same subject', () => {
    expect(delivered([offline(0), offline(5), online(10), offline(20), online(30), online(31)])).toEqual([
      true,
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('leave other subjects alone', () => {
    expect(delivered([offline(0, 'n1'), offline(0, 'n2'), online(10, 'n2'), offline(20, 'n1')])).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('law: alternating reports of one subject all get through', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 40 }), (gaps) => {
        let now = 0;
        const events = gaps.map((gap, index) => (index % 2 === 0 ? offline : online)((now += gap)));
        expect(delivered(events)).toEqual(events.map(() => true));
      }),
    );
  });

  it('leave what was said before them a repetition, however late it is said again', () => {
    expect(delivered([offline(0), online(100), offline(0), offline(99), offline(100)])).toEqual([
      ...[true, true, false, false, true],
    ]);
    // And one that comes late itself says nothing of what was said after it.
    expect(delivered([offline(100), online(50), offline(101)])).toEqual([true, true, false]);
    const model = { model_id: 'm' };
    const promoted = event('MODEL_PROMOTED', model, 0);
    expect(delivered([promoted, event('PROMOTION_ROLLED_BACK', model, 60), promoted])).toEqual([
      ...[true, true, false],
    ]);
  });

  it('do not touch another era', () => {
    expect(delivered([offline(1_000_000), online(100), offline(1_000_001)])).toEqual([true, true, false]);
  });
});

describe('bounds', () => {
  it('forgets the oldest beyond the limit and counts those it forgot too early', () => {
    const index = new DuplicateIndex({ maxEntries: 3 });
    deliver(index, [other(1, 0), other(2, 1), other(3, 2), other(4, 3)]);
    expect(index.size).toBe(3);
    expect(index.evictedEarly).toBe(1);
    expect(deliver(index, [other(1, 4), other(4, 5)])).toEqual([true, false]);
  });

  it('does not count as early what had expired anyway', () => {
    const index = new DuplicateIndex({ maxEntries: 1, windowSeconds: 10 });
    deliver(index, [other(1, 0), other(2, 100)]);
    expect(index.size).toBe(1);
    expect(index.evictedEarly).toBe(0);
  });

  it('law: size stays within the limit and counts what can be found', () => {
    const actions = fc.array(fc.record({ n: fc.nat(8), on: fc.boolean(), gap: fc.nat(50) }), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(actions, fc.integer({ min: 1, max: 10 }), (list, maxEntries) => {
        const index = new DuplicateIndex({ maxEntries, windowSeconds: 200 });
        let now = 0;
        const events = list.map(({ n, on, gap }) => (on ? online : offline)((now += gap), `n${String(n)}`));
        deliver(index, events);
        const found = new Set(
          events
            .map((each) => index.find(each.contentHash, each.eventType, now))
            .filter((entry) => entry !== null),
        );
        expect(index.size).toBeLessThanOrEqual(maxEntries);
        expect(found.size).toBeLessThanOrEqual(index.size);
      }),
    );
  });
});

describe('forget and warm', () => {
  it('a forgotten entry is no longer found, one of another era still is', () => {
    const index = new DuplicateIndex();
    const { contentHash: hash } = other(1, 0);
    const first = index.admit(other(1, 0));
    const second = index.admit(other(1, 10_000));
    index.forget(first);
    expect(index.find(hash, 'X', 0)).toBeNull();
    expect(index.find(hash, 'X', 10_000)).toBe(second);
    index.forget(first);
    expect(index.size).toBe(1);
  });

  it('a warmed index answers as the one before the restart', () => {
    const past = [offline(0), online(10), other(1, 20), offline(30)];
    const future = [other(1, 40), offline(50), online(60), online(70), other(1, 4000)];
    const before = new DuplicateIndex();
    deliver(before, past);
    const after = new DuplicateIndex();
    after.warm(
      past.map((each, at) => ({
        ...each,
        seq: at + 1,
        subject: subjectOf(each.eventType, each.payload, each.hostname),
      })),
    );
    expect(deliver(after, future)).toEqual(deliver(before, future));
    const found = after.find(past[2]!.contentHash, 'X', 40);
    expect(found === null ? null : after.seqOf(found)).toBe(3);
  });
});

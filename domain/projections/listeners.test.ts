import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../events/envelope';
import { createFold, PROJECTIONS } from '.';
import { listenersOf } from './listeners';
import type { Projection } from './projection';
import { event } from './testing/event';
import { catalogued } from './testing/catalogued.test-support';
import { folded } from './testing/run';

/** Each projection by itself, called for every event. */
function calledForAll(events: readonly StoredEvent[]): unknown[] {
  return (PROJECTIONS as readonly Projection<unknown>[]).map((projection) => {
    const state = projection.initial();
    for (const each of events) projection.fold(state, each, () => undefined);
    return state;
  });
}

function unexpected(error: unknown): never {
  throw error;
}

describe('types that a projection does not listen to', () => {
  it('change nothing of its state but the clock', () => {
    fc.assert(
      fc.property(fc.oneof(catalogued(), catalogued({ seconds: 90 })), (events) => {
        const fold = createFold();
        const half = Math.floor(events.length / 2);
        for (const some of [events.slice(0, half), events.slice(half)])
          fold.foldAll(some, () => undefined, unexpected);
        const states = fold.snapshot().projections.map(({ state }) => state);
        expect(states).toEqual(calledForAll(events));
      }),
      { numRuns: 150 },
    );
  });

  it('still bring in the new minute, in which rates decay', () => {
    const fold = folded([event('QUALITY_SCORE_UPDATED', { avg_quality: 0.9 }, 0)]);
    const touched = new Set<string>();
    const quiet = [1, 61].map((seconds, at) => event('LOCK_RELEASED', {}, seconds, { seq: at + 2 }));
    fold.fold(quiet[0] as StoredEvent, (topic) => touched.add(topic));
    expect(touched).not.toContain('flows.steps');
    fold.fold(quiet[1] as StoredEvent, (topic) => touched.add(topic));
    expect(touched).toContain('flows.steps');
  });

  it('are told by a bit per projection', () => {
    const listenersTo = listenersOf([{ listens: ['A', 'B'] }, {}, { listens: ['B'] }]);
    expect(['A', 'B', 'C'].map(listenersTo)).toEqual([0b011, 0b111, 0b010]);
  });
});

it('law: folds that take turns do not disturb one another', () => {
  fc.assert(
    fc.property(catalogued(), catalogued(), (some, others) => {
      const [one, other] = [createFold(), createFold()];
      for (let at = 0; at < Math.max(some.length, others.length); at += 1) {
        const [mine, theirs] = [some[at], others[at]];
        if (mine) one.fold(mine);
        if (theirs) other.fold(theirs);
      }
      expect([one.snapshot(), other.snapshot()]).toEqual(
        [folded(some), folded(others)].map((fold) => fold.snapshot()),
      );
    }),
    { numRuns: 60 },
  );
});

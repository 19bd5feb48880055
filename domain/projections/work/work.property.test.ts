import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { catalogued } from '../testing/catalogued.test-support';
import { event } from '../testing/event';
import { folded } from '../testing/run';
import { TASK_STATES, WORK_STATES, WORK_STEPS } from './entities';
import { WORK_EVENTS } from './items';
import type { Ledger } from './ledger';
import { TASK_EVENTS } from './tasks';

const WORK_TYPES = [...WORK_EVENTS.keys()];
const TASK_TYPES = [...TASK_EVENTS.keys()];
const LOCK_TYPES = ['LOCK_ACQUIRED', 'LOCK_RELEASED', 'LOCK_TIMEOUT', 'DEADLOCK_DETECTED'];

/** Many ids of work and tasks, over `days`, with steps missing, repeated and late. */
function busy(days = 3): fc.Arbitrary<StoredEvent[]> {
  const one = fc.record({
    type: fc.constantFrom(...WORK_TYPES, ...TASK_TYPES, 'HOST_ONLINE'),
    id: fc.integer({ min: 0, max: 12 }),
    work_type: fc.constantFrom('selfplay', 'sync', undefined),
    priority: fc.constantFrom(1, 50, 99, undefined),
    at: fc.integer({ min: 0, max: days * 86_400 }),
  });
  return fc.array(one, { maxLength: 120 }).map((all) =>
    all.map(({ type, id, at, work_type: kind, priority }, n) => {
      const ids = { work_id: `w${id}`, job_id: `w${id}`, task_id: `t${id}` };
      const more = { ...(kind && { work_type: kind }), ...(priority && { priority }) };
      return event(type, { ...ids, ...more }, at, { seq: n + 1 });
    }),
  );
}

function counted<S extends string, K extends string>(book: Ledger<S, K>, states: readonly S[]) {
  const all = [...book.live.values(), ...book.ended.values()];
  return states.map((state) => [state, all.filter((life) => life.state === state).length]);
}

describe('laws of work and tasks', () => {
  it('counts by state equal the pieces of work and tasks by state', () => {
    fc.assert(
      fc.property(
        fc.oneof(busy(), busy(0.1), catalogued({ types: [...WORK_TYPES, ...TASK_TYPES] })),
        (events) => {
          const { work } = folded(events).states();
          expect(WORK_STATES.map((each) => [each, work.work.counts.get(each) ?? 0])).toEqual(
            counted(work.work, WORK_STATES),
          );
          expect(TASK_STATES.map((each) => [each, work.tasks.counts.get(each) ?? 0])).toEqual(
            counted(work.tasks, TASK_STATES),
          );
          for (const group of work.groups.values()) {
            const own = [...work.work.live.values(), ...work.work.ended.values()].filter(
              (life) => life.group === group.index,
            );
            for (const state of WORK_STATES)
              expect(group.counts.get(state) ?? 0, `${group.name} ${state}`).toBe(
                own.filter((life) => life.state === state).length,
              );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('totals of the types add up to those of all work, and are never negative', () => {
    fc.assert(
      fc.property(busy(), (events) => {
        const { work } = folded(events).states();
        for (const step of WORK_STEPS) {
          const parts = [...work.groups.values()].map(({ totals }) => totals[step]);
          expect(Math.min(0, ...parts)).toBe(0);
          expect(parts.reduce((sum, each) => sum + each, 0)).toBe(work.totals[step]);
        }
        for (const line of [work.minutes, work.fives])
          for (const { flows } of line.slots.values()) expect(Math.min(0, ...flows)).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('the state of each piece of work and task does not depend on the order of arrival', () => {
    const shuffled = busy(0.9).chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    const standing = (events: readonly StoredEvent[]) => {
      const { work } = folded(events).states();
      return [work.work, work.tasks].map((book) =>
        [...book.live.values(), ...book.ended.values()]
          .map(({ id, state, since, kind, priority }) => [id, state, since, kind.v, priority.v])
          .sort(),
      );
    };
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(standing(other)).toEqual(standing(events));
      }),
      { numRuns: 300 },
    );
  });

  it('nothing that was heard of within 24 h is lost, and after them nothing goes on', () => {
    fc.assert(
      fc.property(busy(4), (events) => {
        const end = event('HOST_ONLINE', { node_id: 'n' }, 4 * 86_400 + 120);
        const fold = folded([...events, end]);
        const { work } = fold.states();
        for (const book of [work.work, work.tasks]) {
          for (const { heardAt } of book.live.values())
            expect(end.timestamp - heardAt).toBeLessThanOrEqual(86_400);
          for (const { heardAt, state } of book.ended.values())
            if (state === 'lost') expect(end.timestamp - heardAt).toBeGreaterThan(86_400);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('bounds', () => {
  it('hold for ever new ids, and what is pushed out is said', () => {
    const fold = folded([]);
    for (let id = 0; id < 14_000; id += 1) {
      const type = id % 2 === 0 ? 'WORK_QUEUED' : 'WORK_COMPLETED';
      fold.fold(event(type, { work_id: `w${id}`, work_type: `t${id % 40}` }, id));
      fold.fold(event(TASK_TYPES[id % TASK_TYPES.length] ?? '', { task_id: `t${id}` }, id));
      fold.fold(
        event(LOCK_TYPES[id % 4] ?? '', { lock_name: `l${id}`, holder: 'h', locks_involved: [`l${id}`] }, id),
      );
    }
    const { work } = fold.states();
    expect(work.work.live.size).toBeLessThanOrEqual(5_000);
    expect(work.work.live.size + work.work.dropped).toBe(7_000);
    expect(work.work.ended.size).toBeLessThanOrEqual(500);
    expect(work.tasks.live.size).toBeLessThanOrEqual(2_000);
    expect(work.tasks.ended.size).toBeLessThanOrEqual(500);
    expect(work.locks.size).toBeLessThanOrEqual(250);
    expect(work.deadlocks.size).toBeLessThanOrEqual(50);
  });

  it('hold for one piece of work that never ends, and for months', () => {
    const fold = folded([]);
    for (let n = 0; n < 20_000; n += 1)
      fold.fold(event(WORK_TYPES[n % 5] ?? '', { work_id: 'w', work_type: 'x' }, n * 600));
    const { work } = fold.states();
    expect(
      work.work.live.get('w')?.steps.length ?? work.work.ended.get('w')?.steps.length,
    ).toBeLessThanOrEqual(24);
    expect(work.minutes.slots.size).toBeLessThanOrEqual(800);
    expect(work.fives.slots.size).toBeLessThanOrEqual(4_440);
    expect(work.waits.size).toBeLessThanOrEqual(400);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event, T0 } from '../testing/event';
import { addStep, changesSince, knownFrom, steps, stepsOf } from './steps';

type Said = { seconds: number; value: number };
const said = fc.array(fc.record({ seconds: fc.nat(100), value: fc.constantFrom(0, 1) }), { maxLength: 40 });

const eventsOf = (all: readonly Said[]) =>
  all.map(({ seconds, value }, index) => ({ at: event('X', {}, seconds, { seq: index + 1 }), value }));

function lineOf(all: ReturnType<typeof eventsOf>, limit = 100) {
  const line = steps();
  for (const { at, value } of all) addStep(line, at, value, limit);
  return line;
}

const inOrder = (all: ReturnType<typeof eventsOf>) =>
  [...all].sort((a, b) => a.at.timestamp - b.at.timestamp || a.at.seq - b.at.seq);

describe('steps', () => {
  it('are the runs of equal values when events come in order', () => {
    fc.assert(
      fc.property(said, (all) => {
        const sorted = inOrder(eventsOf(all));
        const runs = sorted.filter(({ value }, index) => value !== sorted[index - 1]?.value);
        expect(stepsOf(lineOf(sorted))).toEqual(
          runs.map(({ at, value }) => ({ t: at.timestamp, seq: at.seq, value })),
        );
      }),
    );
  });

  it('end with the newest word and alternate, whatever the order of arrival', () => {
    const shuffled = said.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(eventsOf(all), { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 2, max: 50 }), ([all, arrived], limit) => {
        const found = stepsOf(lineOf(arrived, limit));
        expect(found.at(-1)?.value).toBe(inOrder(eventsOf(all)).at(-1)?.value);
        expect(found.length).toBeLessThanOrEqual(limit);
        for (const [index, step] of found.entries()) {
          const before = found[index - 1];
          if (before === undefined) continue;
          expect(step.value).not.toBe(before.value);
          expect(step.t).toBeGreaterThanOrEqual(before.t);
        }
      }),
    );
  });

  it('cut a stretch in two where a late event contradicts it', () => {
    const line = lineOf([
      { at: event('X', {}, 0), value: 1 },
      { at: event('X', {}, 60), value: 1 },
      { at: event('X', {}, 30), value: 0 },
    ]);
    expect(stepsOf(line).map(({ t, value }) => [t - T0, value])).toEqual([
      [0, 1],
      [30, 0],
      [60, 1],
    ]);
    expect(changesSince(line, T0 + 29)).toBe(2);
    expect(changesSince(line, T0 + 30)).toBe(1);
  });

  it('forget the oldest, and say from when on they know', () => {
    const line = lineOf(
      [0, 10, 20, 30].map((seconds) => ({ at: event('X', {}, seconds), value: (seconds / 10) % 2 })),
      2,
    );
    expect(knownFrom(line)).toBe(T0 + 20);
    addStep(line, event('X', {}, 5), 1, 2);
    expect(stepsOf(line)).toHaveLength(2);
  });
});

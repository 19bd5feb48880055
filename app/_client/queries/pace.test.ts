import { expect, it } from 'vitest';
import { Pace } from './pace';

/** When one asks who is told of changes at these times. */
function asked(changes: readonly number[]): number[] {
  const pace = new Pace();
  const times: number[] = [];
  let due: number | null = null;
  const until = (now: number): void => {
    if (due === null || due > now) return;
    pace.asks(due);
    times.push(due);
    due = null;
  };
  for (const now of changes) {
    until(now);
    due ??= now + pace.changed(now);
    until(now);
  }
  until(Infinity);
  return times;
}

it('asks at once, and soon again for what follows at once', () => {
  expect(asked([0, 100, 300])).toEqual([0, 500]);
});

it('asks ever more seldom while changes go on, and of the last one in any case', () => {
  const steady = Array.from({ length: 201 }, (_, index) => index * 100);
  expect(asked(steady)).toEqual([0, 500, 1_500, 3_500, 8_500, 13_500, 18_500, 23_500]);
});

it('is as quick as at first after a quiet time, and not after changes just less often than it asks', () => {
  expect(asked([0, 100, 600, 1_600, 6_500, 6_600])).toEqual([0, 500, 1_500, 3_500, 8_500]);
  expect(asked([0, 100, 5_500, 5_600])).toEqual([0, 500, 5_500, 6_000]);
});

import { expect, it } from 'vitest';
import { firstToFill } from './first-to-fill';

it('leaves alone what the form knows already, and begins with what it waits for', () => {
  const problem = { value: 'offline:gh200-a' };
  const [reason, note] = [{ value: '' }, { value: '' }];
  expect(firstToFill([problem, reason, note])).toBe(reason);
  expect(firstToFill([reason, problem])).toBe(reason);
  expect(firstToFill([problem])).toBe(problem);
  const none: { value: string }[] = [];
  expect(firstToFill(none)).toBeUndefined();
});

import { expect, it } from 'vitest';
import { positive } from './positive';

it('takes a number within its bounds, and says in one line what they are', () => {
  expect([
    positive('--speed', '20'),
    positive('--backlog', '0.5', 23),
    positive('--backlog', '23', 23),
  ]).toEqual([20, 0.5, 23]);
  expect(() => positive('--speed', 'x')).toThrow('--speed: give a number greater than 0, not "x"');
  expect(() => positive('--speed', 'Infinity')).toThrow('--speed: give a number greater than 0');
  expect(() => positive('--backlog', '50', 23)).toThrow(
    '--backlog: give a number above 0, 23 at most, not "50"',
  );
});

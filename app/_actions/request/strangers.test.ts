import { expect, it } from 'vitest';
import { strangers } from './strangers';

const known = new Map([
  ['gh200-a', {}],
  ['gh200-b', {}],
]);

it('of a field are the names that nothing here has', () => {
  expect(strangers('gh200-a', known)).toEqual([]);
  expect(strangers('GH200-a', known)).toEqual(['GH200-a']);
  expect(strangers(['gh200-a', 'gh200-c', 'toString'], known)).toEqual(['gh200-c', 'toString']);
});

it('are none where the field is empty, holds no name, or nothing is known yet', () => {
  expect(strangers(undefined, known)).toEqual([]);
  expect(strangers(7, known)).toEqual([]);
  expect(strangers('gh200-c', new Map())).toEqual([]);
});

import { createSerializer, parseAsStringLiteral } from 'nuqs/server';
import { expect, it } from 'vitest';
import { listOf, loadPageSearch, pageSearch } from './page-search';

const write = createSerializer(pageSearch);

it.each([
  ['?config=a', ['a']],
  ['?config=a,b', ['a', 'b']],
  ['?config=a&config=b', ['a', 'b']],
  ['?config=a,b&config=c&config=b', ['a', 'b', 'c']],
  ['?config=', []],
  ['?range=6h', []],
])('reads %s as all the configs that it names', (search, configs) => {
  const { config } = loadPageSearch(new URLSearchParams(search));
  expect(config).toEqual(configs);
  expect(loadPageSearch(new URLSearchParams(write({ config }))).config).toEqual(configs);
});

it('writes one parameter, also for a name that holds a comma', () => {
  expect(write({ config: ['a', 'b'] })).toBe('?config=a,b');
  expect(loadPageSearch(new URLSearchParams(write({ config: ['a,b', 'c'] }))).config).toEqual(['a,b', 'c']);
});

it('leaves out what is none of the values', () => {
  expect(listOf(parseAsStringLiteral(['up', 'down'])).parse(['up,away', 'down'])).toEqual(['up', 'down']);
});

it('takes the first of what can only be one', () => {
  expect(loadPageSearch(new URLSearchParams('?range=6h&range=24h')).range).toBe('6h');
});

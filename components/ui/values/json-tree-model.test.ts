import { expect, it } from 'vitest';
import { childPath, childrenOf, previewOf } from './json-tree-model';

it('lists objects and arrays in their order, and tells leaves from empty branches', () => {
  expect(childrenOf({ b: 1, a: [2] })).toEqual([
    ['b', 1],
    ['a', [2]],
  ]);
  expect(childrenOf(['x'])).toEqual([['0', 'x']]);
  expect(childrenOf({})).toEqual([]);
  expect([childrenOf(null), childrenOf('{}')]).toEqual([null, null]);
  expect(childrenOf(JSON.parse('{"__proto__": 1}') as { __proto__: number })).toEqual([['__proto__', 1]]);
});

it('names children as drift findings do', () => {
  expect(childPath(childPath('', 'metrics'), '0')).toBe('metrics.0');
});

it('says how much a closed branch holds', () => {
  expect([previewOf([1, 2], false), previewOf({ a: 1 }, true)]).toEqual(['[… 2 …]', '{1}']);
});

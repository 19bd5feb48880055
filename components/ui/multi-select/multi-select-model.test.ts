import { describe, expect, it } from 'vitest';
import { moveCursor, toggle, visibleOptions } from './multi-select-model';

const options = [{ value: 'cluster_health', label: 'Cluster health' }, { value: 'sync' }];

describe('visibleOptions', () => {
  it('finds every word in label or value, in any case', () => {
    expect(visibleOptions(options, [], 'HEALTH clus')).toEqual([options[0]]);
    expect(visibleOptions(options, [], 'sy')).toEqual([options[1]]);
    expect(visibleOptions(options, [], 'x')).toEqual([]);
  });

  it('keeps what is selected but no longer offered, so that it can be taken off', () => {
    expect(visibleOptions(options, ['gone', 'sync'], '')).toEqual([{ value: 'gone' }, ...options]);
  });
});

it('toggles a value without disturbing the others', () => {
  expect(toggle(['a', 'b'], 'c')).toEqual(['a', 'b', 'c']);
  expect(toggle(['a', 'b', 'c'], 'b')).toEqual(['a', 'c']);
});

it('moves through the list and around its ends', () => {
  expect(moveCursor('ArrowDown', 2, 3)).toBe(0);
  expect(moveCursor('ArrowUp', 0, 3)).toBe(2);
  expect([moveCursor('Home', 1, 3), moveCursor('End', 1, 3)]).toEqual([0, 2]);
  expect(moveCursor('ArrowDown', -1, 0)).toBeNull();
  expect(moveCursor('a', 0, 3)).toBeNull();
});

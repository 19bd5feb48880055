import { describe, expect, it } from 'vitest';
import { filterOf, linesOption } from './filter-options';

describe('what a command is to choose', () => {
  it('has types in any spelling and categories by name', () => {
    expect(filterOf({ type: 'elo_updated, MODEL_PROMOTED', category: 'model, lock' })).toMatchObject({
      type: ['ELO_UPDATED', 'MODEL_PROMOTED'],
      category: ['model', 'lock'],
    });
  });

  // An empty name was refused in another way by each command, and no name at all (`--type "$UNSET"`) exported everything.
  it('leaves out what is empty between commas, and refuses a list of nothing', () => {
    expect(filterOf({ node: 'a,, b,' })).toMatchObject({ node: ['a', 'b'] });
    for (const option of ['type', 'category', 'config', 'node'])
      expect(() => filterOf({ [option]: ' ,' })).toThrow(
        `--${option}: give at least one name, or leave it out`,
      );
  });

  it('names the categories where one is unknown', () => {
    expect(() => filterOf({ category: 'model,weather' })).toThrow(
      /^--category: give selfplay, .*; there is no weather$/,
    );
  });

  it('begins with as many events as it was told, and with no guess', () => {
    expect(['1', ' 10', '1000'].map(linesOption)).toEqual([1, 10, 1_000]);
    for (const text of ['0', '-5', 'abc', '2.5', '1001', ''])
      expect(() => linesOption(text)).toThrow('-n: give a whole number from 1 to 1,000');
  });
});

import { describe, expect, it } from 'vitest';
import { optionsOf } from './filter-options';

const KNOWN = [
  ['gh200-a', 70],
  ['gh200-b', 30],
] as const;
const counts = (others: number) => ({ values: [['gh200-b', 4] as const], others });
const nodes = (counted: Partial<Parameters<typeof optionsOf>[2]>) =>
  optionsOf('node', KNOWN, { counts: counts(0), exact: true, filtered: false, ...counted }).map(
    ({ value, count }) => [value, count],
  );

describe('what a filter menu counts', () => {
  it('is what matches, and none where every value is told', () => {
    expect(nodes({})).toEqual([
      ['gh200-b', 4],
      ['gh200-a', 0],
    ]);
  });

  it.each([
    ['beyond the most frequent values', { counts: counts(3) }],
    ['what an estimate has not met', { exact: false }],
    ['what a filter of its own hides', { filtered: true }],
  ])('is nothing for %s', (_, counted) => {
    expect(nodes(counted)).toEqual([
      ['gh200-b', 4],
      ['gh200-a', undefined],
    ]);
  });

  it('is nothing before the first answer', () => {
    expect(nodes({ counts: null })).toEqual([
      ['gh200-a', undefined],
      ['gh200-b', undefined],
    ]);
  });

  it('keeps the order of severities, those that never occurred among them', () => {
    const told = { values: [['info', 2] as const], others: 0 };
    const options = optionsOf('severity', [], { counts: told, exact: true, filtered: false });
    expect(options.map(({ value, count }) => [value, count])).toEqual([
      ['critical', 0],
      ['error', 0],
      ['warning', 0],
      ['info', 2],
      ['debug', 0],
    ]);
  });
});

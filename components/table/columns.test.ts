import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barWidth } from '../charts/bars';
import { compareValues, matchesWords, toTsv, type Column } from './columns';

type Node = { name: string; games: number | null; online: boolean };
const NODES: Node[] = [
  { name: 'gpu-10', games: 3, online: true },
  { name: 'gpu-2', games: null, online: false },
];
const COLUMNS: Column<Node>[] = [
  { id: 'name', header: 'Node', value: ({ name }) => name },
  { id: 'games', header: 'Games', unit: 'per hour', value: ({ games }) => games },
  { id: 'online', header: 'Online', value: ({ online }) => online },
];

describe('the order of values', () => {
  it('is as people count', () => {
    expect(['gpu-10', 'GPU-2', 'gpu-1'].sort(compareValues)).toEqual(['gpu-1', 'GPU-2', 'gpu-10']);
    expect([10, 9, -1].sort(compareValues)).toEqual([-1, 9, 10]);
  });

  it('is an order, whatever is mixed', () => {
    const value = fc.oneof(fc.double(), fc.string(), fc.boolean());
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) + 0);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0)
          expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('a table as text', () => {
  it('has a line of headers with units, and an empty cell for what is not known', () => {
    expect(toTsv(NODES, COLUMNS)).toBe('Node\tGames (per hour)\tOnline\ngpu-10\t3\tyes\ngpu-2\t\tno');
  });

  it('tells a time so that everybody reads the same one', () => {
    const columns: Column<number | null>[] = [{ id: 't', header: 'When', value: (at) => at, time: true }];
    expect(toTsv([1764547200, 1764547200.25, null, 1e14], columns)).toBe(
      'When\n2025-12-01T00:00:00Z\n2025-12-01T00:00:00.250Z\n\n100000000000000',
    );
    expect(matchesWords(1764547200, columns, '2025-12-01')).toBe(true);
  });

  it('keeps its grid and stays a text in spreadsheets', () => {
    const columns: Column<string>[] = [{ id: 'text', header: 'Text', value: (text) => text }];
    expect(toTsv(['a\tb\nc', '=HYPERLINK("x")', '-12.5', '-x'], columns)).toBe(
      'Text\na b c\n\'=HYPERLINK("x")\n-12.5\n\'-x',
    );
  });
});

it('a search wants all its words, in any column', () => {
  const found = (search: string) => NODES.filter((row) => matchesWords(row, COLUMNS, search)).length;
  expect(['', 'gpu', 'GPU yes', 'gpu-2 yes', 'no'].map(found)).toEqual([2, 2, 1, 0, 1]);
});

it('a bar is as long as its share of the longest, and never invisible', () => {
  expect([0, 1, 50, 100, NaN, -1].map((value) => barWidth(value, 100))).toEqual([0, 1, 50, 100, 0, 0]);
  expect(barWidth(1, 1e6)).toBeGreaterThan(0.5);
  expect(barWidth(5, 0)).toBe(0);
});

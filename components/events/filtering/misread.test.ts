import { expect, it } from 'vitest';
import { barePaths, lateSpan } from './misread';

it('names payload fields that stand without a comparison', () => {
  expect(barePaths('payload.elo')).toEqual(['payload.elo']);
  expect(barePaths('type:ELO_UPDATED payload.new_elo')).toEqual(['payload.new_elo']);
  for (const query of [
    'payload.elo>1700',
    '"payload.elo"',
    'payload',
    'payload.',
    '-payload.elo',
    '(payload.elo',
    '',
  ])
    expect(barePaths(query)).toEqual([]);
});

it('names a time that counts back from now, but not to the newest event, and the query without it', () => {
  expect(lateSpan('since:6h', 1_000, 100_000)).toEqual({ term: 'since:6h', rest: '', ago: 21_600 });
  expect(lateSpan('memory after:2h node:a', 1_000, 100_000)).toEqual({
    term: 'after:2h',
    rest: 'memory node:a',
    ago: 7_200,
  });
  expect(lateSpan('since:1d since:1h', 90_000, 100_000)?.term).toBe('since:1h');
});

it('says nothing of times that reach the newest event, are fixed, end a stretch, or need not hold', () => {
  for (const query of [
    'since:2d',
    'since:2025-12-27',
    'before:6h',
    'until:6h',
    'since:6h OR memory',
    '-since:6h',
    'since:',
  ])
    expect(lateSpan(query, 1_000, 100_000)).toBeNull();
  expect(lateSpan('since:6h', null, 100_000)).toBeNull();
});

import { expect, it } from 'vitest';
import { lookOf } from '../look/look';
import type { Reading } from '../frame/readings';
import type { ChartSeries } from '../types';
import { readingText } from './tooltip';

it.each([
  [[1_920.44, 2_040] as const, '1994.6 Elo (1920.4 to 2040.0)'],
  [[1_920.44, Infinity] as const, '1994.6 Elo (at least 1920.4)'],
])('tells a rating and its bounds %j as tables do', (bounds, said) => {
  const series: ChartSeries = {
    id: 'a',
    name: 'a',
    kind: 'points',
    points: [[0, 1_994.64]],
    bounds: [bounds],
  };
  const drawn = { series, look: lookOf(series, 0), floors: null };
  const reading: Reading = { drawn, index: 0, x: 0, y: 1_994.64 };
  expect(readingText(reading, { unit: 'Elo', right: undefined })).toBe(said);
});

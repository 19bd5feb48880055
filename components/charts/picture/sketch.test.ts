import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { frameOf } from '../frame/frame';
import { utcOffset } from '../frame/ticks';
import { Sketch } from './sketch';

it.each([
  ['left', 'Elo', '1800'],
  ['left', 'games', '1,800'],
  ['right', 'Elo', '1800'],
])('writes the axis on the %s by its unit, %s', (side, unit, tick) => {
  const right = side === 'right';
  const points = [
    [0, 1_400],
    [1, 1_800],
  ] as const;
  const [width, height] = [480, 240];
  const frame = frameOf({
    ...{ hidden: new Set<string>(), markers: [], levels: [], window: null, xLabel: false, offset: utcOffset },
    ...{ series: [{ id: 'a', name: 'a', kind: 'line', points, right }], xKind: 'number', width, height },
  });
  if (frame === null) throw new Error('Nothing to draw.');
  const units = right ? { unit: undefined, right: unit } : { unit, right: undefined };
  const props = { frame, width, height, levels: [], tickText: String, ...units };
  expect(renderToStaticMarkup(createElement(Sketch, props))).toContain(`>${tick}<`);
});

it('breaks no day at the right edge into two lines', () => {
  const points = [
    [0, 1],
    [1, 2],
  ] as const;
  const [width, height] = [480, 240];
  const frame = frameOf({
    ...{ hidden: new Set<string>(), markers: [], levels: [], window: null, xLabel: false, offset: utcOffset },
    ...{ series: [{ id: 'a', name: 'a', kind: 'line', points }], xKind: 'number', width, height },
  });
  if (frame === null) throw new Error('Nothing to draw.');
  const props = {
    frame,
    width,
    height,
    levels: [],
    tickText: () => '1 Dec',
    unit: undefined,
    right: undefined,
  };
  expect(renderToStaticMarkup(createElement(Sketch, props))).toMatch(/whitespace-nowrap[^>]*>1 Dec</);
});

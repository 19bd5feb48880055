import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { frameOf } from '../frame/frame';
import { utcOffset } from '../frame/ticks';
import { Sketch } from './sketch';

/** The first paint of one line, with all ticks of its axis below told as `tickText` says. */
function drawn(
  points: readonly (readonly [number, number])[],
  side: 'left' | 'right',
  words: { unit: string | undefined; tickText: (at: number) => string },
): string {
  const right = side === 'right';
  const [width, height] = [480, 240];
  const frame = frameOf({
    ...{ hidden: new Set<string>(), markers: [], levels: [], window: null, xLabel: false, offset: utcOffset },
    ...{ series: [{ id: 'a', name: 'a', kind: 'line', points, right }], xKind: 'number', width, height },
  });
  if (frame === null) throw new Error('Nothing to draw.');
  const { unit, tickText } = words;
  const units = right ? { unit: undefined, right: unit } : { unit, right: undefined };
  const props = { frame, width, height, levels: [], tickText, ...units };
  return renderToStaticMarkup(createElement(Sketch, props));
}

it.each([
  ['left', 'Elo', '1800'],
  ['left', 'games', '1,800'],
  ['right', 'Elo', '1800'],
] as const)('writes the axis on the %s by its unit, %s', (side, unit, tick) => {
  const points = [
    [0, 1_400],
    [1, 1_800],
  ] as const;
  expect(drawn(points, side, { unit, tickText: String })).toContain(`>${tick}<`);
});

it('breaks no day at the right edge into two lines', () => {
  const points = [
    [0, 1],
    [1, 2],
  ] as const;
  const words = { unit: undefined, tickText: () => '1 Dec' };
  expect(drawn(points, 'left', words)).toMatch(/whitespace-nowrap[^>]*>1 Dec</);
});

import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { LiveProvider } from '@/app/_client/live/live-provider';
import type { ServerStatus } from '@/domain/realtime/contract';
import { PressBar } from './press-bar';

const NOW = 1_796_000_000;

it.each([
  [NOW - 365 * 86_400, true],
  [NOW - 901, true],
  [NOW - 60, false],
  [null, false],
])('says that what is pressed is dated now where the newest event, of %j, is old', (clock, said) => {
  const children = createElement(PressBar, {
    ...{ label: 'Promote', missing: null, state: { kind: 'idle' }, onClose: () => undefined },
  });
  const status = { now: NOW, clock } as ServerStatus;
  const drawn = renderToStaticMarkup(createElement(LiveProvider, { initial: [], status, children }));
  expect(drawn.includes('This one is dated now')).toBe(said);
});

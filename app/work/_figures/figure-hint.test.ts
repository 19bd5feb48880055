import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { FigureHint } from './figure-hint';

it.each(['bad', null] as const)('is never cut: no title tells the rest, tone %j', (tone) => {
  const children = createElement('a', { href: '/events' }, '1 h 54 min ago');
  expect(renderToStaticMarkup(createElement(FigureHint, { tone, children }))).not.toContain('truncate');
});

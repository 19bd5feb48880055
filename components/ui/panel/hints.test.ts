import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Elapsed, ServerElapsed } from '../time/elapsed';
import { Panel } from './panel';
import { Stat } from './stat';
import { Age, ServerAge } from '../time/time';

it('can be read in full where a line is too short for it', () => {
  const hint = 'training square8_2p, training square8_3p';
  expect(renderToStaticMarkup(createElement(Stat, { label: 'Under way', value: 2, hint }))).toContain(
    `title="${hint}"`,
  );
  expect(renderToStaticMarkup(createElement(Panel, { title: 'Under way', hint, children: null }))).toContain(
    `title="${hint}"`,
  );
});

it('the name of a figure is whole on a phone, where there is no title to read it in', () => {
  const drawn = renderToStaticMarkup(createElement(Stat, { label: 'Daemons and coordinators', value: 8 }));
  expect(drawn).not.toMatch(/[" ]truncate[^>]*>Daemons/);
});

it('is never cut where it is more than text, which no title can hold', () => {
  const hint = createElement('a', { href: '/events' }, 'longest without: hexagonal_2p, 1 h 12 min ago');
  for (const drawn of [
    createElement(Stat, { label: 'Newest games', value: '2 s ago', hint }),
    createElement(Panel, { title: 'Newest games', hint, children: null }),
  ])
    expect(renderToStaticMarkup(drawn)).not.toMatch(/truncate[^>]*><a /);
});

it.each([Elapsed, ServerElapsed, Age, ServerAge])('a span of time stays in one line: %o', (Span) => {
  expect(renderToStaticMarkup(createElement(Span, { at: -4_980 }))).toMatch(/whitespace-nowrap.*>1 h 23 min/);
});

import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Panel } from './panel';
import { Stat } from './stat';

it('can be read in full where a line is too short for it', () => {
  const hint = 'training square8_2p, training square8_3p';
  expect(renderToStaticMarkup(createElement(Stat, { label: 'Under way', value: 2, hint }))).toContain(
    `title="${hint}"`,
  );
  expect(renderToStaticMarkup(createElement(Panel, { title: 'Under way', hint, children: null }))).toContain(
    `title="${hint}"`,
  );
});

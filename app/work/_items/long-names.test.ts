import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { AllEvents } from './all-events';
import { Life } from './life';

it('breaks an id that is longer than the drawer is wide', () => {
  const drawn = renderToStaticMarkup(createElement(AllEvents, { id: `work_${'w'.repeat(75)}` }));
  expect(drawn).toMatch(/class="[^"]*max-w-full[^"]*break-words/);
});

it('breaks the name of a node in a life', () => {
  const node = `node_${'n'.repeat(55)}`;
  const step = { step: 'claimed', at: 100, event_id: 'e', node, note: null, value: null } as const;
  const drawn = renderToStaticMarkup(createElement(Life, { steps: [step], lost: false }));
  expect(drawn).toMatch(new RegExp(`class="[^"]*break-words[^"]*">${node}<`));
});

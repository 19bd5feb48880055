import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { MomentField } from './moment-field';

it.each(['From', 'To'])(
  'names the calendar of %s so that it can be understood when it is read aloud',
  (label) => {
    const props = { label, at: undefined, clock: () => 0, onChange: () => undefined };
    const drawn = renderToStaticMarkup(createElement(MomentField, props));
    expect(drawn).toContain(`aria-label="${label}: pick it from a calendar"`);
  },
);

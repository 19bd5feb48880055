import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { NodeLink } from './node-link';

it('is as wide as its place allows where that is said, at every width of the window', () => {
  const drawn = renderToStaticMarkup(
    createElement(NodeLink, { node: 'gpu-h100-1', className: 'max-w-full' }),
  );
  expect(drawn.match(/\S*max-w-[^\s"]+/g)).toEqual(['max-w-full']);
});

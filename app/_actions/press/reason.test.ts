import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { reasonProblem } from './reason';
import { ReasonField } from './reason-field';

it('says by how much a reason is too short or too long', () => {
  expect(reasonProblem('  a ')).toBe('Give a reason of 3 to 500 characters.');
  expect(reasonProblem('why')).toBeNull();
  expect(reasonProblem('x'.repeat(501))).toBe('The reason is 1 character too long: 500 are kept.');
  expect(reasonProblem('x'.repeat(612))).toBe('The reason is 112 characters too long: 500 are kept.');
});

it('lets a longer text be pasted whole, so that nobody misses what was cut off', () => {
  const field = createElement(ReasonField, { value: '', onChange: () => undefined });
  expect(renderToStaticMarkup(field)).not.toContain('maxLength');
});

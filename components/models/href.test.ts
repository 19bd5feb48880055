import fc from 'fast-check';
import { expect, it } from 'vitest';
import { modelHref, modelIdOf } from './href';

it.each([
  ['hex8_2p_v43', '/models/hex8_2p_v43'],
  ['a/b c', '/models/a%2Fb%20c'],
  ['ü#?%2F', '/models/%C3%BC%23%3F%252F'],
  ['__proto__', '/models/__proto__'],
  ['..', '/events?model=..'],
])('links to the model %s', (id, href) => {
  expect(modelHref(id)).toBe(href);
});

it('leads back to the id, whatever it is, in a URL that browsers leave as it is', () => {
  const unit = fc.constantFrom(
    'a',
    '_',
    ' ',
    '/',
    '\\',
    '.',
    '..',
    '%2F',
    '%',
    '#',
    '?',
    '&',
    ';',
    '+',
    '"',
    '\n',
    '\0',
    'ü',
    '🦄',
  );
  const ids = fc.string({ unit, minLength: 1, maxLength: 8 }).filter((id) => !/^\.{1,2}$/.test(id));
  fc.assert(
    fc.property(ids, (id) => {
      const { pathname, search, hash } = new URL(modelHref(id), 'http://ringside.test/models/x');
      expect([search, hash]).toEqual(['', '']);
      expect(modelIdOf(pathname.slice('/models/'.length))).toBe(id);
    }),
  );
});

it('takes no half of a surrogate pair for a reason to fail', () => {
  expect(modelHref('a\ud800')).toBe('/models/a%EF%BF%BD');
});

it('finds no id in a segment that is no URL text', () => {
  expect(modelIdOf('%E0%A4%A')).toBeNull();
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addressFrom, NAV_ITEMS } from './nav-items';

const root = path.resolve(import.meta.dirname, '../../..');
const source = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const hrefs = NAV_ITEMS.map(({ href }) => href);

describe('pages of the navigation', () => {
  it('are there, and each page is one of them but those of people without an account', () => {
    const folders = readdirSync(path.join(root, 'app')).filter((name) =>
      existsSync(path.join(root, 'app', name, 'page.tsx')),
    );
    const pages = ['', ...folders].map((name) => `/${name}`);
    expect(existsSync(path.join(root, 'app/page.tsx'))).toBe(true);
    expect(pages.filter((page) => page !== '/sign-in' && page !== '/welcome').sort()).toEqual(
      [...hrefs].sort(),
    );
  });

  it('are those that the browser tests tour', () => {
    const toured = Array.from(
      source('e2e/support/pages.ts').matchAll(/path: '(.*?)', name: '(.*?)', key: '(.)'/g),
      ([, href, label, letter]) => ({ href, label, letter }),
    );
    expect(toured).toEqual(NAV_ITEMS.map(({ href, label, letter }) => ({ href, label, letter })));
  });

  it('are told of in the README', () => {
    const readme = source('README.md');
    expect(hrefs.filter((href) => !readme.includes(`\`${href}\``))).toEqual([]);
  });
});

/** All that makes a page of the navigation. */
const sourcesOf = (href: string): string =>
  readdirSync(path.join(root, 'app', href), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => source(path.join('app', href, file)))
    .join('\n');

describe('what was chosen on a page', () => {
  const here = { pathname: '/elo', search: '?config=hex8_2p,sq8&axis=epochs&range=6h&since=1&until=2' };

  it('goes along to those that show it at their head, and no further', () => {
    expect(addressFrom(here, '/quality')).toBe('/quality?config=hex8_2p,sq8&range=6h&since=1&until=2');
    expect(addressFrom(here, '/nodes')).toBe('/nodes?range=6h&since=1&until=2');
    for (const href of ['/', '/events', '/router', '/settings']) expect(addressFrom(here, href)).toBe(href);
  });

  it('is what it is called there: times of the list of events are written another way', () => {
    expect(addressFrom({ ...here, pathname: '/events' }, '/quality')).toBe('/quality');
    expect(addressFrom({ ...here, pathname: '/nodes/a' }, '/nodes')).toBe('/nodes?range=6h&since=1&until=2');
    expect(addressFrom({ ...here, pathname: '/nodes' }, '/elo')).not.toContain('config');
  });

  it('is left by the link of the page itself', () => {
    expect(addressFrom(here, '/elo')).toBe('/elo');
    expect(addressFrom({ pathname: '/elo', search: '' }, '/quality')).toBe('/quality');
  });

  it('goes along to all pages with these controls', () => {
    const controlled = (control: string): string[] =>
      hrefs.filter((href) => href !== '/' && sourcesOf(href).includes(`<${control} `));
    const keeping = (name: string): string[] =>
      NAV_ITEMS.filter(({ keeps }) => keeps?.includes(name)).map(({ href }) => href);
    expect(keeping('config')).toEqual(controlled('PageControls'));
    expect(keeping('range').sort()).toEqual(
      [...controlled('PageControls'), ...controlled('RangeControl')].sort(),
    );
  });
});

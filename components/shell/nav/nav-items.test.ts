import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NAV_ITEMS } from './nav-items';

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

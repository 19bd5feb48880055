import { expect, it } from 'vitest';
import { PAGE_ROOTS } from '@/domain/views/pages';
import { NAV_ITEMS } from '../shell/nav/nav-items';
import { describeAddress } from './describe';

it('says the page, what it shows, and its query', () => {
  expect(describeAddress('/')).toBe('Overview');
  expect(describeAddress('/events?type=ELO_UPDATED&q=a%20b')).toBe('Events · type ELO_UPDATED · “a b”');
  expect(describeAddress('/nodes/gh200%2Fa')).toBe('Nodes · gh200/a');
  expect(describeAddress('/nodes/%ff')).toBe('Nodes · %ff');
});

it('views lead to exactly the pages of the navigation', () => {
  expect(PAGE_ROOTS.map((root) => `/${root}`).sort()).toEqual(NAV_ITEMS.map(({ href }) => href).sort());
});

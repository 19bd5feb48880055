import { expect, it } from 'vitest';
import { isActive, NAV_ITEMS } from '../nav/nav-items';
import { isPaletteKey, shortcutFor } from './shortcuts';

it('goes to every page by g and a letter of its own', () => {
  expect(new Set(NAV_ITEMS.map(({ letter }) => letter)).size).toBe(NAV_ITEMS.length);
  for (const item of NAV_ITEMS)
    expect(shortcutFor(item.letter, true)).toEqual({ kind: 'go', href: item.href });
});

it('waits after g only, and helps on ?', () => {
  expect(shortcutFor('g', false)).toEqual({ kind: 'waiting' });
  expect(shortcutFor('?', false)).toEqual({ kind: 'help' });
  expect(shortcutFor('n', false)).toEqual({ kind: 'panel', step: 1 });
  expect(shortcutFor('n', true)).toEqual({ kind: 'go', href: '/nodes' });
  expect(shortcutFor('e', false)).toEqual({ kind: 'none' });
  expect(shortcutFor('z', true)).toEqual({ kind: 'none' });
});

it('marks the page one is on, also below it, and the overview only at /', () => {
  const active = (path: string) => NAV_ITEMS.filter((item) => isActive(item, path)).map(({ label }) => label);
  expect(active('/')).toEqual(['Overview']);
  expect(active('/events/018f')).toEqual(['Events']);
  expect(active('/eventsx')).toEqual([]);
});

it('opens the palette by Ctrl K or ⌘ K alone', () => {
  const bare = { key: 'k', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  expect(isPaletteKey({ ...bare, ctrlKey: true })).toBe(true);
  expect(isPaletteKey({ ...bare, key: 'K', metaKey: true })).toBe(true);
  expect(isPaletteKey(bare)).toBe(false);
  expect(isPaletteKey({ ...bare, ctrlKey: true, shiftKey: true })).toBe(false);
  expect(isPaletteKey({ ...bare, ctrlKey: true, metaKey: true })).toBe(false);
});

import type { Page } from '@playwright/test';
import { expect } from './expect';

/** Every page of the product, in the order of the navigation; `key` follows `g`. */
export const PAGES = [
  { path: '/', name: 'Overview', key: 'o' },
  { path: '/pipeline', name: 'Pipeline', key: 'p' },
  { path: '/training', name: 'Training', key: 't' },
  { path: '/elo', name: 'Elo', key: 'l' },
  { path: '/models', name: 'Models', key: 'm' },
  { path: '/quality', name: 'Quality', key: 'q' },
  { path: '/nodes', name: 'Nodes', key: 'n' },
  { path: '/work', name: 'Work', key: 'w' },
  { path: '/events', name: 'Events', key: 'e' },
  { path: '/router', name: 'Router', key: 'r' },
  { path: '/catalogue', name: 'Catalogue', key: 'c' },
  { path: '/actions', name: 'Actions', key: 'a' },
  { path: '/settings', name: 'Settings', key: 's' },
] as const;

/** The page follows what happens. */
export const live = (page: Page): Promise<void> =>
  expect(page.getByText('Live', { exact: true }).first()).toBeVisible();

/** Goes to a page of the navigation by its keys, without loading anything anew. */
export async function goByKeys(page: Page, { key, name }: (typeof PAGES)[number]): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(key);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
}

/** Goes to any page as its links do, by Next's router and without loading anything anew. */
export async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const { next } = window as unknown as { next: { router: { push(path: string): void } } };
    next.router.push(to);
  }, path);
  // No page shows a part of itself first: the address changes with what is shown.
  await page.waitForURL(({ pathname, search }) => pathname + search === path, { timeout: 20_000 });
}

import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { totalOf } from './support/rest';
import { STORY, tell } from './support/story';

/** Stops of Tab beyond the navigation that are looked at on each page. */
const STOPS = 25;

/** Those whose controls differ: tables, charts, graphs, grids, lists. */
const LOOKED_AT = ['/', '/pipeline', '/elo', '/nodes', '/work', '/events', '/router'];

interface Stop {
  /** Null: the walk has left the page. */
  readonly what: string | null;
  readonly named: boolean;
  readonly seen: boolean;
}

/** What has the focus: has it a name, and does something show that it has it? */
const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement | null;
    if (one === null || one === document.body) return { what: null, named: true, seen: true };
    const texts = [
      one.getAttribute('aria-label'),
      ...(one.getAttribute('aria-labelledby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? ''),
      ...[...((one as HTMLInputElement).labels ?? [])].map(({ textContent }) => textContent),
      one.textContent,
      one.title,
    ];
    const outlined = (box: Element | null): boolean => {
      if (box === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(box);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    };
    const { top, bottom } = one.getBoundingClientRect();
    const inView = bottom > 0 && top < innerHeight;
    return {
      what: `<${one.tagName.toLowerCase()}> ${texts.find(Boolean) ?? one.outerHTML.slice(0, 80)}`.slice(
        0,
        100,
      ),
      named: texts.some((text) => (text ?? '').trim() !== ''),
      seen: inView && (outlined(one) || outlined(one.parentElement)),
    };
  });

test('each stop of Tab on the pages has a name and a focus that can be seen, and none holds it', async ({
  page,
  ringside,
  cluster,
}) => {
  await tell(cluster, STORY);
  await expect.poll(() => totalOf(ringside.url)).toBe(STORY.length);
  const found: string[] = [];
  for (const path of LOOKED_AT) {
    await page.goto(ringside.url + path);
    await live(page);
    await page.locator('main').focus();
    let before = '';
    for (let n = 0; n < STOPS; n++) {
      await page.keyboard.press('Tab');
      const { what, named, seen } = await stopOf(page);
      if (what === null) break;
      if (!named) found.push(`${path}: no name: ${what}`);
      if (!seen) found.push(`${path}: no visible focus: ${what}`);
      before = what;
    }
    expect(before, `${path} has stops`).not.toBe('');
  }
  expect(found).toEqual([]);
});

test('a table is sorted, a chart zoomed, and a dialog left by keyboard; the focus comes back', async ({
  page,
  ringside,
  cluster,
}) => {
  await tell(cluster, STORY);
  await page.goto(`${ringside.url}/models`);
  await live(page);
  const table = page.getByRole('region', { name: 'Registry' });
  const head = table.getByRole('columnheader', { name: 'Model', exact: true });
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');

  const promote = table.getByRole('button', { name: /^Promote / }).first();
  await promote.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(promote).toBeFocused();
});

import type { Locator, Page } from '@playwright/test';
import { expect } from './expect';

const MOST = 150;
/** Stops of Tab beyond the navigation that are looked at on a page. */
const STOPS = 25;

/** From one control to the next as a keyboard does it: what has the focus is what the next key goes to. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  // Tab passes by what cannot be pressed yet.
  await expect(target).toBeEnabled();
  for (let step = 0; step < MOST; step++) {
    if (await target.evaluate((each) => each === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(target)}`);
}

/** Goes to a field and replaces what stands in it. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

/** Closes the dialog; the focus is back where it was before. */
export async function escapeTo(page: Page, opener: Locator): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(opener).toBeFocused();
}

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

/** Walks by Tab from the start of the page: stops without a name, and those whose focus cannot be seen. */
export async function findingsAtTabStops(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  await page.locator('main').focus();
  let stops = 0;
  for (; stops < STOPS; stops++) {
    await page.keyboard.press('Tab');
    const { what, named, seen } = await stopOf(page);
    if (what === null) break;
    if (!named) found.push(`${where}: no name: ${what}`);
    if (!seen) found.push(`${where}: no visible focus: ${what}`);
  }
  return stops === 0 ? [`${where}: no stop`] : found;
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';
import { expect } from './expect';

/** Phones first, where most is laid out anew (the narrowest there are), and last a window like those that are worked in. */
const WIDTHS = [280, 390, 768, 2560, 1440];

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly impact?: string | null | undefined;
  readonly html: string;
}

/** What axe finds within a part of the page as it stands. */
async function askAxe(page: Page, within: string, options: RunOptions): Promise<readonly Finding[]> {
  // A page keeps it: half a megabyte is read once, not at every question.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(
    async ([part, how]) => {
      const { axe } = window as unknown as { axe: { run(of: string, how: RunOptions): Promise<AxeResults> } };
      const { violations } = await axe.run(part, how);
      return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => ({ id, impact, html })));
    },
    // What is well is not told: elements of rules that hold are most of the work.
    [within, { ...options, resultTypes: ['violations'] } satisfies RunOptions] as const,
  );
}

const told =
  (where: string) =>
  ({ id, html }: Finding): string =>
    `${where}: ${id}: ${html.slice(0, 160)}`;

/** All that axe has to say about a part of the page, a line per rule and element. */
export async function findingsWithin(page: Page, within: string, where: string): Promise<string[]> {
  return (await askAxe(page, within, {})).map(told(where));
}

/**
 * What axe calls serious or critical on the page as it stands, a line per rule and element; all rules or those named.
 * Among all is not what is asked of style sheets (`STYLES`).
 */
export async function seriousFindings(page: Page, where: string, rules?: string[]): Promise<string[]> {
  const found = await askAxe(page, 'html', rules === undefined ? { preload: false } : { runOnly: rules });
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(told(where));
}

/** The rules that read style sheets. The pages share theirs, and reading them takes as long as all other rules do. */
export const STYLES = ['css-orientation-lock'];

/** What axe calls serious or critical in the light theme, and then, among what depends on colours, in the dark one. */
export async function seriousFindingsInBothThemes(page: Page, where: string): Promise<string[]> {
  const light = await seriousFindings(page, `${where} light`);
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveClass(/dark/);
  return [...light, ...(await seriousFindings(page, `${where} dark`, ['color-contrast']))];
}

/** Parts that stick out to the right, at the widths of a phone, a tablet, a laptop and a wall. */
export async function tooWide(page: Page, where: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    // Two frames: layouts that follow a size observer settle in the second.
    const wide = await page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      // `main` hides what sticks out of it, so it is asked itself.
      const name = (box: Element): string =>
        `${box.tagName}.${box.getAttribute('class')?.slice(0, 60) ?? ''}`;
      const widest = (box: Element): string => {
        const parts = [...box.querySelectorAll('*')];
        const right = (part: Element): number => part.getBoundingClientRect().right;
        return parts.length === 0 ? '' : name(parts.reduce((a, b) => (right(b) > right(a) ? b : a)));
      };
      return [document.documentElement, ...document.querySelectorAll('main')].flatMap((box) =>
        box.scrollWidth > box.clientWidth
          ? `${box.tagName} ${box.scrollWidth} > ${box.clientWidth}, furthest right: ${widest(box)}`
          : [],
      );
    });
    found.push(...wide.map((each) => `${where} at ${width}: ${each}`));
  }
  return found;
}

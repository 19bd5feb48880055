import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const WIDTHS = [390, 768, 1440, 2560];

/** What axe calls serious or critical on the page as it stands, a line per rule and element; all rules or those named. */
export async function seriousFindings(page: Page, where: string, rules?: string[]): Promise<string[]> {
  // What is well is not told: elements of rules that hold are most of the work, and megabytes for the test's process.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${where}: ${id}: ${html.slice(0, 160)}`));
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

import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { totalOf } from './support/rest';
import { CONFIG, MODEL, PIPELINE, QUALITY, ROLLBACK, tell } from './support/story';

const STORY = [...PIPELINE, ...QUALITY, ...ROLLBACK];
/** Not the fleet: what it compares is asked for every half minute of event time. */
const FOLLOWED = [
  ...['/', '/pipeline', '/training', '/models', '/quality', '/work', `/elo?config=${CONFIG}`],
  ...[`/models/${MODEL}`, '/nodes/gh200-a', '/training/job-8'],
];

/** Asked for every two minutes alone: seven days of the whole fleet. */
const SELDOM = 'Compared with the others';

/** Lines of the page in any order; how long something has lasted goes on while one looks from one page to the other. */
async function lines(page: Page): Promise<string[]> {
  const seldom = page.getByRole('region', { name: SELDOM });
  await seldom.evaluateAll((panels) => panels.forEach((panel) => panel.setAttribute('hidden', '')));
  const text = await page.locator('main').innerText();
  const told = text.replace(/\b(\d+ (s|min) )?\d+ (s|min)( ago)?\b|\bnow\b/g, '…');
  return told
    .split('\n')
    .filter((line) => line.trim() !== '')
    .sort();
}

// Chromium reports the pages of what nobody has named yet, as it should.
test.use({ expectedErrors: [/404 \(Not Found\)/] });

test('what a page shows that was followed live is what a reload shows', async ({
  context,
  page: fresh,
  ringside,
  cluster,
}) => {
  test.slow();
  await cluster.publish('host_online', { node_id: 'gh200-a', host_type: 'gh200' });
  await expect.poll(() => totalOf(ringside.url)).toBe(1);
  const followed = new Map<string, Page>();
  for (const path of FOLLOWED) {
    const page = await context.newPage();
    await page.goto(ringside.url + path);
    await live(page);
    followed.set(path, page);
  }
  await tell(cluster, STORY);
  await expect.poll(() => totalOf(ringside.url)).toBe(STORY.length + 1);
  for (const [path, page] of followed) {
    await fresh.goto(ringside.url + path);
    await live(fresh);
    await page.bringToFront();
    await expect(async () => {
      expect(await lines(page), path).toEqual(await lines(fresh));
    }).toPass({ timeout: 20_000 });
    await page.close();
  }
});

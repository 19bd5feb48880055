import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { seriousFindings, seriousFindingsInBothThemes, STYLES, tooWide } from './support/inspect';
import { findingsAtTabStops } from './support/keyboard';
import { goInside, live, PAGES } from './support/pages';
import { allEvents } from './support/rest';
import { BEFORE, CONFIG, MODEL } from './support/story';

// Files run in the order of their names: the longest test is among the first, so that no core waits for it at the end.

// Chromium reports the pages that are not there, as it should.
test.use({ onlyLooks: true, expectedErrors: [/404 \(Not Found\) \S+\/(events\/999\?_rsc=\w+|no-such)$/] });

/** Pages whose controls differ: tables, charts, graphs, grids, lists. */
const BY_TAB: readonly string[] = ['/', '/pipeline', '/elo', '/nodes', '/work', '/events', '/router'];

/** All that is looked at while the page is there. */
async function findings(page: Page, path: string): Promise<string[]> {
  await page.setViewportSize({ width: 390, height: 900 });
  const small = await seriousFindings(page, `${path} for fingers`, ['target-size']);
  const wide = await tooWide(page, `${path} is too wide`);
  const axe = await seriousFindingsInBothThemes(page, `${path} for axe`);
  const stops = BY_TAB.includes(path) ? await findingsAtTabStops(page, `${path} by Tab`) : [];
  return [...small, ...wide, ...axe, ...stops];
}

test('no page is wider than the window; axe finds nothing serious on any, light or dark, and no target on a phone too small; Tab stops only at what has a name and shows its focus, and nothing holds it', async ({
  page,
  ringside,
}) => {
  // Nineteen pages, each looked at in all ways: one minute, or two on a machine at half speed that is busy besides.
  test.slow();
  const told = await allEvents(ringside.url);
  const [newest, twelfth] = [told.at(-1)?.event_id ?? '', told[11]?.event_id ?? ''];
  // The entries of a category stand for those of all 159 types: axe looks at each of their words.
  const looked = PAGES.map(({ path }) => (path === '/catalogue' ? '/catalogue?category=models' : path));
  const events = [`/events?selected=${newest}`, `/events/${twelfth}`, '/events/999'];
  const ofOne = [`/models/${MODEL}`, '/nodes/gh200-a', '/training/job-8'];
  const found: string[] = [];
  // From page to page as a reader goes, with scripts that are warm (decision 0089). These no other test loads.
  for (const path of ['/actions', `/events?selected=${newest}`]) {
    await page.goto(ringside.url + path);
    await live(page);
  }
  for (const path of [...looked, ...events, ...ofOne]) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await expect(page.locator('html')).not.toHaveClass(/dark/);
    await goInside(page, path);
    // Counts and neighbours are asked for by the page itself.
    await expect(page.getByText(/^(Counting…|…)$/)).toHaveCount(0);
    found.push(...(await findings(page, path)));
  }
  found.push(...(await seriousFindings(page, 'style sheets', STYLES)));
  expect(found).toEqual([]);
});

/** What the story leaves on each page, and on pages of one thing. */
const FIGURES: readonly (readonly [path: string, ...says: string[]])[] = [
  ['/', BEFORE, '1634.5', 'gh200-a'],
  ['/pipeline', CONFIG, 'job-8'],
  [`/pipeline?config=${CONFIG}`, CONFIG],
  ['/elo', CONFIG, MODEL, '1634.5'],
  ['/models', BEFORE, MODEL],
  [`/models/${MODEL}`, 'rolled back', 'MODEL_DISTRIBUTION_COMPLETE', BEFORE],
  ['/quality', CONFIG],
  ['/nodes', 'gh200-a', 'gh200-b'],
  ['/nodes/gh200-a', 'gh200'],
  ['/training', 'job-8'],
  ['/training/job-8', MODEL],
  ['/work', 'Queue'],
  ['/router', 'events_db'],
  ['/catalogue', 'MODEL_PROMOTED'],
];

test('the first paint of every page holds its figures, without a script', async ({ ringside }) => {
  for (const [path, ...says] of FIGURES) {
    const html = await (await fetch(ringside.url + path)).text();
    for (const text of says) expect(html.includes(text), `${path} says ${text}`).toBe(true);
  }
});

test('what stands below a flow diagram is at its place from the first paint', async ({
  page,
  browser,
  ringside,
}) => {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ viewport, javaScriptEnabled: false });
  const plain = await context.newPage();
  await page.setViewportSize(viewport);
  const below = { '/': 'Champions', '/quality': 'Average quality over time' };
  for (const [path, name] of Object.entries(below)) {
    const top = async (of: Page): Promise<number | undefined> =>
      (await of.getByRole('heading', { name, exact: true }).boundingBox())?.y;
    await plain.goto(ringside.url + path);
    await page.goto(ringside.url + path);
    await live(page);
    await expect(page.locator('.react-flow').first()).toBeVisible();
    expect(await top(page), path).toBe(await top(plain));
  }
  await context.close();
});

test('a model, node or run that nobody knows is an honest page', async ({ page, ringside }) => {
  for (const path of ['/models/no-such', '/nodes/no-such', '/training/no-such']) {
    const response = await page.goto(ringside.url + path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
    await expect(page.getByRole('heading', { name: /^No such/ })).toBeVisible();
  }
});

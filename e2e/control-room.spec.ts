import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { seriousFindings, tooWide } from './support/inspect';
import type { RingRiftProcess } from './support/producer';
import { totalOf } from './support/rest';
import type { RingsideServer } from './support/server';
import { BEFORE, CONFIG, MODEL, STORY, tell } from './support/story';

/** Pages of one thing, and what the story leaves on each page. */
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

async function fill(server: RingsideServer, cluster: RingRiftProcess): Promise<void> {
  await tell(cluster, STORY);
  await expect.poll(() => totalOf(server.url)).toBe(STORY.length);
}

// Chromium reports the page that is not there, as it should.
test.use({ expectedErrors: [/404 \(Not Found\) \S+\/no-such$/] });

const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name });

test('the first paint of every page holds its figures, without a script', async ({ ringside, cluster }) => {
  await fill(ringside, cluster);
  for (const [path, ...says] of FIGURES) {
    const html = await (await fetch(ringside.url + path)).text();
    for (const text of says) expect(html.includes(text), `${path} says ${text}`).toBe(true);
  }
});

test('axe finds nothing serious on the pages of one model, node and run; all fit a phone', async ({
  page,
  ringside,
  cluster,
}) => {
  test.slow();
  await fill(ringside, cluster);
  const found: string[] = [];
  for (const path of [`/models/${MODEL}`, '/nodes/gh200-a', '/training/job-8']) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(ringside.url + path);
    await live(page);
    found.push(...(await tooWide(page, path)));
    await page.setViewportSize({ width: 1280, height: 900 });
    found.push(...(await seriousFindings(page, `${path} light`)));
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
    await expect(page.locator('html')).toHaveClass(/dark/);
    found.push(...(await seriousFindings(page, `${path} dark`, ['color-contrast'])));
  }
  expect(found).toEqual([]);
});

test('a chart keeps its zoom while events arrive, says it in the URL, and is readable as a table', async ({
  page,
  ringside,
  cluster,
}) => {
  await fill(ringside, cluster);
  await page.goto(`${ringside.url}/elo?config=${CONFIG}`);
  await live(page);
  const curves = panel(page, 'Elo by config');
  const picture = curves.getByRole('group', { name: /drawn/ });
  await picture.focus();
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/since=/);
  const zoomed = page.url();
  await cluster.publish('elo_updated', { model_id: 'hex8_2p_v9', config_key: CONFIG, new_elo: 1701.5 });
  await expect(page.getByText('1701.5').first()).toBeVisible();
  expect(page.url()).toBe(zoomed);
  await page.reload();
  await live(page);
  expect(page.url()).toBe(zoomed);
  await curves.getByRole('button', { name: 'Reset zoom' }).click();
  await expect(page).not.toHaveURL(/since=/);
  await curves.getByRole('radio', { name: 'Table' }).click();
  await expect(curves.getByRole('cell', { name: '1,634.5 Elo' }).first()).toBeVisible();
});

test('dead letters are discarded with a count first, and stay discarded', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.publish('host_online', { node_id: 'gh200-a' });
  await cluster.publish('host_online', '{"node_id": NaN}');
  await cluster.publish('host_online', 'not json at all');
  await page.goto(`${ringside.url}/router`);
  await live(page);
  const letters = panel(page, 'Dead letters');
  await expect(letters.getByRole('row', { name: /not json/i })).toBeVisible();
  await letters.getByRole('button', { name: /^Discard all/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('2');
  await dialog.getByRole('button', { name: /^Discard/ }).click();
  await expect(letters.getByRole('row', { name: /not json/i })).toBeHidden();
  await page.reload();
  await live(page);
  await expect(letters.getByRole('row', { name: /not json/i })).toBeHidden();
});

test('a node that goes is seen at once, on its page and in the fleet', async ({
  page,
  ringside,
  cluster,
}) => {
  await fill(ringside, cluster);
  await page.goto(`${ringside.url}/nodes`);
  await live(page);
  await expect(page.getByText('all well')).toBeVisible();
  await cluster.publish('host_offline', { node_id: 'gh200-b', reason: 'power' });
  await expect(page.getByText('1 down').first()).toBeVisible();
  await page.goto(`${ringside.url}/nodes/gh200-b`);
  await expect(page.getByText('offline').first()).toBeVisible();
});

test('a model, node or run that nobody knows is an honest page', async ({ page, ringside }) => {
  for (const path of ['/models/no-such', '/nodes/no-such', '/training/no-such']) {
    const response = await page.goto(ringside.url + path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
    await expect(page.getByRole('heading', { name: /^No such/ })).toBeVisible();
  }
});

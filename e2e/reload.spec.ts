import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { CONFIG, MODEL, STORY, tell } from './support/story';

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
test.use({ shares: true, expectedErrors: [/404 \(Not Found\)/] });

test('what a page shows that was followed live is what a reload shows', async ({
  context,
  page: fresh,
  ringside,
  own,
  cluster,
}) => {
  test.slow();
  await cluster.publish('host_online', { node_id: 'gh200-a', host_type: 'gh200' });
  await own.stored(1);
  const followed = new Map<string, Page>();
  for (const path of FOLLOWED) {
    const page = await context.newPage();
    await page.goto(ringside.url + path);
    await live(page);
    followed.set(path, page);
  }
  // Not in one go: what has ended on a page is followed on, too.
  const rollback = STORY.findIndex(([type]) => type === 'TRAINING_ROLLBACK_NEEDED');
  await tell(cluster, STORY.slice(0, rollback));
  await expect(followed.get('/training/job-8')!.locator('main')).toContainText('champion');
  await tell(cluster, STORY.slice(rollback));
  await own.stored(STORY.length + 1);
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

const panelOf = (page: Page, name: string) => page.getByRole('region', { name });

test('what changes while a question is under way is in what shows; so it is when an earlier question comes back', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await tell(cluster, STORY);
  await own.stored(STORY.length);
  const told = (elo: string) =>
    new Promise<void>((resolve) =>
      page.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          if (String(payload).includes(elo)) resolve();
        }),
      ),
    );
  const second = told('1701.5');
  let hold = false;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = (): void => undefined;
  const answered = new Promise<void>((resolve) => (held = resolve));
  await page.route('**/api/trpc/**pages.elo.summaries**', async (route) => {
    const holds = hold;
    hold = false;
    const response = await route.fetch();
    if (holds) {
      held();
      await released;
    }
    await route.fulfill({ response });
  });
  await page.goto(`${ringside.url}/elo?config=${CONFIG}`);
  await live(page);
  const curves = panelOf(page, 'Elo by config');
  await curves.getByRole('group', { name: /drawn/ }).focus();
  hold = true;
  await page.keyboard.press('+');
  await answered;
  await cluster.publish('elo_updated', { model_id: 'hex8_2p_v9', config_key: CONFIG, new_elo: 1701.5 });
  await second;
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  release();
  const rating = panelOf(page, 'Configs').getByText('1701.5').first();
  await expect(rating).toBeVisible();
  const asked = page.waitForResponse(/pages\.elo\.summaries/);
  await curves.getByRole('button', { name: 'Reset zoom' }).click();
  await asked;
  await expect(page).not.toHaveURL(/since=/);
  await expect(rating).toBeVisible();

  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await expect(page).toHaveURL(/\/models/);
  await cluster.publish('elo_updated', { model_id: 'hex8_2p_v9', config_key: CONFIG, new_elo: 1702.5 });
  await own.stored(STORY.length + 2);
  await page.goBack();
  await expect(panelOf(page, 'Configs').getByText('1702.5').first()).toBeVisible();
});

test('what happens while a page is on its way is on it', async ({ page, ringside, own, cluster }) => {
  await tell(cluster, STORY);
  await own.stored(STORY.length);
  let published = false;
  let reached = (): void => undefined;
  const told = new Promise<void>((resolve) => (reached = resolve));
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const text = String(payload);
      if (published && text.includes('pipeline.stages') && text.includes('TRAINING_STARTED')) reached();
    }),
  );
  await page.goto(ringside.url);
  await live(page);
  const run = { config_key: CONFIG, job_id: 'job-9', model_id: 'hex8_2p_v9', node_name: 'gh200-a' };
  await page.route(/\/pipeline\?_rsc/, async (route) => {
    const response = await route.fetch();
    if (!(await response.text()).includes('job-8')) return route.fulfill({ response });
    published = true;
    await cluster.publish('training_threshold', { config_key: CONFIG, games: 9900, threshold: 9000 });
    await cluster.publish('TRAINING_STARTED', run);
    await told;
    return route.fulfill({ response });
  });
  await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
  await expect(panelOf(page, 'Runs').getByRole('button', { name: 'hex8_2p_v9 active' })).toBeVisible();
});

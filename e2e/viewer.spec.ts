import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { goByKeys, goInside, live, PAGES } from './support/pages';
import type { RingRiftProcess } from './support/producer';
import type { RingsideServer } from './support/server';

test.use({ access: 'accounts' });

const MODELS = ['hex8_2p_v7', 'hex8_2p_v8'];

async function fill(cluster: RingRiftProcess): Promise<void> {
  for (const model_id of MODELS) {
    const model = { model_id, config_key: 'hex8_2p' };
    await cluster.publish('EVALUATION_COMPLETED', { ...model, elo: 1600, win_rate: 0.6, games_played: 400 });
    await cluster.publish('MODEL_PROMOTED', { ...model, elo: 1600 });
  }
  await cluster.publish('host_offline', { node_id: 'gh200-a', reason: 'unplugged' });
  await cluster.publish('WORK_QUEUED', { work_id: 'w-1', work_type: 'selfplay', priority: 50 });
}

/** A page that a key looks at, as a program would; people have sessions, but what is shown goes by the role alone. */
async function as(page: Page, ringside: RingsideServer, role: string): Promise<void> {
  const { stdout } = await ringside.cli('keys', 'create', '--name', role, '--role', role);
  await page.setExtraHTTPHeaders({ Authorization: `Bearer ${stdout.trim()}` });
}

/** Everything by which one acts, as far as the page shows it. */
const ACTS =
  /^(Promote|Roll back|Lift the hold|Ask|Boost|Change|Cancel|Recover|Acknowledge|Send|Preview change|Undo|Save|Rename|Remove|Star|Retry|Discard|Invite)(?!\w)/;

/** Pages on which an operator finds something to press, after what `fill` tells. */
const WITH_ACTS: readonly string[] = ['Overview', 'Models', 'Nodes', 'Actions', 'Settings'];

/** Gone to by their address, as no other test does. */
const LOADED: ReadonlySet<string> = new Set(['/catalogue?open=HOST_OFFLINE', '/work?tab=learning']);

const acts = (page: Page) =>
  page
    .locator('main')
    .getByRole('button', { name: ACTS })
    .or(page.locator('main').getByRole('link', { name: ACTS }));

test('viewers see nothing to press that they may not; operators see it on the same pages', async ({
  page,
  ringside,
  cluster,
}) => {
  await fill(cluster);
  await as(page, ringside, 'viewer');
  const offline = async () => {
    await page.goto(`${ringside.url}/events?type=HOST_OFFLINE`);
    const row = page.getByTestId('event-row').first();
    await expect(row).toBeVisible();
    return (await row.getAttribute('data-event-id')) ?? '';
  };
  const event = await offline();
  const paths = [
    ...['/models/hex8_2p_v7', '/models/hex8_2p_v8', '/nodes/gh200-a', '/work?item=w-1', `/events/${event}`],
    ...[
      `/events?selected=${event}`,
      '/catalogue?open=HOST_OFFLINE',
      '/work?tab=learning',
      '/actions/compose?type=HOST_OFFLINE',
    ],
  ];
  const found: string[] = [];
  const look = async (where: string): Promise<void> => {
    await live(page);
    const names = await acts(page).evaluateAll((each) => each.map((one) => one.ariaLabel ?? one.textContent));
    found.push(...names.map((name) => `${where}: ${name}`));
  };
  // From page to page as a reader goes.
  await live(page);
  for (const each of PAGES) {
    await goByKeys(page, each);
    await look(each.path);
  }
  for (const path of paths) {
    await (LOADED.has(path) ? page.goto(ringside.url + path) : goInside(page, path));
    await look(path);
  }
  expect(found).toEqual([]);
  await expect(page.getByText('Operators send events')).toBeVisible();
  await page.getByRole('button', { name: 'Views' }).click();
  await expect(
    page.getByText('Operators and admins save views; you open them. Your stars are your own.'),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('recover a node');
  await expect(page.getByRole('option', { name: /Find events/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /Recover a node/ })).toHaveCount(0);

  // The very same look finds them for an operator, so it would have found them above.
  await as(page, ringside, 'operator');
  await page.goto(`${ringside.url}/models`);
  await expect(page.getByRole('button', { name: `Roll back ${MODELS[1] ?? ''}…` })).toBeVisible();
  await live(page);
  for (const each of PAGES.filter(({ name }) => WITH_ACTS.includes(name))) {
    await goByKeys(page, each);
    await expect(acts(page).first(), each.path).toBeVisible();
  }
  for (const path of ['/nodes/gh200-a', `/events/${event}`]) {
    await goInside(page, path);
    await expect(acts(page).first(), path).toBeVisible();
  }
});

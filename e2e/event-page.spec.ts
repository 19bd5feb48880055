import type { Locator } from '@playwright/test';
import { feedReady } from './support/event-list';
import { expect, test } from './support/fixtures';
import { seriousFindings, tooWide } from './support/inspect';

// Chromium reports the page that is not there, as it should.
test.use({ shares: true, expectedErrors: [/404 \(Not Found\) \S+\/events\/\S+$/] });

test('an event shows its chain, which keys walk through, and who acked it in the shared file', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  const job = { config_key: 'hexagonal_2p', job_id: 'hexagonal_2p_1' };
  const run = { ...job, node_name: 'gh200-a' };
  await cluster.publish('training_threshold', {
    config: 'hexagonal_2p',
    job_id: 'hexagonal_2p_1',
    games: 5_000,
  });
  const row = await cluster.publish('TRAINING_STARTED', run);
  await cluster.publish('training_progress', { ...job, epoch: 1 });
  await cluster.publish('TRAINING_STARTED', { ...run, job_id: 'square19_2p_1', config_key: 'square19_2p' });
  await cluster.publish('TRAINING_COMPLETED', { ...job, model_id: 'hexagonal_2p_v1', success: true });
  await own.stored(5);
  const started = (await own.all('TRAINING_STARTED'))[0]!;

  await page.goto(`${ringside.url}/events/${started.event_id}`);
  const chain = page.getByRole('region', { name: 'Chain' });
  const rows = chain.getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(2)).toHaveAttribute('aria-current', 'true');
  await expect(rows.nth(2)).toContainText('this event');
  await expect(chain).toContainText('hexagonal_2p_1');
  await expect(chain).not.toContainText('square19_2p');
  await expect(
    chain.getByText(/TRAINING_COMPLETED, no EVALUATION_STARTED or EVALUATION_COMPLETED yet/),
  ).toBeVisible();

  // What follows an event appears while one looks.
  await cluster.publish('EVALUATION_STARTED', { model_id: 'hexagonal_2p_v1', config_key: 'hexagonal_2p' });
  await expect(rows).toHaveCount(6, { timeout: 15_000 });

  const delivery = page.getByRole('region', { name: 'Delivery' });
  await expect(delivery).toContainText(`row ${row}`);
  await expect(delivery.getByRole('row').filter({ hasText: 'this server' })).toContainText('acked');
  await expect(delivery.getByRole('row').filter({ hasText: own.source })).toHaveCount(0);
  await cluster.pollAndAck(['TRAINING_STARTED']);
  await expect(delivery.getByRole('row').filter({ hasText: own.source })).toContainText('acked', {
    timeout: 10_000,
  });

  await page.getByRole('tab', { name: 'Config hexagonal_2p' }).click();
  const around = page.getByRole('region', { name: 'Around it in time' });
  await expect(around.getByRole('listitem')).toHaveCount(5, { timeout: 15_000 });
  expect(await seriousFindings(page, 'event page')).toEqual([]);
  expect(await tooWide(page, 'event page')).toEqual([]);

  await chain.getByRole('group').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('TRAINING_PROGRESS');
  await expect(chain.getByRole('row').nth(3)).toHaveAttribute('aria-current', 'true');

  const rest = (await (await fetch(`${ringside.url}/api/events/${started.event_id}/chain`)).json()) as {
    chains: { kind: string; members: unknown[] }[];
  };
  expect(rest.chains.map(({ kind, members }) => [kind, members.length])).toEqual([['run', 5]]);
});

test('an event shows its payload as tree and text, what drifts from the catalogue, and its neighbours', async ({
  page,
  ringside,
  own,
  cluster,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const payload = {
    job_id: 'job-7',
    config: 'hexagonal_3p',
    host: 'gh200-tree',
    deep: { list: [1, { leaf: 'ü' }] },
  };
  await cluster.publish('SELFPLAY_COMPLETE', { config_key: 'hexagonal_3p', node_id: 'gh200-leaf', games: 5 }); // 1
  await cluster.publish('host_online', { node_id: 'gh200-tree' }); // 2
  await cluster.publish('TRAINING_COMPLETED', payload); // 3
  await cluster.publish('host_online', { node_id: 'gh200-root' }); // 4
  await cluster.publish('MODEL_PROMOTED', { config_key: 'hexagonal_3p', model_id: 'hexagonal_3p_v1' }); // 5
  await cluster.publish('health_check_passed', { node_id: 'gh200-tree', health_score: 0.9 }); // 6
  await own.stored(6);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  await expect(own.row(page, 3)).toContainText('drift');
  await own.row(page, 3).click();
  const panel = page.getByTestId('event-panel');
  const drift = panel.getByRole('region', { name: 'Differs from the catalogue' });
  await expect(drift).toContainText('job_id');
  const tree = panel.getByRole('tabpanel');
  await expect(tree).toContainText('not documented for this type');
  await expect(tree).not.toContainText('leaf:');
  await tree.getByRole('button', { name: /^list:/ }).click();
  await tree.getByRole('button', { name: /^1:/ }).click();
  await expect(tree).toContainText('leaf:"ü"');
  await tree.getByRole('button', { name: /^deep:/ }).click();
  await expect(tree).not.toContainText('leaf:');
  await panel.getByRole('tab', { name: 'JSON' }).click();
  await expect(panel.getByRole('tabpanel').locator('pre')).toHaveText(JSON.stringify(payload, null, 2));
  await panel.getByRole('button', { name: 'Copy payload as JSON' }).click();
  await expect(panel.getByText('Copied')).toBeAttached();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(payload);
  await panel.getByRole('tab', { name: 'Whole event' }).click();
  await expect(panel.getByRole('tabpanel').locator('pre')).toContainText('"content_hash"');

  const step = (name: string): Locator => panel.getByRole('link', { name });
  await expect(step('Prior event of node gh200-tree: HOST_ONLINE')).toBeVisible();
  await expect(step('Next event of node gh200-tree: HEALTH_CHECK_PASSED')).toBeVisible();
  await expect(step('Prior event of config hexagonal_3p ( [ ): SELFPLAY_COMPLETE')).toBeVisible();
  await step('Next event of config hexagonal_3p ( ] ): MODEL_PROMOTED').click();
  await expect(panel).toContainText('"hexagonal_3p_v1"');
  await expect(panel.getByText('none').first()).toBeVisible();
  await page.keyboard.press('[');
  await expect(panel).toContainText('"job-7"');
  await panel.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('TRAINING_COMPLETED');
  await expect(page.getByRole('region', { name: 'Differs from the catalogue' })).toContainText('job_id');
});

test('a payload of any depth, breadth and length is read on a phone', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  let deep: object = { bottom: 'reached' };
  for (let level = 24; level > 0; level--) deep = { [`level_${String(level)}`]: deep };
  const named = { job_id: 'j'.repeat(120), config_key: 'c'.repeat(120), node_id: 'n'.repeat(120) };
  const games = Array.from({ length: 3_000 }, (_, game) => ({ game }));
  await cluster.publish('TRAINING_STARTED', { ...named, ['k'.repeat(500)]: 1, deep, games });
  await own.stored(1);
  const [event] = await own.all();
  await page.goto(`${ringside.url}/events/${event?.event_id ?? ''}`);
  const panel = page.getByRole('tabpanel', { name: 'Tree' });
  await expect(panel).toBeVisible();
  expect(await tooWide(page, 'event with long names')).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  for (let level = 1; level <= 24; level++)
    await panel.getByRole('button', { name: new RegExp(`^level_${String(level)}:`) }).click();
  const bottom = panel.getByText('reached');
  await bottom.scrollIntoViewIfNeeded();
  await expect(bottom).toBeInViewport({ ratio: 1 });
  expect(await tooWide(page, 'event that goes deep')).toEqual([]);

  // Of 9,000 lines those near the window are laid out, and all can be found.
  await page.getByRole('tab', { name: 'JSON' }).click();
  const stretches = page.getByRole('tabpanel', { name: 'JSON' }).locator('pre > div');
  await expect(stretches.last()).toHaveCSS('content-visibility', 'auto');
  expect(await stretches.count()).toBeGreaterThan(40);
  await expect(page.getByRole('tabpanel', { name: 'JSON' })).toContainText('"game": 2999');

  await page.goto(`${ringside.url}/training/${named.job_id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(named.job_id);
  expect(await tooWide(page, 'run with a long name')).toEqual([]);

  // How it differs is listed by field: the names of fields are not broken into letters.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${ringside.url}/router`);
  const field = page
    .getByRole('region', { name: 'Drift from the catalogue' })
    .getByText('node_id', { exact: true })
    .first();
  await expect(field).toBeVisible();
  expect((await field.boundingBox())?.height).toBeLessThan(30);
});

test('an event is found by its seq; one that is not there says so', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await cluster.publish('host_online', { node_id: 'gh200-seq' });
  await own.stored(1);
  const [event] = await own.all();
  await page.goto(`${ringside.url}/events/${own.before + 1}`);
  await expect(page).toHaveURL(`${ringside.url}/events/${event?.event_id ?? ''}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('HOST_ONLINE');
  for (const id of [own.before + 99, 'nonsense', '01890000-0000-7000-8000-000000000000']) {
    await page.goto(`${ringside.url}/events/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such event');
  }
  await page.getByRole('link', { name: 'All events' }).click();
  await expect.poll(async () => (await own.onScreen(page))[0]).toBe(1);
});

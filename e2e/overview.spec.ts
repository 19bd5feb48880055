import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { allEvents, totalOf } from './support/rest';
import { BEFORE, CONFIG, MODEL, PIPELINE, QUALITY, ROLLBACK, tell } from './support/story';

const panel = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
/** A box of a diagram, by what a screen reader hears. */
const box = (page: Page, flow: string, says: string): Locator =>
  panel(page, flow).getByRole('link', { name: says, exact: true });

/** Notes each pulse as it appears: whether it is animated. */
async function watchPulses(page: Page): Promise<void> {
  await page.evaluate(() => {
    const pulses: boolean[] = [];
    Object.assign(window, { pulses });
    new MutationObserver((changes) => {
      const added = changes.flatMap((change) => [...change.addedNodes]);
      for (const node of added)
        if (node instanceof HTMLElement && node.matches('.flow-pulse'))
          pulses.push(node.getAnimations().length > 0);
    }).observe(document.body, { subtree: true, childList: true });
  });
}
const eventsOf = (count: number): string => `${count} ${count === 1 ? 'event' : 'events'}`;
const pulses = (page: Page): Promise<boolean[]> =>
  page.evaluate(() => (window as unknown as { pulses: boolean[] }).pulses);

test('an empty overview says what it waits for; then the whole loop passes over it without a reload', async ({
  page,
  ringside,
  cluster,
}) => {
  await page.goto(ringside.url);
  await live(page);
  await expect(panel(page, 'Waiting for the first event')).toContainText('npx ringside import FILE');
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));

  await tell(cluster, PIPELINE);
  for (const says of [
    ...['Selfplay: 1 event', 'New games: 1 event', 'Sync: 1 event', 'Export: 1 event'],
    ...['Threshold: 1 event', 'Training: 1 event', 'Evaluation: 1 event', 'Promotion: 2 events'],
    'Distribution: 1 event',
  ])
    await expect(box(page, 'Training pipeline', says)).toBeVisible();
  // Beside long figures the curve gets smaller: it does not leave the box.
  const over = await box(page, 'Training pipeline', 'Selfplay: 1 event').evaluate((card) => {
    const [curve, figure] = [card.querySelector('svg[role=img][width="64"]'), card.querySelector('.text-xl')];
    if (curve === null || figure === null) return null;
    figure.textContent = '1,234,567';
    return curve.getBoundingClientRect().right - card.getBoundingClientRect().right;
  });
  expect(over).toBeLessThan(0);
  const champions = panel(page, 'Champions');
  await expect(champions.getByRole('row', { name: CONFIG })).toContainText(MODEL);
  await expect(champions.getByRole('row', { name: CONFIG })).toContainText('1634.5');
  await expect(champions.getByRole('row', { name: CONFIG })).toContainText('after v7');
  await expect(panel(page, 'Active runs')).toContainText('No run under way');
  await expect(panel(page, 'Newest events').getByRole('listitem').first()).toContainText(
    'MODEL_DISTRIBUTION_COMPLETE',
  );
  await expect(page.getByRole('link', { name: /^Leader gh200-a/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Nodes up/ })).toContainText('none down or impaired');

  const start = { config_key: CONFIG, job_id: 'job-9', model_id: 'hex8_2p_v9', node_name: 'gh200-b' };
  await cluster.publish('TRAINING_STARTED', start);
  await cluster.publish('TRAINING_PROGRESS', { ...start, epoch: 3, total_epochs: 20 });
  await expect(panel(page, 'Active runs')).toContainText('hex8_2p_v9');
  await expect(panel(page, 'Active runs')).toContainText('epoch 3/20');

  await tell(cluster, QUALITY);
  for (const says of ['Quality scored', 'Quality degraded', 'Penalty', 'Selfplay rate'])
    await expect(box(page, 'Quality feedback loop', `${says}: 1 event`)).toBeVisible();

  await tell(cluster, ROLLBACK);
  for (const says of ['Regression', 'Rollback needed', 'Recovery started', 'Recovered', 'Rolled back'])
    await expect(box(page, 'Error recovery', `${says}: 1 event`)).toBeVisible();
  await expect(champions.getByRole('row', { name: CONFIG }).locator('td').nth(1)).toContainText(BEFORE);

  const problems = panel(page, 'Open problems');
  await cluster.publish('host_offline', { node_id: 'gh200-b', reason: 'ssh timeout' });
  await expect(problems.getByRole('listitem').filter({ hasText: 'gh200-b is offline' })).toContainText(
    'ssh timeout',
  );
  await cluster.publish('host_online', { node_id: 'gh200-b', host_type: 'gh200', again: true });
  await expect(problems.getByText('gh200-b is offline')).toBeHidden();
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
});

test.describe('on a server that others used', () => {
  test.use({ shares: true });

  test('a pulse runs along the edge of an event that passes; with reduced motion nothing moves', async ({
    page,
    ringside,
    own,
    cluster,
  }) => {
    await tell(cluster, PIPELINE);
    await own.stored(PIPELINE.length);
    let games = await totalOf(ringside.url, '&type=NEW_GAMES_AVAILABLE');
    await page.goto(ringside.url);
    await live(page);
    for (const [motion, animated] of [
      ['no-preference', true],
      ['reduce', false],
    ] as const) {
      await page.emulateMedia({ reducedMotion: motion });
      await expect(page.locator('.flow-board').first()).toBeVisible();
      await expect(box(page, 'Training pipeline', `New games: ${eventsOf(games)}`)).toBeVisible();
      await watchPulses(page);
      await cluster.publish('new_games', { config_key: CONFIG, host: 'gh200-b', new_games: ++games });
      await expect(box(page, 'Training pipeline', `New games: ${eventsOf(games)}`)).toBeVisible();
      await expect.poll(() => pulses(page)).toEqual([animated]);
      // It goes away by itself.
      await expect(page.locator('.flow-pulse')).toHaveCount(0);
    }
  });

  test('the river names and opens the event under the pointer; its table tells the same in numbers', async ({
    page,
    ringside,
    cluster,
  }) => {
    await tell(cluster, PIPELINE);
    await cluster.publish('host_offline', { node_id: 'gh200-b', reason: 'ssh timeout' });
    await page.goto(ringside.url);
    await live(page);
    await cluster.publish('QUALITY_DEGRADED', { config_key: CONFIG, quality_score: 0.31 });
    await expect(panel(page, 'Newest events')).toContainText('QUALITY_DEGRADED');

    const river = panel(page, 'River of events');
    const table = river.getByRole('button', { name: 'Table' });
    await table.click();
    const events = await allEvents(ringside.url);
    const count = (type: RegExp): string =>
      String(events.filter((event) => type.test(event.event_type)).length);
    const row = (label: string): Locator =>
      river.getByRole('row').filter({ has: page.getByRole('link', { name: label, exact: true }) });
    await expect(row('Quality').getByRole('cell').nth(1)).toHaveText(count(/^QUALITY/));
    await expect(row('Training').getByRole('cell').nth(1)).toHaveText(count(/^TRAINING/));
    await expect(row('Quality')).toContainText('QUALITY_DEGRADED');
    await expect(row('Cluster health').getByRole('cell').nth(2)).toHaveText('1');
    await expect(row('Tasks')).toContainText('none in this window');
    await table.click();

    const canvas = river.getByRole('img', { name: /Events of the last 5 minutes/ });
    await canvas.scrollIntoViewIfNeeded();
    const lane = river.getByRole('list', { name: 'Categories' }).getByText('Quality', { exact: true });
    const at = events.find((event) => event.event_type === 'QUALITY_DEGRADED')?.timestamp ?? 0;
    const card = river.getByRole('link', { name: 'QUALITY_DEGRADED' });
    await expect
      .poll(async () => {
        const [area, name] = [await canvas.boundingBox(), await lane.boundingBox()];
        if (!area || !name) return 0;
        const ago = (Date.now() / 1000 - at) / 300;
        await page.mouse.move(area.x + area.width * (1 - ago), name.y + name.height / 2);
        return card.count();
      })
      .toBe(1);
    await expect(river).toContainText(`${CONFIG} ·`);
    await page.mouse.down();
    await page.mouse.up();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('QUALITY_DEGRADED');
  });

  test('what is wrong stands before the pipeline where the page is narrow and after it where it is wide, once', async ({
    page,
    ringside,
    cluster,
  }) => {
    await cluster.publish('host_offline', { node_id: 'gh200-b', reason: 'ssh timeout' });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(ringside.url);
    await live(page);
    const problems = panel(page, 'Open problems');
    await expect(problems.getByText('gh200-b is offline')).toBeInViewport();
    // As Tab goes, from the top.
    const titles = (): Promise<string[]> =>
      page
        .locator('main section h2')
        .filter({ hasText: /problems|pipeline/ })
        .allTextContents();
    await expect.poll(titles).toEqual(['Open problems', 'Training pipeline']);
    await page.setViewportSize({ width: 1440, height: 500 });
    await expect.poll(titles).toEqual(['Training pipeline', 'Open problems']);
    await page.getByRole('link', { name: /^Open problems/ }).click();
    await expect(problems.getByText('gh200-b is offline')).toBeInViewport();
  });
});

import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import type { OwnEvents } from './support/own-events';
import type { RingRiftProcess } from './support/producer';
import { countRenders } from './support/renders';
import { CONFIG, STORY, tell } from './support/story';

test.use({ shares: true });

async function fill(own: OwnEvents, cluster: RingRiftProcess): Promise<void> {
  await tell(cluster, STORY);
  await own.stored(STORY.length);
}

interface Notified {
  readonly title: string;
  readonly click: () => void;
}
declare const notified: readonly Notified[];

const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name });

test('a chart keeps its zoom while events arrive, says it in the URL, and is readable as a table', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await fill(own, cluster);
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
  await expect(curves.getByRole('cell', { name: '1634.5 Elo' }).first()).toBeVisible();
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
  // Wherever one looks, the line at the top says that there are some.
  const told = page.getByRole('link', { name: '2 dead letters' });
  await expect(told).toHaveAttribute('href', '/router');
  await letters.getByRole('button', { name: /^Discard all/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('2');
  await dialog.getByRole('button', { name: /^Discard/ }).click();
  await expect(letters.getByRole('row', { name: /not json/i })).toBeHidden();
  await expect(told).toBeHidden();
  await page.reload();
  await live(page);
  await expect(letters.getByRole('row', { name: /not json/i })).toBeHidden();
});

test('a letter that a retry left open is asked about before it is discarded', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.publish('host_online', 'not json at all');
  await page.goto(`${ringside.url}/router`);
  await live(page);
  const letters = panel(page, 'Dead letters');
  const retry = letters.getByRole('button', { name: /^Retry letter/ });
  await retry.click();
  await expect(letters.getByText('None could be taken, 1 stays open.')).toBeVisible();
  await expect(retry).toBeFocused();
  await letters.getByRole('button', { name: /^Discard letter/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard 1' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 letter discarded.');
});

/** A browser without windows notifies of nothing: notes what it is asked to, for the pages that are opened after this. */
async function noteNotifications(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const notified: Notified[] = [];
    class Noted {
      static readonly permission = 'granted';
      onclick: (() => void) | null = null;
      constructor(title: string) {
        notified.push({ title, click: () => this.onclick?.() });
      }
      close(): void {
        // Nothing stands on a screen here.
      }
    }
    Object.assign(window, { Notification: Noted, notified });
  });
}

test('a node that goes is seen at once, in the fleet and on its page, and by who looks elsewhere', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await fill(own, cluster);
  await noteNotifications(page);
  await page.goto(ringside.url);
  await live(page);
  const bell = page.getByRole('button', { name: /^Notify me of new problems/ });
  await bell.click();
  await expect(bell).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('link', { name: 'Nodes', exact: true }).click();
  await expect(page.getByText('none down or impaired')).toBeVisible();
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { get: () => true }));
  await cluster.publish('host_offline', { node_id: 'gh200-b', reason: 'power' });
  await expect(page.getByText('1 down').first()).toBeVisible();
  await expect(page.getByRole('link', { name: /^\d+ problem/ })).toBeVisible();
  await expect(page).toHaveTitle(/^\(\d+\) Nodes · Ringside$/);
  await expect
    .poll(() => page.evaluate(() => notified.map(({ title }) => title)))
    .toEqual(['gh200-b is offline']);
  await page.evaluate(() => notified[0]?.click());
  await expect(page).toHaveURL(`${ringside.url}/nodes/gh200-b`);
  await expect(page).toHaveTitle(/^\(\d+\) gh200-b · /);
  await expect(page.getByText('offline').first()).toBeVisible();
});

test('a figure on a phone is whole: what it is of goes below it where there is no room beside it', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await cluster.publish('quality_score_updated', {
    config_key: CONFIG,
    avg_quality: 0.8,
    total_games: 1_000,
  });
  await cluster.publish('parity_validation_completed', {
    ...{ success: true, parity_rate: 0.9942, board_type: 'hex8', num_players: 2, games_validated: 6_000 },
  });
  await own.stored(2);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${ringside.url}/quality`);
  await live(page);
  const figure = page.getByText('99.42 %', { exact: true }).first();
  await expect(figure).toBeVisible();
  const cut = (box: Element): number => box.scrollWidth - box.clientWidth;
  expect(await figure.evaluate(cut)).toBe(0);

  // Names that differ in their end only, and what a page is asked for, stand where they are seen without scrolling.
  await cluster.publish('host_online', { node_id: 'runpod-a100-1' });
  await cluster.publish('elo_updated', { model_id: 'hex8_2p_v9', config_key: CONFIG, new_elo: 1701.5 });
  const job = { config_key: 'hexagonal_2p', job_id: 'hexagonal_2p_1796048083' };
  await cluster.publish('TRAINING_STARTED', job);
  await own.stored(5);
  await page.goto(`${ringside.url}/nodes?view=timeline`);
  expect(await page.getByRole('link', { name: 'runpod-a100-1' }).last().evaluate(cut)).toBe(0);
  await page.goto(`${ringside.url}/training`);
  expect(await page.getByRole('table').getByRole('link', { name: job.job_id }).evaluate(cut)).toBe(0);
  await page.goto(`${ringside.url}/elo`);
  await expect(page.getByRole('columnheader', { name: 'Projected' })).toBeInViewport({ ratio: 1 });
});

test('a page renders once as it comes to life, and in a second in which nothing happens only what ticks', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await fill(own, cluster);
  const renders = await countRenders(page);
  for (const path of ['/pipeline', '/router'])
    // A minute that begins just then changes every rate on the page, which may well render: so another load is looked at.
    await expect(async () => {
      await page.goto(ringside.url + path);
      await live(page);
      const { commits } = await renders.read();
      // The status line ticks once a second.
      await expect.poll(async () => (await renders.read()).commits - commits).toBeGreaterThan(3);
      const { all, again } = await renders.read();
      expect(again / all, `${path}: ${String(again)} of ${String(all)} components at once`).toBeLessThan(0.1);
    }).toPass({ timeout: 60_000 });
});

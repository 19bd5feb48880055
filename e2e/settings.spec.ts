import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './support/fixtures';
import { findingsWithin } from './support/inspect';
import type { RingsideServer } from './support/server';

const DAY = 86_400;

/** Puts all that history holds back in time, as if the server had run for weeks. */
async function ageBy(ringside: RingsideServer, days: number): Promise<void> {
  await ringside.stop();
  const db = new Database(path.join(ringside.dataDir, 'ringside.db'));
  db.prepare('UPDATE events SET timestamp = timestamp - ?, received_at = received_at - ?').run(
    days * DAY,
    days * DAY,
  );
  db.close();
  await ringside.start();
}

test('old events go when an operator says so, after a preview; promotions stay', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.stream(20, 200);
  await cluster.publish('model_promoted', { model_id: 'hex8_2p_v1', config_key: 'hex8_2p' });
  const total = async (): Promise<number> =>
    ((await (await fetch(`${ringside.url}/api/events`)).json()) as { total: number }).total;
  await expect.poll(total).toBe(21);
  await ageBy(ringside, 30);

  await page.goto(`${ringside.url}/settings`);
  const panel = page.getByRole('region', { name: 'How long history is kept' });
  await expect(panel).toContainText('everything is kept');
  const days = panel.getByLabel('Keep events for');
  await days.fill('0');
  await expect(panel.getByText('whole days, 1 to 36,500')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Preview change…' })).toBeDisabled();
  await days.fill('7');
  const own = panel.getByText('Days by category');
  const heartbeats = panel.getByLabel('Cluster health');
  await expect(heartbeats).toBeHidden();
  await own.press('Enter');
  await heartbeats.fill('half');
  await expect(panel.getByText('whole days, 1 to 36,500')).toBeVisible();
  await heartbeats.fill('3');
  await expect(own).toContainText('instead of the days above: Cluster health');
  await days.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('20 events of 21 would go');
  expect(await findingsWithin(page, '[role=dialog]', 'the preview')).toEqual([]);
  expect(await total()).toBe(21);
  await dialog.getByRole('button', { name: 'Set limits and remove 20' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(panel.getByRole('status')).toContainText('20 events removed');
  expect(await total()).toBe(1);
  await page.reload();
  await expect(days).toHaveValue('7');
  // A limit that is set is in view.
  await expect(heartbeats).toHaveValue('3');
  await expect(heartbeats).toBeVisible();
});

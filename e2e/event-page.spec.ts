import { expect, test } from './support/fixtures';
import { seriousFindings, tooWide } from './support/inspect';
import { allEvents, totalOf } from './support/rest';

test('an event shows its chain, which keys walk through, and who acked it in the shared file', async ({
  page,
  ringside,
  cluster,
}) => {
  const job = { config_key: 'hex8_2p', job_id: 'hex8_2p_1' };
  const run = { ...job, node_name: 'gh200-a' };
  await cluster.publish('training_threshold', { config: 'hex8_2p', job_id: 'hex8_2p_1', games: 5_000 });
  await cluster.publish('TRAINING_STARTED', run);
  await cluster.publish('training_progress', { ...job, epoch: 1 });
  await cluster.publish('TRAINING_STARTED', { ...run, job_id: 'hex8_3p_1', config_key: 'hex8_3p' });
  await cluster.publish('TRAINING_COMPLETED', { ...job, model_id: 'hex8_2p_v1', success: true });
  await expect.poll(() => totalOf(ringside.url)).toBe(5);
  const started = (await allEvents(ringside.url, '&type=TRAINING_STARTED'))[0]!;

  await page.goto(`${ringside.url}/events/${started.event_id}`);
  const chain = page.getByRole('region', { name: 'Chain' });
  const rows = chain.getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(2)).toHaveAttribute('aria-current', 'true');
  await expect(rows.nth(2)).toContainText('this event');
  await expect(chain).toContainText('hex8_2p_1');
  await expect(chain).not.toContainText('hex8_3p');
  await expect(
    chain.getByText(/TRAINING_COMPLETED, no EVALUATION_STARTED or EVALUATION_COMPLETED yet/),
  ).toBeVisible();

  // What follows an event appears while one looks.
  await cluster.publish('EVALUATION_STARTED', { model_id: 'hex8_2p_v1', config_key: 'hex8_2p' });
  await expect(rows).toHaveCount(6, { timeout: 15_000 });

  const delivery = page.getByRole('region', { name: 'Delivery' });
  await expect(delivery).toContainText('row 2');
  await expect(delivery.getByRole('row').filter({ hasText: 'this server' })).toContainText('acked');
  await expect(delivery.getByRole('row').filter({ hasText: 'e2e' })).toHaveCount(0);
  await cluster.pollAndAck(['TRAINING_STARTED']);
  await expect(delivery.getByRole('row').filter({ hasText: 'e2e' })).toContainText('acked', {
    timeout: 10_000,
  });

  await page.getByRole('tab', { name: 'Config hex8_2p' }).click();
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

import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { totalOf } from './support/rest';
import { CONFIG, PIPELINE, tell } from './support/story';

// What the browser says of a server that is not there, as it should.
test.use({ expectedErrors: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket/] });

const live = (page: Page) => expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
const note = (page: Page) => page.getByText('The newest figures could not be read');
const rating = (page: Page) =>
  page.getByRole('region', { name: 'Configs' }).getByRole('link', { name: '1634.5' }).first();

test('while the server stands still or is gone, a page keeps its figures and says so; the note goes with the reconnect', async ({
  page,
  ringside,
  cluster,
}) => {
  await tell(cluster, PIPELINE);
  await expect.poll(() => totalOf(ringside.url)).toBe(PIPELINE.length);
  await page.goto(`${ringside.url}/elo`);
  await live(page);
  await expect(rating(page)).toBeVisible();
  await expect(note(page)).toBeHidden();

  ringside.pause();
  await expect(page.getByText('Behind', { exact: true })).toBeVisible();
  await expect(rating(page)).toBeVisible();
  ringside.resume();
  await live(page);

  await ringside.stop('SIGKILL');
  await expect(page.getByText('Reconnecting').first()).toBeVisible();
  // A question that nobody answers: what was shown stays, and the page says why it is not newer.
  await page.getByRole('radio', { name: '24 h' }).check();
  await expect(note(page)).toBeVisible();
  await expect(rating(page)).toBeVisible();

  await ringside.start();
  await live(page);
  await expect(note(page)).toBeHidden();
  await cluster.publish('elo_updated', { model_id: 'hex8_2p_v9', config_key: CONFIG, new_elo: 1701.5 });
  await expect(page.getByText('1701.5').first()).toBeVisible();
});

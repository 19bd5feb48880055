import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { CONFIG, PIPELINE, tell } from './support/story';

// What the browser says of a server that is not there, or went in the middle of an answer, as it should.
const GONE =
  /ERR_CONNECTION_(REFUSED|RESET|CLOSED)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING|WebSocket/;
test.use({ shares: true, expectedErrors: [GONE] });

const note = (page: Page) => page.getByText('The newest figures could not be read');
const rating = (page: Page) =>
  page.getByRole('region', { name: 'Configs' }).getByRole('link', { name: '1634.5' }).first();

test('while the server stands still or is gone, a page keeps its figures and says so; the note goes with the reconnect', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await tell(cluster, PIPELINE);
  await own.stored(PIPELINE.length);
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

test('who goes elsewhere while the server is away stays on a page that lives, and gets there when it is back', async ({
  page,
  ringside,
}) => {
  await page.goto(`${ringside.url}/events`);
  await live(page);
  // Nothing can arrive, whatever the socket looks like: the list does not claim that it follows.
  ringside.pause();
  await expect(page.getByText('Behind', { exact: true })).toBeVisible();
  await expect(page.getByText(/^No word from the server: the list stands still/)).toBeVisible();
  ringside.resume();
  await live(page);
  await expect(page.getByText('Following', { exact: true })).toBeVisible();
  await ringside.stop('SIGKILL');
  await expect(page.getByText('Reconnecting').first()).toBeVisible();
  const waits = (path: string) =>
    page.getByText(`The server does not answer. ${path} opens when it is back.`);

  // A link, then a key: the last wish counts. Staying takes it back.
  const nav = page.getByRole('complementary', { name: 'Navigation' });
  await nav.getByRole('link', { name: 'Quality' }).click();
  await expect(waits('/quality')).toBeVisible();
  await page.getByRole('button', { name: 'Stay here' }).click();
  await expect(waits('/quality')).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(waits('/models')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Events', level: 1 })).toBeVisible();

  await ringside.start();
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible();
  await live(page);
  await expect(waits('/models')).toBeHidden();
  await nav.getByRole('link', { name: 'Quality' }).click();
  await expect(page.getByRole('heading', { name: 'Quality', level: 1 })).toBeVisible();
});

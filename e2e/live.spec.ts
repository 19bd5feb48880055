import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { RingRiftProcess } from './support/producer';
import { allEvents, totalOf } from './support/rest';
import { rowsOnScreen, seenRows, watchRows } from './support/seen-rows';

test.use({ shares: true });

test('rows that a cluster process writes come on screen as they are written, in order, once', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await page.goto(`${ringside.url}/events`);
  await live(page);
  await watchRows(page);
  await cluster.stream(200, 100);
  await own.stored(200);
  await expect(own.row(page, 200)).toContainText('new games 199');
  const shown = await own.onScreen(page);
  expect(shown).toEqual(shown.map((_, index) => 200 - index));
  // The list is virtual: walk down through it and see each row.
  await page.getByTestId('event-row').first().hover();
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 400);
      return (await seenRows(page)).filter(([seq]) => seq > own.before).length;
    })
    .toBe(200);
});

test('the overview counts what passes without a reload', async ({ page, ringside, cluster }) => {
  await page.goto(ringside.url);
  await live(page);
  await cluster.publish('TRAINING_STARTED', {
    config_key: 'hex8_2p',
    job_id: 'hex8_2p_1',
    node_name: 'gh200-a',
    model_version: 'v7',
  });
  await cluster.publish('host_online', { node_id: 'gh200-a', host_type: 'gh200' });
  await expect(page.getByText('hex8_2p_1', { exact: true }).first()).toBeVisible();
  await cluster.publish('MODEL_PROMOTED', { model_id: 'hex8_2p_v7', config_key: 'hex8_2p', elo: 1612.3 });
  await cluster.publish('elo_updated', { model_id: 'hex8_2p_v7', config_key: 'hex8_2p', new_elo: 1612.3 });
  await expect(page.getByText('hex8_2p_v7').first()).toBeVisible();
  await expect(page.getByText('1612.3').first()).toBeVisible();
});

test('what is published here is polled and acked by a cluster process, and does not come back as a second event', async ({
  ringside,
  own,
  cluster,
}) => {
  await cluster.pollAndAck(['MODEL_PROMOTED']);
  const response = await fetch(`${ringside.url}/api/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      event_type: 'model_promoted',
      payload: { model_id: 'hex8_2p_v9', elo: 1700.5 },
      source: own.source,
    }),
  });
  expect(response.status).toBe(200);
  let polled: Awaited<ReturnType<RingRiftProcess['pollAndAck']>> = [];
  await expect
    .poll(
      async () =>
        (polled = [
          ...polled,
          ...(await cluster.pollAndAck(['MODEL_PROMOTED', 'model_promoted'])).filter(
            ({ source }) => source === own.source,
          ),
        ]).length,
    )
    .toBe(1);
  expect(JSON.parse(polled[0]?.payload ?? '')).toEqual({ model_id: 'hex8_2p_v9', elo: 1700.5 });
  await cluster.publish('leader_elected', { leader_id: 'gh200-a', term: 3 });
  await own.stored(2);
});

test('two processes that write at once are both read completely, each row once, each in its order', async ({
  ringside,
  own,
  cluster,
}) => {
  const other = new RingRiftProcess(ringside.eventsDb, `${own.source}-other`);
  await Promise.all([cluster.stream(500, 500), other.stream(500, 500)]);
  other.close();
  const sources = [own.source, `${own.source}-other`];
  const both = sources.map((source) => `&source=${source}`).join('');
  await expect.poll(() => totalOf(ringside.url, both)).toBe(1000);
  const events = await allEvents(ringside.url, both);
  for (const source of sources) {
    const numbers = events
      .filter((event) => event.source === source)
      .map(({ payload }) => payload['new_games']);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index));
  }
});

const SECONDS = 10;
const PER_SECOND = 200;
const EACH = SECONDS * PER_SECOND;

test('two processes write 400 rows a second for 10 s: each row is kept once and the page counts them all', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  const other = new RingRiftProcess(ringside.eventsDb, `${own.source}-other`);
  const sources = [own.source, `${own.source}-other`];
  const both = sources.map((source) => `&source=${source}`).join('');
  await page.goto(`${ringside.url}/events`);
  await live(page);
  await Promise.all([cluster.stream(EACH, PER_SECOND), other.stream(EACH, PER_SECOND)]);
  other.close();
  await expect.poll(() => totalOf(ringside.url, both)).toBe(2 * EACH);

  const events = await allEvents(ringside.url, both);
  const before = (events[0]?.seq ?? 1) - 1;
  await expect(page.getByTestId('total')).toHaveText(`${(before + 2 * EACH).toLocaleString('en-GB')} match`);
  const seqs = events.map((event) => event.seq - before);
  expect(seqs).toEqual(Array.from({ length: 2 * EACH }, (_, index) => index + 1));
  expect(new Set(events.map((event) => event.event_id)).size).toBe(2 * EACH);
  const written = Array.from({ length: EACH }, (_, index) => index);
  for (const source of sources) {
    const own = events.filter((event) => event.source === source);
    expect(own.map((event) => event.payload['new_games'])).toEqual(written);
  }
  await expect.poll(async () => (await rowsOnScreen(page))[0]).toBe(before + 2 * EACH);
  const shown = await rowsOnScreen(page);
  expect(shown).toEqual(shown.map((_, index) => before + 2 * EACH - index));
  // The list stays a window onto the rows however many come.
  expect(shown.length).toBeLessThan(200);
});

import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { RingRiftProcess } from './support/producer';
import { rowsOnScreen, seenRows, watchRows } from './support/seen-rows';

interface Page {
  events: {
    seq: number;
    event_type: string;
    payload: { new_games?: number; host?: string };
    source: string;
  }[];
  total: number;
}

test('rows that a cluster process writes come on screen as they are written, in order, once', async ({
  page,
  ringside,
  cluster,
}) => {
  await page.goto(`${ringside.url}/events`);
  await live(page);
  await watchRows(page);
  await cluster.stream(200, 100);
  await expect(page.locator('[data-testid="event-row"]', { hasText: 'new games 199' })).toBeVisible();
  const shown = await rowsOnScreen(page);
  expect(shown).toEqual(shown.map((_, index) => 200 - index));
  // The list is virtual: walk down through it and see each row.
  await page.getByTestId('event-row').first().hover();
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 400);
      return new Set((await seenRows(page)).map(([seq]) => seq)).size;
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
  cluster,
}) => {
  await cluster.pollAndAck(['MODEL_PROMOTED']);
  const response = await fetch(`${ringside.url}/api/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      event_type: 'model_promoted',
      payload: { model_id: 'hex8_2p_v9', elo: 1700.5 },
      source: 'e2e',
    }),
  });
  expect(response.status).toBe(200);
  let polled: Awaited<ReturnType<RingRiftProcess['pollAndAck']>> = [];
  await expect
    .poll(
      async () =>
        (polled = [...polled, ...(await cluster.pollAndAck(['MODEL_PROMOTED', 'model_promoted']))]).length,
    )
    .toBe(1);
  expect(JSON.parse(polled[0]?.payload ?? '')).toEqual({ model_id: 'hex8_2p_v9', elo: 1700.5 });
  await cluster.publish('leader_elected', { leader_id: 'gh200-a', term: 3 });
  await expect
    .poll(async () => ((await (await fetch(`${ringside.url}/api/events`)).json()) as Page).total)
    .toBe(2);
});

test('two processes that write at once are both read completely, each row once, each in its order', async ({
  ringside,
  cluster,
}) => {
  const other = new RingRiftProcess(ringside.eventsDb, 'other');
  await Promise.all([cluster.stream(500, 500), other.stream(500, 500)]);
  other.close();
  const read = async (): Promise<Page> =>
    (await (
      await fetch(`${ringside.url}/api/events?type=NEW_GAMES_AVAILABLE&limit=1000&order=asc`)
    ).json()) as Page;
  await expect.poll(async () => (await read()).total).toBe(1000);
  const { events } = await read();
  for (const source of ['e2e', 'other']) {
    const numbers = events.filter((event) => event.source === source).map((event) => event.payload.new_games);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index));
  }
});

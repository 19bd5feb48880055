import { connect } from 'node:net';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import type { RingsideServer } from './support/server';
import { rowsOnScreen } from './support/seen-rows';

test.use({ expectedErrors: [/WebSocket|ERR_CONNECTION_REFUSED|Failed to fetch|Failed to load resource/] });

interface Published {
  results: { event_id: string; seq: number; status: string }[];
}

/** Publishes one event after the other until the server no longer answers; the ids that were acknowledged. */
async function publishUntilDead(server: RingsideServer): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let number = 0; ; number++) {
    try {
      const response = await fetch(`${server.url}/api/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ event_type: 'work_queued', payload: { work_id: `work_${number}` } }),
      });
      const answer = (await response.json()) as Published;
      acknowledged.push(...answer.results.map(({ event_id }) => event_id));
    } catch {
      return acknowledged;
    }
  }
}

test.describe('on a server that others used', () => {
  test.use({ shares: true });

  test('after kill -9 every acknowledged event is there, once, and was forwarded to the cluster once', async ({
    ringside,
    own,
    cluster,
  }) => {
    for (let round = 0; round < 3; round++) {
      const publishing = publishUntilDead(ringside);
      // Kill it while rows of the cluster and publishes of our own are under way.
      await cluster.stream(100, 400);
      await ringside.stop('SIGKILL');
      const acknowledged = await publishing;
      await ringside.start();
      for (const id of acknowledged) {
        const response = await fetch(`${ringside.url}/api/events/${id}`);
        expect(response.status, `event ${id} of round ${round}`).toBe(200);
      }
    }
    const total = async (query: string): Promise<number> =>
      ((await (await fetch(`${ringside.url}/api/events?${query}`)).json()) as { total: number }).total;
    await expect.poll(() => total(`type=NEW_GAMES_AVAILABLE&source=${own.source}`)).toBe(300);
    const published = await total('type=WORK_QUEUED');
    // Each of ours is in the cluster's file exactly once.
    const forwarded = async (): Promise<unknown> =>
      cluster.execute(
        "SELECT count(*), count(DISTINCT payload || created_at) FROM events WHERE lower(event_type) = 'work_queued'",
      );
    await expect.poll(forwarded).toEqual([[published, published]]);
  });

  test('a page says that it lost the server, and goes on without gap or repeat when it is back', async ({
    page,
    ringside,
    own,
    cluster,
  }) => {
    await page.goto(own.list);
    await cluster.stream(5, 100);
    await expect(page.getByTestId('event-row')).toHaveCount(5);
    await ringside.stop('SIGKILL');
    await expect(page.getByText('Reconnecting').first()).toBeVisible();
    await cluster.stream(5, 100);
    await ringside.start();
    await live(page);
    await expect(page.getByTestId('event-row')).toHaveCount(10);
    const seqs = await rowsOnScreen(page);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => b - a));
  });
});

test('a stop waits neither for an open page nor for a connection that asks nothing', async ({
  ringside,
  page,
}) => {
  await page.goto(ringside.url);
  await expect(page.getByRole('status').filter({ hasText: 'Live' })).toBeVisible();
  // As browsers open them ahead of need.
  const unused = connect(Number(new URL(ringside.url).port), '127.0.0.1');
  const ended = new Promise((resolve) => unused.once('close', resolve));
  unused.on('error', () => undefined);
  await new Promise((resolve) => unused.once('connect', resolve));
  await ringside.stop();
  await ended;
});

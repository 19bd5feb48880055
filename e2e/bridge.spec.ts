import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from './support/fixtures';
import { RingRiftProcess } from './support/producer';
import type { RingsideServer } from './support/server';

interface Bridge {
  state: string;
  detail: string | null;
}

async function bridgeOf(server: RingsideServer): Promise<Bridge> {
  const { bridges } = (await (await fetch(`${server.url}/api/state/router`)).json()) as { bridges: Bridge[] };
  const [bridge] = bridges;
  if (!bridge) throw new Error('the server has no bridge');
  return bridge;
}

const total = async (server: RingsideServer): Promise<number> =>
  ((await (await fetch(`${server.url}/api/events`)).json()) as { total: number }).total;

async function problems(server: RingsideServer): Promise<string[]> {
  const answer = await fetch(`${server.url}/api/state/overview`);
  const { open_problems: open } = (await answer.json()) as { open_problems: { title: string }[] };
  return open.map(({ title }) => title);
}

test('rows that are no events go to the dead letters with the reason, and the rows after them flow', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.publish('host_online', '{"node_id": NaN}');
  await cluster.publish('host_online', 'not json at all');
  await cluster.publish('host_online', '["a", "list"]');
  await cluster.publish('host_online', '{"node_id": "gh200-a", "note": "<img src=x onerror=alert(1)>"}');
  await expect.poll(() => total(ringside)).toBe(1);
  await page.goto(`${ringside.url}/router`);
  await expect(page.getByText(/dead letters/i).first()).toBeVisible();
  await expect
    .poll(
      async () =>
        ((await (await fetch(`${ringside.url}/api/state/router`)).json()) as { dead_letters: number })
          .dead_letters,
    )
    .toBe(3);
});

test('a log that is damaged or recreated is said in one line, and reading goes on with the new one', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.stream(20, 1_000);
  await expect.poll(() => total(ringside)).toBe(20);
  cluster.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${ringside.eventsDb}${end}`, { force: true });
  writeFileSync(
    ringside.eventsDb,
    'this is not a database, and it is longer than a header of one hundred bytes, or so it hopes to be …',
  );
  await page.goto(ringside.url);
  await expect.poll(async () => (await bridgeOf(ringside)).state).toBe('error');
  const { detail } = await bridgeOf(ringside);
  const trouble = page.getByRole('link', { name: 'Trouble with events_db' });
  // On a small phone it has its line beside the state of the connection.
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(trouble).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1280, height: 720 });
  await trouble.click();
  await expect(page).toHaveURL(/\/router$/);
  expect(detail).toMatch(/\w+/);
  await expect(page.getByText(detail ?? '').first()).toBeVisible();
  expect(await (await fetch(`${ringside.url}/healthz`)).json()).toMatchObject({
    status: 'degraded',
    ready: true,
  });

  renameSync(ringside.eventsDb, `${ringside.eventsDb}.broken`);
  const successor = new RingRiftProcess(ringside.eventsDb, 'successor');
  await successor.stream(20, 1_000);
  successor.close();
  await expect.poll(() => total(ringside)).toBe(40);
  expect((await bridgeOf(ringside)).detail).toBeNull();
  await expect(trouble).toHaveCount(0);
});

test('an existing file with a backlog is imported once while live rows already show', async ({
  ringside,
  cluster,
}) => {
  await ringside.stop();
  // More than are read before what comes in now (decision 0019).
  await cluster.execute(
    "INSERT INTO events (event_type, payload, source, hostname, created_at) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 24999) SELECT 'work_queued', json_object('work_id', 'old_' || i), 'queue', 'gh200-a', 1766700000 + i FROM n",
  );
  await cluster.execute(
    "INSERT INTO events (event_type, payload, source, hostname, created_at) SELECT 'work_failed', json_object('work_id', 'old_' || i, 'error', 'exit code 137'), 'queue', 'gh200-a', 1766700900 + i FROM (SELECT 1 AS i UNION SELECT 2 UNION SELECT 3)",
  );
  await ringside.start();
  await cluster.stream(50, 200);
  await expect.poll(() => total(ringside), { timeout: 60_000 }).toBe(25_053);
  // What failed a year ago is folded after what happens now, and is no problem of today all the same.
  await expect.poll(() => problems(ringside), { timeout: 60_000 }).toEqual([]);
  await ringside.stop();
  await ringside.start();
  await cluster.stream(1, 100);
  await expect.poll(() => total(ringside)).toBe(25_054);
  expect(await problems(ringside)).toEqual([]);
});

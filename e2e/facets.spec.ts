import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { seriousFindings } from './support/inspect';

test.use({ shares: true });

const START = 1_766_700_000;

const online = (node: string, n: number, at: number) => ({
  event_type: 'host_online',
  payload: { node_id: node, n },
  timestamp: START + at,
});
/** What the address says besides the source. */
const params = (page: Page): Record<string, string> => {
  const { source: _, ...others } = Object.fromEntries(new URL(page.url()).searchParams);
  return others;
};
const param = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);

test('facets include and exclude by click, bars zoom by a drag; list, address and counts follow', async ({
  page,
  own,
}) => {
  await own.publish([
    ...[1, 2, 3, 4].map((n) => online('east-a', n, n * 60)),
    ...[5, 6].map((n) => online('east-b', n, 7_200 + n * 60)),
  ]);
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(own.list);
  await expect(page.getByTestId('total')).toHaveText('6 match');
  const facets = page.getByRole('complementary', { name: 'Facets' });
  const nodes = facets.getByRole('region', { name: 'Node' });
  const value = (name: string) => nodes.getByRole('button', { name, exact: true });
  await value('east-b, 2 events').click();
  await expect(value('east-b, 2 events')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => own.onScreen(page)).toEqual([6, 5]);
  await expect.poll(() => param(page, 'node')).toBe('east-b');
  await expect(facets.getByRole('button', { name: 'HOST_ONLINE, 2 events' })).toBeVisible();
  // The menus count the same; what their own filter hides has no count.
  for (const [menu, whose, offers] of [
    ['Severity', '', ['critical0', 'error0', 'warning0', 'info2', 'debug0']],
    ['Node', 'east', ['east-b2', 'east-a']],
  ] as const) {
    await page.getByRole('search').getByRole('button', { name: menu }).click();
    await expect(page.getByRole('option').filter({ hasText: whose })).toHaveText([...offers]);
    await page.keyboard.press('Escape');
  }

  await value('east-b, 2 events').press('Enter');
  await expect.poll(() => own.onScreen(page)).toEqual([6, 5, 4, 3, 2, 1]);
  await value('Leave out east-b').click();
  await expect.poll(() => own.onScreen(page)).toEqual([4, 3, 2, 1]);
  await expect(page.getByTestId('text-filter')).toHaveValue('-node:east-b');
  // Nothing matches it any more, but it stays in reach.
  await expect(value('east-b, 0 events')).toBeVisible();
  await expect(value('Leave out east-b')).toHaveAttribute('aria-pressed', 'true');
  expect(await seriousFindings(page, 'facets')).toEqual([]);
  await own.publish([online('east-a', 7, 7_200), online('east-b', 8, 7_200)]);
  // Counts follow at most every five seconds while events come.
  await expect(value('east-a, 5 events')).toBeVisible({ timeout: 15_000 });
  await value('Leave out east-b').click();
  await expect.poll(() => own.onScreen(page)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  await expect.poll(() => params(page)).toEqual({});

  const picture = page.getByRole('group', { name: 'Matches over time, drawn' });
  const box = await picture.boundingBox();
  if (!box) throw new Error('the bars are not drawn');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 20, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => own.onScreen(page)).toEqual([8, 7, 6, 5]);
  await expect.poll(() => Date.parse(param(page, 'since') ?? '') / 1000).toBeGreaterThan(START + 600);
  await expect(value('east-b, 3 events')).toBeVisible();
  await page.getByTestId('histogram').getByText('Table', { exact: true }).click();
  await expect(page.getByTestId('histogram').getByRole('table')).toContainText('Cluster health');
  await page.getByRole('button', { name: 'Reset zoom' }).click();
  await expect.poll(() => own.onScreen(page)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(facets).toBeHidden();
  await page.getByRole('button', { name: 'Facets' }).click();
  await expect(
    page.getByRole('dialog').getByRole('group', { name: 'Matches over time, drawn' }),
  ).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave out east-a' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => own.onScreen(page)).toEqual([8, 6, 5]);
});

test('the values beyond the most frequent ones open and shut', async ({ page, ringside, own }) => {
  const nodes = Array.from({ length: 15 }, (_, n) => `node-${String(n).padStart(2, '0')}`);
  await own.publish(nodes.map((node, n) => online(node, n, n)));
  await page.setViewportSize({ width: 1_440, height: 900 });
  await page.goto(own.list);
  const section = page.getByRole('complementary', { name: 'Facets' }).getByRole('region', { name: 'Node' });
  const included = section.getByRole('button', { name: /events?$/ });
  await expect(included).toHaveCount(12);
  await section.getByRole('button', { name: 'Node: 3 more' }).press('Enter');
  await expect(included).toHaveCount(15);
  const fewer = section.getByRole('button', { name: 'Node: show fewer' });
  await expect(fewer).toBeFocused();
  await section.getByRole('button', { name: 'node-14, 1 event' }).click();
  await expect.poll(() => own.onScreen(page)).toEqual([15]);
  await expect.poll(() => param(page, 'node')).toBe('node-14');
  const answer = await fetch(`${ringside.url}/api/events/facets?values=2&source=${own.source}`);
  expect(await answer.json()).toMatchObject({
    facets: {
      node: {
        values: [
          ['node-00', 1],
          ['node-01', 1],
        ],
        others: 13,
      },
    },
  });
  expect((await fetch(`${ringside.url}/api/events/facets?values=201`)).status).toBe(400);
});

test('a row says where in its payload a word was found', async ({ page, own }) => {
  const sync = { items_synced: 3, success: true, components: ['games', 'elo'] };
  await own.publish([{ event_type: 'data_sync_completed', payload: sync, timestamp: START }]);
  await page.goto(`${own.list}&q=games`);
  const row = page.getByTestId('event-row');
  await expect(row.locator('mark')).toHaveText('games');
  await expect(row.locator('[data-column=summary]')).toContainText('components games');
  const live = { ...sync, components: ['models', 'games'], items_synced: 4 };
  await own.publish([{ event_type: 'data_sync_completed', payload: live, timestamp: START + 1 }]);
  await expect(row.locator('mark')).toHaveText(['games', 'games']);
});

test('facets and bars answer scripts, and say what is wrong with a question', async ({ ringside, own }) => {
  await own.publish([1, 2, 3].map((n) => online(`west-${n % 2 === 0 ? 'b' : 'a'}`, n, n * 3_600)));
  const mine = `source=${own.source}`;
  const ask = async (path: string) => {
    const response = await fetch(`${ringside.url}/api/events/${path}`);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const { body } = await ask(`facets?q=-node:west-b&${mine}`);
  expect(body).toMatchObject({
    total: 2,
    exact: true,
    facets: { node: { values: [['west-a', 2]], others: 0 } },
  });
  const bars = await ask(
    `histogram?type=host_online&buckets=3&since=${START + 3_600}&until=${START + 8_000}&${mine}`,
  );
  expect(bars.body).toEqual({
    total: 2,
    exact: true,
    removed: 0,
    from: START + 3_600,
    width: 1_800,
    buckets: 3,
    series: [{ category: 'cluster_health', counts: [1, 0, 1] }],
  });
  const wrong = await ask('facets?q=(amber');
  expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } });
  expect((await ask('histogram?buckets=0')).status).toBe(400);
  for (const path of ['facets', 'histogram']) {
    expect(await ask(`${path}?exact=true&${mine}`)).toMatchObject({
      status: 200,
      body: { total: 3, exact: true },
    });
    expect((await ask(`${path}?exact=maybe`)).status).toBe(400);
  }
});

test('an estimate of few is counted on, and the exact answer takes its place by itself', async ({
  page,
  own,
}) => {
  await own.publish([1, 2, 3].map((n) => online('north-a', n, n * 60)));
  await page.setViewportSize({ width: 1_440, height: 900 });
  let tell = (): void => undefined;
  const seen = new Promise<void>((resolve) => (tell = resolve));
  // History is too short to be estimated: the answer says so here.
  await page.route('**/api/trpc/events.summary?**', async (route) => {
    if (decodeURIComponent(route.request().url()).includes('"exact":true')) {
      await seen;
      return route.continue();
    }
    const response = await route.fetch();
    const answer = (await response.json()) as { result: { data: object } };
    const estimate = { total: 4_321, exact: false, countable: true, sampled: { events: 1, of: 2 } };
    Object.assign(answer.result.data, estimate);
    return route.fulfill({ response, json: answer });
  });
  await page.goto(own.list);
  await expect(page.getByTestId('estimated')).toHaveText(
    '≈ 4,321 match: estimated from 1 of 2 events, still counting',
  );
  tell();
  await expect(page.getByText('Every match counted')).toBeVisible();
  const facets = page.getByRole('complementary', { name: 'Facets' });
  await expect(facets.getByRole('button', { name: 'north-a, 3 events' })).toBeVisible();
  await expect(page.getByTestId('estimated')).toHaveCount(0);
});

test('a stretch of time is typed as the pages show it, or counted back; what is no time says so', async ({
  page,
  own,
}) => {
  // It is counted back from the newest event of all, which is the last of these.
  const newest = Math.floor(Date.now() / 1000);
  await own.publish([7_200, 3_600, 0].map((ago, n) => online('south-a', n, newest - ago - START)));
  await page.goto(own.list);
  await expect.poll(() => own.onScreen(page)).toEqual([3, 2, 1]);
  await page.getByRole('button', { name: 'Time', exact: true }).click();
  const panel = page.getByLabel('Filter by time');
  const from = panel.getByLabel('From', { exact: true });
  await from.fill('soon');
  await from.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('This is no time. Write 2025-12-27 09:00');
  expect(await seriousFindings(page, 'a mistaken time')).toEqual([]);
  await from.fill('90m');
  await from.press('Enter');
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => own.onScreen(page)).toEqual([3, 2]);
  await expect(from).toBeFocused();
  const shown = await page.evaluate(
    (at) => {
      const date = new Date(at * 1000);
      return new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
        .toISOString()
        .slice(0, 19)
        .replace('T', ' ');
    },
    newest - 90 * 60,
  );
  await expect(from).toHaveValue(shown);
  await panel.getByLabel('To', { exact: true }).fill(shown);
  await panel.getByLabel('To', { exact: true }).press('Tab');
  await expect.poll(() => own.onScreen(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Any time' }).click();
  await expect.poll(() => own.onScreen(page)).toEqual([3, 2, 1]);
  await expect(from).toHaveValue('');
});

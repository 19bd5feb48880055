import type { Locator, Page, Request } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { seriousFindings, tooWide } from './support/inspect';
import { allEvents, totalOf } from './support/rest';
import { rowsOnScreen, seenRows, watchRows } from './support/seen-rows';

// Chromium reports the page that is not there, as it should.
test.use({ expectedErrors: [/404 \(Not Found\) \S+\/events\/\S+$/] });

const live = (page: Page): Promise<void> =>
  expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
/** Live, and the feed takes keys: its total is asked for by the same effects. */
async function feedReady(page: Page): Promise<void> {
  await live(page);
  await expect(page.getByTestId('total')).toHaveText(/match/);
}
const rowOf = (page: Page, seq: number): Locator =>
  page.locator(`[data-testid="event-row"][data-seq="${seq}"]`);
const downTo = (from: number): number[] => Array.from({ length: from }, (_, index) => from - index);

/** Walks down the list by the wheel until the row is on screen. */
async function wheelTo(page: Page, seq: number): Promise<void> {
  await page.getByTestId('event-row').first().hover();
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 1_500);
        return rowOf(page, seq).count();
      },
      { intervals: [30] },
    )
    .toBe(1);
}

test('filters live in the URL, hold for what arrives, and survive a reload; a bad value is named and ignored', async ({
  page,
  ringside,
  cluster,
}) => {
  const train = (config: string, node: string, note: string) =>
    cluster.publish('training_started', { config_key: config, node_name: node, job_id: note });
  await train('hex8_2p', 'gh200-a', 'amber lamp'); // 1
  await train('hex8_2p', 'gh200-a', 'blue door'); // 2
  await train('hex8_2p', 'gh200-b', 'amber door'); // 3
  await train('square8_2p', 'gh200-a', 'amber key'); // 4
  await cluster.publish('sync_stalled', { config_key: 'hex8_2p', host: 'gh200-a', note: 'amber' }); // 5
  await expect.poll(() => totalOf(ringside.url)).toBe(5);

  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  expect(await rowsOnScreen(page)).toEqual([5, 4, 3, 2, 1]);
  const pick = async (filter: string, value: string): Promise<void> => {
    await page.getByRole('button', { name: filter, exact: true }).click();
    await page.getByRole('option', { name: value }).click();
    await page.keyboard.press('Escape');
  };
  await pick('Type', 'TRAINING_STARTED');
  await expect.poll(() => rowsOnScreen(page)).toEqual([4, 3, 2, 1]);
  await pick('Config', 'hex8_2p');
  await expect.poll(() => rowsOnScreen(page)).toEqual([3, 2, 1]);
  await pick('Node', 'gh200-a');
  await expect.poll(() => rowsOnScreen(page)).toEqual([2, 1]);
  await page.getByTestId('text-filter').fill('amber');
  await expect.poll(() => rowsOnScreen(page)).toEqual([1]);
  await expect(page.getByTestId('total')).toHaveText('1 match');
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({ type: 'TRAINING_STARTED', config: 'hex8_2p', node: 'gh200-a', q: 'amber' });

  await page.reload();
  await feedReady(page);
  expect(await rowsOnScreen(page)).toEqual([1]);
  await expect(page.getByTestId('text-filter')).toHaveValue('amber');
  await train('hex8_2p', 'gh200-a', 'blue window'); // 6
  await train('hex8_2p', 'gh200-a', 'amber window'); // 7
  await expect.poll(() => rowsOnScreen(page)).toEqual([7, 1]);
  await expect(page.getByTestId('total')).toHaveText('2 match');

  await page.goBack();
  await page.goto(`${ringside.url}/events?category=weather&since=teatime&type=TRAINING_STARTED&type=no-type`);
  const note = page.getByRole('status').filter({ hasText: 'In this address' });
  for (const value of ['category: “weather”', 'since: “teatime”', 'type: “no-type”'])
    await expect(note).toContainText(`${value} was ignored`);
  await expect.poll(() => rowsOnScreen(page)).toEqual([7, 6, 4, 3, 2, 1]);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(() => rowsOnScreen(page)).toEqual([7, 6, 5, 4, 3, 2, 1]);
});

test('the search box takes the query language, live too, and explains a mistake at its place', async ({
  page,
  ringside,
  cluster,
}) => {
  const rate = (config: string, elo: number) =>
    cluster.publish('elo_updated', { config_key: config, new_elo: elo, model_id: `${config}_v${elo}` });
  await rate('hex8_2p', 1_650); // 1
  await rate('hex8_2p', 1_750); // 2
  await rate('square8_2p', 1_800); // 3
  await expect.poll(() => totalOf(ringside.url)).toBe(3);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: 'Search events' });
  await expect(box).toBeFocused();
  await box.fill('type:elo_updated payload.new_elo>1700 -config:square8_2p');
  await expect.poll(() => rowsOnScreen(page)).toEqual([2]);
  await rate('hex8_2p', 1_690); // 4
  await rate('hex8_2p', 1_775); // 5
  await expect.poll(() => rowsOnScreen(page)).toEqual([5, 2]);

  await box.fill('payload.new_elo>1700 (hex8_2p');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expect(box).toHaveAccessibleDescription(/At character \d+: \S+/);
  expect(await seriousFindings(page, 'a mistake')).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('mistake.png') });
  // A query that cannot be read filters nothing: the last one that could stays in force.
  expect(await rowsOnScreen(page)).toEqual([5, 2]);
  await box.fill('1800 OR 1650');
  await expect(box).not.toHaveAttribute('aria-invalid', 'true');
  await expect.poll(() => rowsOnScreen(page)).toEqual([3, 1]);

  // Half a name is none: what it may have been is a press away.
  await box.fill('1650 config:hex8');
  await expect(page.getByText('No recent event has the config hex8')).toBeVisible();
  await page.getByRole('region', { name: 'Events' }).getByRole('button', { name: 'hex8_2p' }).click();
  await expect(box).toHaveValue('1650 config:hex8_2p');
  await expect.poll(() => rowsOnScreen(page)).toEqual([1]);
});

test('the search box proposes what fits at the caret; what it finds is marked, also in a row opened in place', async ({
  page,
  ringside,
  cluster,
}) => {
  const rate = (elo: number, note: string) =>
    cluster.publish('elo_updated', { config_key: 'hex8_2p', new_elo: elo, model_id: 'hex8_2p_v2', note });
  await rate(1_650, 'été'); // 1
  await rate(1_750, 'un Été'); // 2
  await cluster.publish('MODEL_PROMOTED', { config_key: 'hex8_2p', model_id: 'hex8_2p_v2' }); // 3
  await expect.poll(() => totalOf(ringside.url)).toBe(3);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  const box = page.getByTestId('text-filter');
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await page.keyboard.press('/');
  await page.keyboard.type('typ');
  await expect(options.first()).toContainText('type:');
  await page.keyboard.press('Tab');
  await expect(options).toContainText(['ELO_UPDATED', 'MODEL_PROMOTED']);
  await page.keyboard.type('elo');
  await expect(options).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(box).toHaveAttribute('aria-activedescendant', (await options.getAttribute('id')) ?? '');
  expect(await seriousFindings(page, 'suggestions')).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('type:ELO_UPDATED ');
  await page.keyboard.type('payload.new_e');
  await expect(options.first()).toContainText('payload.new_elo');
  await page.keyboard.press('Tab');
  await page.keyboard.type('1700 ete');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('type:ELO_UPDATED payload.new_elo>1700 ete');
  await expect.poll(() => rowsOnScreen(page)).toEqual([2]);
  await expect(rowOf(page, 2).locator('mark').first()).toHaveText('ELO_UPDATED');

  await page.keyboard.press('Escape');
  await expect(box).not.toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowRight');
  const opened = page.getByTestId('opened-row');
  await expect(opened.locator('mark')).toHaveText(['1750', 'Été']);
  await expect(rowOf(page, 2).getByRole('button', { expanded: true }).first()).toBeVisible();
  expect(await seriousFindings(page, 'a row opened in place')).toEqual([]);
  expect(await tooWide(page, 'a row opened in place')).toEqual([]);
  await page.keyboard.press('ArrowLeft');
  await expect(opened).toBeHidden();
  await box.fill('');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toContainText('type:ELO_UPDATED payload.new_elo>1700 ete');

  // Values that a payload field was seen to hold.
  await box.fill('payload.note:');
  await expect(options).toContainText(['un Été', 'été']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('payload.note:"un Été" ');
});

test('a search that takes long says how far it is; stopped it ends, and goes on when told', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.stream(60, 100_000);
  await cluster.publish('training_started', { config_key: 'hex8_2p', note: 'amber' });
  await expect.poll(() => totalOf(ringside.url)).toBe(61);
  let [asked, ended] = [0, 0];
  const cursors: (string | undefined)[] = [];
  await page.route('**/api/trpc/events.list?*', (route) => {
    const url = decodeURIComponent(route.request().url());
    if (!url.includes('"count":false')) return route.continue();
    asked += 1;
    cursors.push(/"cursor":"(\w+)"/.exec(url)?.[1]);
    const data = { events: [], next_cursor: 'ZGVzYzo1Nw', total: -1, head_seq: 100, scanned_to: 57 };
    if (asked === 1) return route.fulfill({ json: { result: { data } } });
    // The second is never answered: it ends when the reader stops it.
    return asked === 2 ? undefined : route.continue();
  });
  page.on('requestfailed', (request) => {
    if (decodeURIComponent(request.url()).includes('"count":false')) ended += 1;
  });
  await page.goto(`${ringside.url}/events?q=topaz`);
  await live(page);
  const box = page.getByRole('combobox', { name: 'Search' });
  await box.fill('amber');
  await box.press('Enter');
  await expect(page.getByText('Searching: 43 % of history so far')).toBeVisible();
  await expect.poll(() => asked).toBe(2);
  expect(await seriousFindings(page, 'a search under way')).toEqual([]);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped; 43 % of history was searched.')).toBeVisible();
  await expect.poll(() => ended).toBe(1);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('Nothing older matches.')).toBeVisible();
  await expect.poll(() => rowsOnScreen(page)).toEqual([61]);
  // Nothing is asked for while it is stopped; then it goes on where it had come to.
  expect(cursors.slice(1)).toEqual(['ZGVzYzo1Nw', 'ZGVzYzo1Nw']);
});

test('what a page asked for ends when something else is asked for, and when the page is left', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.publish('training_started', { config_key: 'hex8_2p', note: 'amber topaz' });
  await expect.poll(() => totalOf(ringside.url)).toBe(1);
  const kindOf = (url: string): string => {
    const text = decodeURIComponent(url);
    const word = ['amber', 'topaz', 'opal'].find((each) => text.includes(each)) ?? 'nothing';
    if (text.includes('events.summary')) return `${word} counts`;
    return `${word} ${text.includes('"count":false') ? 'older rows' : 'total'}`;
  };
  // None of them is ever answered: each ends when the page lets it go.
  const open = new Map<Request, string>();
  await page.route(/\/api\/trpc\/events\.(list|summary)\?/, (route) => {
    open.set(route.request(), kindOf(route.request().url()));
  });
  page.on('requestfailed', (request) => open.delete(request));
  const under = (): string[] => [...open.values()].sort();
  const all = (word: string): string[] => ['counts', 'older rows', 'total'].map((kind) => `${word} ${kind}`);
  await page.goto(`${ringside.url}/events?q=opal`);
  await live(page);
  // The page came with all that match: there are no older ones to ask for.
  await expect.poll(under).toEqual(['opal counts', 'opal total']);
  const box = page.getByRole('combobox', { name: 'Search' });
  await box.fill('amber');
  await box.press('Enter');
  await expect.poll(under).toEqual(all('amber'));
  await box.fill('topaz');
  await box.press('Enter');
  await expect.poll(under).toEqual(all('topaz'));
  await page.getByRole('navigation').first().getByRole('link', { name: 'Router' }).click();
  await expect(page).toHaveURL(/\/router$/);
  await expect.poll(under).toEqual([]);
});

test('the tail is let go and taken up by a key; a row opened in place holds it; columns are in the address', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.stream(3, 1_000);
  await expect.poll(() => totalOf(ringside.url)).toBe(3);
  await page.goto(`${ringside.url}/events?columns=seq,type,origin&times=ago`);
  await feedReady(page);
  const cells = (seq: number): Promise<(string | null)[]> =>
    rowOf(page, seq)
      .locator('[data-column]')
      .evaluateAll((all) =>
        all
          .map((each) => [each.getBoundingClientRect().left, each.getAttribute('data-column')] as const)
          .sort(([a], [b]) => a - b)
          .map(([, column]) => column),
      );
  expect(await cells(3)).toEqual(['seq', 'type', 'origin']);
  await page.keyboard.press('t');
  await expect(page.getByText('Paused').first()).toBeVisible();
  await cluster.stream(4, 1_000);
  await expect(page.getByTestId('new-rows')).toContainText('4 new');
  await page.keyboard.press('t');
  await expect.poll(() => rowsOnScreen(page)).toEqual(downTo(7));

  await rowOf(page, 7).getByRole('button', { name: 'Open NEW_GAMES_AVAILABLE in place' }).click();
  await expect(page.getByTestId('opened-row')).toContainText('new_games');
  await cluster.stream(2, 1_000);
  await expect(page.getByTestId('new-rows')).toContainText('2 new');
  expect((await rowsOnScreen(page))[0]).toBe(7);
  await page.keyboard.press('Escape');
  await expect.poll(() => rowsOnScreen(page)).toEqual(downTo(9));

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('radio', { name: 'Compact' }).check();
  await page.getByRole('checkbox', { name: 'Origin' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/columns=seq,type&|columns=seq,type$/);
  const height = async (): Promise<number> => (await rowOf(page, 9).boundingBox())?.height ?? 0;
  await expect.poll(height).toBe(21);
  await page.reload();
  await feedReady(page);
  expect([await cells(9), await height()]).toEqual([['seq', 'type'], 21]);
});

test('a paused list stands still and counts what comes; resumed it has all, once, in order', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.stream(3, 1_000);
  await expect.poll(() => totalOf(ringside.url)).toBe(3);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  await watchRows(page);
  await page.keyboard.press('t');
  await expect(page.getByText('Paused').first()).toBeVisible();
  await cluster.stream(150, 300);
  await expect(page.getByTestId('new-rows')).toContainText('150 new');
  expect(await rowsOnScreen(page)).toEqual([3, 2, 1]);
  await page.getByTestId('pause').click();
  await expect(page.getByTestId('new-rows')).toBeHidden();
  await expect(rowOf(page, 153)).toBeVisible();
  const shown = await rowsOnScreen(page);
  expect(shown).toEqual(downTo(153).slice(0, shown.length));
  await expect(page.getByTestId('total')).toHaveText('153 match');
  await wheelTo(page, 1);
  expect((await seenRows(page)).map(([seq]) => seq).sort((a, b) => b - a)).toEqual(downTo(153));
});

test('who scrolls down keeps the place while rows arrive, and gets older pages without a gap', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.stream(900, 100_000);
  await expect.poll(() => totalOf(ringside.url)).toBe(900);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  await watchRows(page);
  await expect(rowOf(page, 900)).toBeVisible();
  await page.getByTestId('event-row').first().hover();
  await page.mouse.wheel(0, 1_400);
  await expect(page.getByText('Held while you read').first()).toBeVisible();
  await expect(rowOf(page, 846)).toBeInViewport();
  const before = await rowOf(page, 846).boundingBox();
  await cluster.stream(80, 400);
  await expect(page.getByTestId('new-rows')).toContainText('80 new');
  expect(await rowOf(page, 846).boundingBox()).toEqual(before);
  await wheelTo(page, 1);
  const seen = new Set((await seenRows(page)).map(([seq]) => seq));
  expect(downTo(900).filter((seq) => !seen.has(seq))).toEqual([]);
  const bottom = await rowsOnScreen(page);
  expect(bottom).toEqual(downTo(bottom[0] ?? 0));
  await page.getByTestId('new-rows').click();
  await expect(rowOf(page, 980)).toBeInViewport();
  await expect(page.getByText('Following', { exact: true })).toBeVisible();
});

test('the list is worked from the keyboard', async ({ page, ringside, cluster }) => {
  for (let n = 1; n <= 4; n++)
    await cluster.publish('work_queued', { work_id: `w-${n}`, config_key: 'hex8_2p' });
  await expect.poll(() => totalOf(ringside.url)).toBe(4);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  const panel = page.getByTestId('event-panel');
  const idOf = async (seq: number): Promise<string> =>
    (await rowOf(page, seq).getAttribute('data-event-id')) ?? '';
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('"w-3"');
  await expect(page).toHaveURL(new RegExp(`selected=${await idOf(3)}`));
  await page.keyboard.press('j');
  await expect(panel).toContainText('"w-2"');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  // The address follows what is shown: it is written at most every 50 ms.
  await expect.poll(() => new URL(page.url()).search).toBe('');
  await page.keyboard.press('/');
  await expect(page.getByTestId('text-filter')).toBeFocused();
  await page.keyboard.type('w-1 jk');
  await expect(page.getByTestId('text-filter')).toHaveValue('w-1 jk');
  await expect(page.getByText('No event matches')).toBeVisible();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect.poll(() => rowsOnScreen(page)).toEqual([1]);
});

test('an event shows its payload as tree and text, what drifts from the catalogue, and its neighbours', async ({
  page,
  ringside,
  cluster,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const payload = { job_id: 'job-7', config: 'hex8_2p', host: 'gh200-a', deep: { list: [1, { leaf: 'ü' }] } };
  await cluster.publish('SELFPLAY_COMPLETE', { config_key: 'hex8_2p', node_id: 'gh200-b', games: 5 }); // 1
  await cluster.publish('host_online', { node_id: 'gh200-a' }); // 2
  await cluster.publish('TRAINING_COMPLETED', payload); // 3
  await cluster.publish('host_online', { node_id: 'gh200-c' }); // 4
  await cluster.publish('MODEL_PROMOTED', { config_key: 'hex8_2p', model_id: 'hex8_2p_v1' }); // 5
  await cluster.publish('health_check_passed', { node_id: 'gh200-a', health_score: 0.9 }); // 6
  await expect.poll(() => totalOf(ringside.url)).toBe(6);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  await expect(rowOf(page, 3)).toContainText('drift');
  await rowOf(page, 3).click();
  const panel = page.getByTestId('event-panel');
  const drift = panel.getByRole('region', { name: 'Differs from the catalogue' });
  await expect(drift).toContainText('job_id');
  const tree = panel.getByRole('tabpanel');
  await expect(tree).toContainText('not documented for this type');
  await expect(tree).not.toContainText('leaf:');
  await tree.getByRole('button', { name: /^list:/ }).click();
  await tree.getByRole('button', { name: /^1:/ }).click();
  await expect(tree).toContainText('leaf:"ü"');
  await tree.getByRole('button', { name: /^deep:/ }).click();
  await expect(tree).not.toContainText('leaf:');
  await panel.getByRole('tab', { name: 'JSON' }).click();
  await expect(panel.getByRole('tabpanel').locator('pre')).toHaveText(JSON.stringify(payload, null, 2));
  await panel.getByRole('button', { name: 'Copy payload as JSON' }).click();
  await expect(panel.getByText('Copied')).toBeAttached();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(payload);
  await panel.getByRole('tab', { name: 'Whole event' }).click();
  await expect(panel.getByRole('tabpanel').locator('pre')).toContainText('"content_hash"');

  const step = (name: string): Locator => panel.getByRole('link', { name });
  await expect(step('Prior event of node gh200-a: HOST_ONLINE')).toBeVisible();
  await expect(step('Next event of node gh200-a: HEALTH_CHECK_PASSED')).toBeVisible();
  await expect(step('Prior event of config hex8_2p ( [ ): SELFPLAY_COMPLETE')).toBeVisible();
  await step('Next event of config hex8_2p ( ] ): MODEL_PROMOTED').click();
  await expect(panel).toContainText('"hex8_2p_v1"');
  await expect(panel.getByText('none').first()).toBeVisible();
  await page.keyboard.press('[');
  await expect(panel).toContainText('"job-7"');
  await panel.getByRole('link', { name: 'Open as a page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('TRAINING_COMPLETED');
  await expect(page.getByRole('region', { name: 'Differs from the catalogue' })).toContainText('job_id');
});

test('an event is found by its seq; one that is not there says so', async ({ page, ringside, cluster }) => {
  await cluster.publish('host_online', { node_id: 'gh200-a' });
  await expect.poll(() => totalOf(ringside.url)).toBe(1);
  const [event] = await allEvents(ringside.url);
  await page.goto(`${ringside.url}/events/1`);
  await expect(page).toHaveURL(`${ringside.url}/events/${event?.event_id ?? ''}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('HOST_ONLINE');
  for (const id of ['99', 'nonsense', '01890000-0000-7000-8000-000000000000']) {
    await page.goto(`${ringside.url}/events/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No such event');
  }
  await page.getByRole('link', { name: 'All events' }).click();
  await expect.poll(() => rowsOnScreen(page)).toEqual([1]);
});

test('markup is text wherever it comes from, and runs nothing', async ({ page, ringside, cluster }) => {
  const evil = (where: string): string =>
    `<img src=x onerror="window.ran='${where}'"><script>window.ran='${where}'</script>"'><b>${where}</b>`;
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const requests: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  const fields = [
    ...['config_key', 'config', 'model_id', 'node_id', 'host', 'reason', 'job_id', 'work_id', 'leader_id'],
    ...['message', 'error', 'status', 'board_type', 'severity', 'level', 'name'],
  ];
  const payload = {
    ...Object.fromEntries(fields.map((field) => [field, evil(field)])),
    [evil('key')]: [evil('item'), { [evil('inner')]: evil('leaf') }],
    url: 'javascript:window.ran="url"',
  };
  const as = { source: evil('source'), hostname: evil('hostname') };
  const types = ['host_offline', 'MODEL_PROMOTED', 'TRAINING_STARTED', 'leader_elected', 'work_failed'];
  for (const type of [...types, 'REGRESSION_DETECTED', 'DAEMON_PERMANENTLY_FAILED', evil('type')])
    await cluster.publish(type, payload, as);
  await expect.poll(() => totalOf(ringside.url)).toBe(8);
  for (const path of ['/', '/events', '/nodes', '/models', '/training', '/events/8'])
    await test.step(path, async () => {
      await page.goto(`${ringside.url}${path}`);
      await live(page);
      await expect(page.locator('main')).toContainText(/<img src=x/i);
      await expect(page.locator('main img, main script, main b')).toHaveCount(0);
      expect(await page.evaluate(() => (window as { ran?: string }).ran)).toBeUndefined();
    });
  await page.getByRole('tab', { name: 'JSON' }).click();
  await expect(page.getByRole('tabpanel').locator('pre')).toHaveText(JSON.stringify(payload, null, 2));
  expect(dialogs).toEqual([]);
  expect(requests.filter((path) => /\/x$/.test(path))).toEqual([]);
});

test('the export dialog writes what the page shows into a file', async ({ page, ringside, cluster }) => {
  await cluster.publish('training_started', { config_key: 'hex8_2p', note: 'amber lamp' });
  await cluster.publish('training_started', { config_key: 'hex8_2p', note: 'blue door' });
  await cluster.publish('training_started', { config_key: 'square8_2p', note: 'amber key' });
  await expect.poll(() => totalOf(ringside.url)).toBe(3);
  // A real file of the browser, without the dialog of the operating system.
  await page.addInitScript(() => {
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) =>
      (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    Object.assign(window, { showSaveFilePicker });
  });
  await page.goto(`${ringside.url}/events?q=amber&config=hex8_2p`);
  await feedReady(page);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export events' });
  await expect(dialog).toContainText('1 event matches.');
  await expect(dialog.getByRole('definition')).toHaveText(['amber', 'hex8_2p']);
  expect(await seriousFindings(page, 'the export dialog')).toEqual([]);
  await dialog.getByText('CSV', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Choose a file and export' }).click();
  await expect(dialog.getByRole('status')).toContainText('1 event (');
  const text = await page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys())
      return (await (await folder.getFileHandle(name)).getFile()).text();
    return '';
  });
  const asked = await fetch(`${ringside.url}/api/events/export?format=csv&q=amber&config=hex8_2p`);
  expect(text).toBe(await asked.text());
  expect(text).toContain('amber lamp');
});

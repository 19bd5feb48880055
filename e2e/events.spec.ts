import type { Locator, Page } from '@playwright/test';
import { feedReady } from './support/event-list';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { seriousFindings } from './support/inspect';
import type { OwnEvents } from './support/own-events';
import { totalOf } from './support/rest';
import { seenRows, watchRows } from './support/seen-rows';

// Chromium reports the answer that did not come, as it should.
test.use({ shares: true, expectedErrors: [/ERR_CONNECTION_RESET \S+events\.list/] });

const downTo = (from: number): number[] => Array.from({ length: from }, (_, index) => from - index);

/** Numbers of what was ever on screen. */
const seen = async (page: Page, own: OwnEvents): Promise<number[]> =>
  (await seenRows(page)).map(([seq]) => seq - own.before);

/** Walks down the list by the wheel to its last row. */
async function wheelTo(page: Page, row: Locator): Promise<void> {
  await page.getByTestId('event-row').first().hover();
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 1_500);
        return row.count();
      },
      { intervals: [30] },
    )
    .toBe(1);
}

test('filters live in the URL, hold for what arrives, and survive a reload; a bad value is named and ignored', async ({
  page,
  own,
  cluster,
}) => {
  const train = (config: string, node: string, note: string) =>
    cluster.publish('training_started', { config_key: config, node_name: node, job_id: note });
  await train('hex8_2p', 'gh200-a', 'amber lamp'); // 1
  await train('hex8_2p', 'gh200-a', 'blue door'); // 2
  await train('hex8_2p', 'gh200-b', 'amber door'); // 3
  await train('square8_2p', 'gh200-a', 'amber key'); // 4
  await cluster.publish('sync_stalled', { config_key: 'hex8_2p', host: 'gh200-a', note: 'amber' }); // 5
  await own.stored(5);

  await page.goto(own.list);
  await feedReady(page);
  expect(await own.onScreen(page)).toEqual([5, 4, 3, 2, 1]);
  const pick = async (filter: string, value: string): Promise<void> => {
    await page.getByRole('button', { name: filter, exact: true }).click();
    await page.getByRole('option', { name: value }).click();
    await page.keyboard.press('Escape');
  };
  await pick('Type', 'TRAINING_STARTED');
  await expect.poll(() => own.onScreen(page)).toEqual([4, 3, 2, 1]);
  await pick('Config', 'hex8_2p');
  await expect.poll(() => own.onScreen(page)).toEqual([3, 2, 1]);
  await pick('Node', 'gh200-a');
  await expect.poll(() => own.onScreen(page)).toEqual([2, 1]);
  await page.getByTestId('text-filter').fill('amber');
  await expect.poll(() => own.onScreen(page)).toEqual([1]);
  await expect(page.getByTestId('total')).toHaveText('1 match');
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({
      ...{ type: 'TRAINING_STARTED', config: 'hex8_2p', node: 'gh200-a', source: own.source, q: 'amber' },
    });

  await page.reload();
  await feedReady(page);
  expect(await own.onScreen(page)).toEqual([1]);
  await expect(page.getByTestId('text-filter')).toHaveValue('amber');
  await train('hex8_2p', 'gh200-a', 'blue window'); // 6
  await train('hex8_2p', 'gh200-a', 'amber window'); // 7
  await expect.poll(() => own.onScreen(page)).toEqual([7, 1]);
  await expect(page.getByTestId('total')).toHaveText('2 match');

  await page.goBack();
  await page.goto(`${own.list}&until=2020-01-01T00:00:00Z`);
  await expect(page.getByText('A past stretch', { exact: true })).toBeVisible();
  await page.goto(`${own.list}&category=weather&since=teatime&type=TRAINING_STARTED&type=no-type`);
  const note = page.getByRole('status').filter({ hasText: 'In this address' });
  for (const value of ['category: “weather”', 'since: “teatime”', 'type: “no-type”'])
    await expect(note).toContainText(`${value} was ignored`);
  await expect.poll(() => own.onScreen(page)).toEqual([7, 6, 4, 3, 2, 1]);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(async () => (await own.onScreen(page)).slice(0, 7)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  await expect.poll(() => new URL(page.url()).search).toBe('');
});

test('the tail is let go and taken up by a key; a row opened in place holds it; columns are in the address', async ({
  page,
  own,
  cluster,
}) => {
  await cluster.stream(3, 1_000);
  await own.stored(3);
  await page.goto(`${own.list}&columns=seq,type,origin&times=ago`);
  await feedReady(page);
  const cells = (number: number): Promise<(string | null)[]> =>
    own
      .row(page, number)
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
  await expect.poll(() => own.onScreen(page)).toEqual(downTo(7));

  await own.row(page, 7).getByRole('button', { name: 'Open NEW_GAMES_AVAILABLE in place' }).click();
  await expect(page.getByTestId('opened-row')).toContainText('new_games');
  await cluster.stream(2, 1_000);
  await expect(page.getByTestId('new-rows')).toContainText('2 new');
  expect((await own.onScreen(page))[0]).toBe(7);
  await page.keyboard.press('Escape');
  await expect.poll(() => own.onScreen(page)).toEqual(downTo(9));

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('radio', { name: 'Compact' }).check();
  await page.getByRole('checkbox', { name: 'Origin' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/columns=seq,type&|columns=seq,type$/);
  const height = async (): Promise<number> => (await own.row(page, 9).boundingBox())?.height ?? 0;
  await expect.poll(height).toBe(21);
  await page.reload();
  await feedReady(page);
  expect([await cells(9), await height()]).toEqual([['seq', 'type'], 21]);
});

test('a paused list stands still and counts what comes; resumed it has all, once, in order', async ({
  page,
  own,
  cluster,
}) => {
  await cluster.stream(3, 1_000);
  await own.stored(3);
  await page.goto(own.list);
  await feedReady(page);
  await watchRows(page);
  await page.keyboard.press('t');
  await expect(page.getByText('Paused').first()).toBeVisible();
  await cluster.stream(150, 300);
  await expect(page.getByTestId('new-rows')).toContainText('150 new');
  expect(await own.onScreen(page)).toEqual([3, 2, 1]);
  await page.getByTestId('pause').click();
  await expect(page.getByTestId('new-rows')).toBeHidden();
  await expect(own.row(page, 153)).toBeVisible();
  const shown = await own.onScreen(page);
  expect(shown).toEqual(downTo(153).slice(0, shown.length));
  await expect(page.getByTestId('total')).toHaveText('153 match');
  await wheelTo(page, own.row(page, 1));
  expect((await seen(page, own)).sort((a, b) => b - a)).toEqual(downTo(153));
});

test('who scrolls down keeps the place while rows arrive, and gets older pages without a gap', async ({
  page,
  own,
  cluster,
}) => {
  await cluster.stream(900, 100_000);
  await own.stored(900);
  await page.goto(own.list);
  await feedReady(page);
  await watchRows(page);
  await expect(own.row(page, 900)).toBeVisible();
  await page.getByTestId('event-row').first().hover();
  await page.mouse.wheel(0, 1_400);
  await expect(page.getByText('Held while you read').first()).toBeVisible();
  await expect(own.row(page, 846)).toBeInViewport();
  const before = await own.row(page, 846).boundingBox();
  await cluster.stream(80, 400);
  await expect(page.getByTestId('new-rows')).toContainText('80 new');
  expect(await own.row(page, 846).boundingBox()).toEqual(before);
  await wheelTo(page, own.row(page, 1));
  const walked = new Set(await seen(page, own));
  expect(downTo(900).filter((number) => !walked.has(number))).toEqual([]);
  const bottom = await own.onScreen(page);
  expect(bottom).toEqual(downTo(bottom[0] ?? 0));
  await page.getByTestId('new-rows').click();
  await expect(own.row(page, 980)).toBeInViewport();
  await expect(page.getByText('Following', { exact: true })).toBeVisible();
  // A press holds the list: on a phone's width, too, nothing may slip away under it.
  await page.setViewportSize({ width: 390, height: 844 });
  const pressed = own.row(page, 978);
  await pressed.hover();
  const place = await pressed.boundingBox();
  await page.mouse.down();
  const word = page.getByText('Held', { exact: true });
  await expect(word).toBeVisible();
  expect(await word.evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0);
  expect(await pressed.boundingBox()).toEqual(place);
  await page.mouse.up();
  await expect(page).toHaveURL(/\/events\/[0-9a-f-]{36}$/);
});

test('the list is worked from the keyboard', async ({ page, ringside, own, cluster }) => {
  for (let n = 1; n <= 4; n++)
    await cluster.publish('work_queued', { work_id: `key-${n}`, config_key: 'hex8_2p' });
  await own.stored(4);
  await page.goto(`${ringside.url}/events`);
  await feedReady(page);
  const panel = page.getByTestId('event-panel');
  const idOf = async (number: number): Promise<string> =>
    (await own.row(page, number).getAttribute('data-event-id')) ?? '';
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('"key-3"');
  await expect(page).toHaveURL(new RegExp(`selected=${await idOf(3)}`));
  // Beside an open event, too, the bar over the list is one line.
  await page.setViewportSize({ width: 1024, height: 720 });
  const middle = async (part: string): Promise<number> => {
    const box = await page.getByTestId(part).boundingBox();
    return box === null ? Number.NaN : box.y + box.height / 2;
  };
  expect(Math.abs((await middle('total')) - (await middle('pause')))).toBeLessThan(4);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.keyboard.press('j');
  await expect(panel).toContainText('"key-2"');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  // The address follows what is shown: it is written at most every 50 ms.
  await expect.poll(() => new URL(page.url()).search).toBe('');
  await page.keyboard.press('/');
  await expect(page.getByTestId('text-filter')).toBeFocused();
  await page.keyboard.type('key-1 jk');
  await expect(page.getByTestId('text-filter')).toHaveValue('key-1 jk');
  await expect(page.getByText('No event matches')).toBeVisible();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await expect.poll(() => own.onScreen(page)).toEqual([1]);
});

test('a count that history owes is asked for again', async ({ page, ringside, own, cluster }) => {
  await cluster.stream(3, 100_000);
  await own.stored(3);
  let asked = 0;
  await page.route('**/api/trpc/events.list?*', (route) => {
    if (!decodeURIComponent(route.request().url()).includes('"limit":1}')) return route.continue();
    asked += 1;
    if (asked > 2) return route.continue();
    const data = { events: [], next_cursor: null, total: -1, head_seq: own.before + 3, scanned_to: 0 };
    return asked === 1 ? route.fulfill({ json: { result: { data } } }) : route.abort('connectionreset');
  });
  await page.goto(`${ringside.url}/events`);
  await expect(page.getByTestId('total')).toHaveText(own.matchOfAll(3));
  expect(asked).toBe(3);
});

test('markup is text wherever it comes from, and runs nothing', async ({ page, ringside, own, cluster }) => {
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
  await cluster.publish('host_online', { node_id: 'gh200-well' });
  await own.stored(1);
  const types = ['host_offline', 'MODEL_PROMOTED', 'TRAINING_STARTED', 'leader_elected', 'work_failed'];
  for (const type of [...types, 'REGRESSION_DETECTED', 'DAEMON_PERMANENTLY_FAILED', evil('type')])
    await cluster.publish(type, payload, as);
  const evils = () => totalOf(ringside.url, `&source=${encodeURIComponent(as.source)}`);
  await expect.poll(evils).toBe(8);
  for (const path of ['/', '/events', '/nodes', '/models', '/training', `/events/${own.before + 9}`])
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

test('the export dialog writes what the page shows into a file', async ({ page, ringside, own, cluster }) => {
  await cluster.publish('training_started', { config_key: 'hexagonal_4p', note: 'amber lamp' });
  await cluster.publish('training_started', { config_key: 'hexagonal_4p', note: 'blue door' });
  await cluster.publish('training_started', { config_key: 'square8_4p', note: 'amber key' });
  await own.stored(3);
  // A real file of the browser, without the dialog of the operating system.
  await page.addInitScript(() => {
    const showSaveFilePicker = async ({ suggestedName }: { suggestedName: string }) =>
      (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    Object.assign(window, { showSaveFilePicker });
  });
  await page.goto(`${ringside.url}/events?q=amber&config=hexagonal_4p`);
  await feedReady(page);
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export events' });
  await expect(dialog).toContainText('1 event matches.');
  await expect(dialog.getByRole('definition')).toHaveText(['amber', 'hexagonal_4p']);
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
  const asked = await fetch(`${ringside.url}/api/events/export?format=csv&q=amber&config=hexagonal_4p`);
  expect(text).toBe(await asked.text());
  expect(text).toContain('amber lamp');
});

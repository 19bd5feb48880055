import type { Request } from '@playwright/test';
import { feedReady } from './support/event-list';
import { expect, test } from './support/fixtures';
import { live } from './support/pages';
import { seriousFindings, tooWide } from './support/inspect';

test.use({ shares: true });

test('the search box takes the query language, live too, and explains a mistake at its place', async ({
  page,
  own,
  cluster,
}) => {
  const rate = (config: string, elo: number) =>
    cluster.publish('elo_updated', { config_key: config, new_elo: elo, model_id: `${config}_v${elo}` });
  await rate('hex8_2p', 1_650); // 1
  await rate('hex8_2p', 1_750); // 2
  await rate('square8_2p', 1_800); // 3
  await own.stored(3);
  await page.goto(own.list);
  await feedReady(page);
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: 'Search events' });
  await expect(box).toBeFocused();
  await box.fill('type:elo_updated payload.new_elo>1700 -config:square8_2p');
  await expect.poll(() => own.onScreen(page)).toEqual([2]);
  await rate('hex8_2p', 1_690); // 4
  await rate('hex8_2p', 1_775); // 5
  await expect.poll(() => own.onScreen(page)).toEqual([5, 2]);

  await box.fill('payload.new_elo>1700 (hex8_2p');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expect(box).toHaveAccessibleDescription(/At character \d+: \S+/);
  expect(await seriousFindings(page, 'a mistake')).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('mistake.png') });
  // A query that cannot be read filters nothing: the last one that could stays in force.
  expect(await own.onScreen(page)).toEqual([5, 2]);
  await box.fill('1800 OR 1650');
  await expect(box).not.toHaveAttribute('aria-invalid', 'true');
  await expect.poll(() => own.onScreen(page)).toEqual([3, 1]);

  // Half a name is none: what it may have been is a press away.
  await box.fill('1650 config:hex8');
  await expect(page.getByText('No recent event has the config hex8')).toBeVisible();
  await page.getByRole('region', { name: 'Events' }).getByRole('button', { name: 'hex8_2p' }).click();
  await expect(box).toHaveValue('1650 config:hex8_2p');
  await expect.poll(() => own.onScreen(page)).toEqual([1]);
});

test('the search box proposes what fits at the caret; what it finds is marked, also in a row opened in place', async ({
  page,
  own,
  cluster,
}) => {
  const rate = (elo: number, remark: string) =>
    cluster.publish('elo_updated', { config_key: 'hex8_2p', new_elo: elo, model_id: 'hex8_2p_v2', remark });
  await rate(1_650, 'été'); // 1
  await rate(1_750, 'un Été'); // 2
  await cluster.publish('MODEL_PROMOTED', { config_key: 'hex8_2p', model_id: 'hex8_2p_v2' }); // 3
  await own.stored(3);
  await page.goto(own.list);
  await feedReady(page);
  const box = page.getByTestId('text-filter');
  const options = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await page.keyboard.press('/');
  await page.keyboard.type('typ');
  await expect(options.first()).toContainText('type:');
  await page.keyboard.press('Tab');
  await expect(options.filter({ hasText: /ELO_UPDATED|MODEL_PROMOTED/ })).toHaveCount(2);
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
  await expect.poll(() => own.onScreen(page)).toEqual([2]);
  await expect(own.row(page, 2).locator('mark').first()).toHaveText('ELO_UPDATED');

  await page.keyboard.press('Escape');
  await expect(box).not.toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowRight');
  const opened = page.getByTestId('opened-row');
  await expect(opened.locator('mark')).toHaveText(['1750', 'Été']);
  await expect(own.row(page, 2).getByRole('button', { expanded: true }).first()).toBeVisible();
  expect(await seriousFindings(page, 'a row opened in place')).toEqual([]);
  expect(await tooWide(page, 'a row opened in place')).toEqual([]);
  await page.keyboard.press('ArrowLeft');
  await expect(opened).toBeHidden();
  await box.fill('');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toContainText('type:ELO_UPDATED payload.new_elo>1700 ete');

  // Values that a payload field was seen to hold.
  await box.fill('payload.remark:');
  await expect(options).toContainText(['un Été', 'été']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(box).toHaveValue('payload.remark:"un Été" ');
});

test('a search that takes long says how far it is; stopped it ends, and goes on when told', async ({
  page,
  own,
  cluster,
}) => {
  await cluster.stream(60, 100_000);
  await cluster.publish('training_started', { config_key: 'hex8_2p', note: 'amber' });
  await own.stored(61);
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
  await page.goto(`${own.list}&q=topaz`);
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
  await expect.poll(() => own.onScreen(page)).toEqual([61]);
  // Nothing is asked for while it is stopped; then it goes on where it had come to.
  expect(cursors.slice(1)).toEqual(['ZGVzYzo1Nw', 'ZGVzYzo1Nw']);
});

test('what a page asked for ends when something else is asked for, and when the page is left', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await cluster.publish('training_started', { config_key: 'hex8_2p', note: 'amber topaz' });
  await own.stored(1);
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

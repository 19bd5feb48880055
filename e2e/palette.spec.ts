import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { goInside, live } from './support/pages';
import { seriousFindings } from './support/inspect';
import { PIPELINE, tell } from './support/story';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Go to' });
// Chromium reports a refused change, as it should.
test.use({
  shares: true,
  expectedErrors: [/409 \(Conflict\) \S+views\.save|404 \(Not Found\) \S+views\.rename/],
});

/** Opens the palette by its key, types, and takes the first line. */
async function goTo(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('combobox')).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
}

test('a view is saved, found again after a reload, opened, changed, renamed and removed', async ({
  page,
  ringside,
}) => {
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto(`${ringside.url}/quality?range=7d`);
  await live(page);
  await button('Views').click();
  await menu.getByRole('textbox', { name: 'Name of the view' }).fill('Quality of the week');
  await menu.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(button('Views: Quality of the week')).toBeVisible();

  await goInside(page, '/events');
  await button('Views').click();
  await menu.getByRole('textbox', { name: 'Name of the view' }).fill('quality of the WEEK');
  await menu.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(menu.getByRole('alert')).toContainText('another view has this name');
  expect(await seriousFindings(page, 'menu of views')).toEqual([]);
  await menu.getByRole('link', { name: /Quality of the week/ }).click();
  await expect(page).toHaveURL(/\/quality\?range=7d$/);
  await expect(button('Views: Quality of the week')).toBeVisible();

  await page.getByRole('radio', { name: '24 h' }).check();
  await expect(button('Views: Quality of the week, modified')).toBeVisible();
  // Back to before the view was opened, nothing is modified; forward again, it is.
  await goInside(page, '/quality');
  await goInside(page, '/events');
  await goInside(page, '/quality?range=24h');
  await expect(button('Views')).toBeVisible();
  await goInside(page, '/quality?range=7d');
  await expect(button('Views: Quality of the week')).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/range=24h$/);
  await expect(button('Views')).toBeVisible();
  await page.goForward();
  await expect(button('Views: Quality of the week')).toBeVisible();
  await page.getByRole('radio', { name: '24 h' }).check();
  await button('Views: Quality of the week, modified').click();
  await menu.getByRole('button', { name: 'Let “Quality of the week” show this' }).click();
  await expect(button('Views: Quality of the week')).toBeVisible();
  await page.reload();
  await live(page);
  await button('Views: Quality of the week').click();
  await menu.getByRole('button', { name: 'Star “Quality of the week”' }).click();
  await expect(menu.getByRole('button', { name: 'Take your star off “Quality of the week”' })).toBeFocused();
  await menu.getByRole('button', { name: 'Rename “Quality of the week”' }).click();
  await page.keyboard.type('Standing now');
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('button', { name: 'Rename “Standing now”' })).toBeFocused();
  const { views } = (await (await page.request.get(`${ringside.url}/api/views`)).json()) as {
    views: object[];
  };
  expect(views).toEqual([
    expect.objectContaining({
      name: 'Standing now',
      address: '/quality?range=24h',
      starred: true,
      author: null,
    }),
  ]);

  await menu.getByRole('button', { name: 'Remove “Standing now”' }).click();
  await menu.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(menu.getByText('No views yet')).toBeVisible();
  await expect(menu.getByRole('list', { name: 'Views' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button('Views')).toBeVisible();
});

test('who changes a view that somebody else removed is told so, and goes on from its neighbour', async ({
  page,
  ringside,
}) => {
  const call = async (procedure: string, data: object): Promise<void> => {
    const answer = await page.request.post(`${ringside.url}/api/trpc/views.${procedure}`, { data });
    expect(answer.status()).toBe(200);
  };
  for (const name of ['First', 'Second']) await call('save', { name, address: `/quality?config=${name}` });
  const { views } = (await (await page.request.get(`${ringside.url}/api/views`)).json()) as {
    views: { id: number; name: string }[];
  };
  await page.goto(`${ringside.url}/quality`);
  await live(page);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  await menu.getByRole('button', { name: 'Rename “First”' }).click();
  await call('remove', { id: views.find(({ name }) => name === 'First')?.id });
  await page.keyboard.type('Mine');
  await page.keyboard.press('Enter');
  await expect(menu.getByRole('alert')).toHaveText('“First” is gone: somebody removed it.');
  await expect(menu.getByRole('link', { name: /^Second/ })).toBeFocused();
});

test('of two who save one name for one page, the second is told', async ({ page, ringside }) => {
  await page.goto(`${ringside.url}/elo?range=6h`);
  await live(page);
  await page.getByRole('button', { name: 'Views', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Saved views' });
  const name = menu.getByRole('textbox', { name: 'Name of the view' });
  await name.fill('Elo today');
  const first = await page.request.post(`${ringside.url}/api/trpc/views.save`, {
    data: { name: 'Elo today', address: '/elo?range=6h' },
  });
  expect(first.status()).toBe(200);
  await menu.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(menu.getByRole('alert')).toContainText('another view has this name');
  await expect(menu.getByText('This page shows “Elo today”.')).toBeVisible();
  await expect(name).toHaveValue('Elo today');
});

test('the palette reaches a node, a saved view and a command by keyboard alone', async ({
  page,
  ringside,
  own,
  cluster,
}) => {
  await tell(cluster, PIPELINE);
  await cluster.publish('host_online', { node_id: 'gh200-quiet' });
  await own.stored(PIPELINE.length + 1);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(`${ringside.url}/events?severity=error`);
  await live(page);

  // A view is saved from the palette, without a pointer.
  await goTo(page, 'save this page');
  await expect(page.getByRole('textbox', { name: 'Name of the view' })).toBeFocused();
  await page.keyboard.type('Only errors');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Views: Only errors' })).toBeVisible();

  // Enter before the answer waits for it: the node, not the search for its name.
  await goTo(page, 'gh200 quiet');
  await expect(page).toHaveURL(/\/nodes\/gh200-quiet$/);
  await expect(page.locator('main')).toBeFocused();

  // `n` goes from panel to panel, past all their controls.
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await expect(page.locator('main section').nth(1)).toBeFocused();
  await page.keyboard.press('b');
  await expect(page.locator('main section').first()).toBeFocused();

  await goTo(page, 'only err');
  await expect(page).toHaveURL(/\/events\?severity=error$/);

  await page.keyboard.press('Control+k');
  await expect(palette(page).getByRole('option').first()).toContainText('Only errors');
  await page.keyboard.type('elo');
  await expect(
    palette(page)
      .getByRole('option', { name: /ELO_UPDATED/ })
      .first(),
  ).toBeVisible();
  expect(await seriousFindings(page, 'palette light')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveClass(/dark/);
  expect(await seriousFindings(page, 'palette dark', ['color-contrast'])).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();

  await goTo(page, 'keyboard');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await expect(help).toContainText('Pause, or follow again');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { goByKeys, live, PAGES } from './support/pages';

test.use({ onlyLooks: true });

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const nav = (page: Page) => page.getByRole('navigation', { name: 'Pages' });

async function expectPage(page: Page, { path, name }: (typeof PAGES)[number]): Promise<void> {
  await expect(heading(page), path).toHaveText(name);
  await expect(page).toHaveURL((url) => url.pathname === path);
  await expect(nav(page).getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
}

test('every page is reached by click, by Tab and Enter, and by its keys; each says what it is for', async ({
  page,
  ringside,
}) => {
  await page.goto(ringside.url);
  await live(page);
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  for (const each of PAGES) {
    await goByKeys(page, each);
    await expectPage(page, each);
  }
  for (const each of PAGES) {
    await nav(page).getByRole('link', { name: each.name, exact: true }).click();
    await expectPage(page, each);
    // A title, a sentence, and below it either what there is or what there will be.
    await expect(heading(page)).toHaveCount(1);
    await expect(heading(page).locator('~ p')).toHaveText(/\w+ \w+/);
    await expect(page.locator('main').locator('section, [role="search"]').first()).toBeVisible();
  }
  await page.getByRole('link', { name: 'Ringside, overview' }).focus();
  for (const { name } of PAGES) {
    await page.keyboard.press('Tab');
    await expect(nav(page).getByRole('link', { name, exact: true })).toBeFocused();
  }
  for (const each of PAGES.slice(0, -1).reverse().slice(0, 3)) {
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expectPage(page, each);
  }
  expect(await page.evaluate(() => 'neverReloaded' in window), 'pages change without a reload').toBe(true);
});

test('configs and time chosen on a page go along by link, keys and palette, and are seen where one arrives', async ({
  page,
  ringside,
}) => {
  await page.goto(`${ringside.url}/elo?config=hex8_2p&axis=epochs`);
  await live(page);
  await page.getByRole('radio', { name: '6 h' }).check();
  await expect(page).toHaveURL(/range=6h$/);
  await nav(page).getByRole('link', { name: 'Quality', exact: true }).click();
  await expect(page).toHaveURL(/\/quality\?config=hex8_2p&range=6h$/);
  await expect(page.getByRole('button', { name: 'Config hex8_2p' })).toBeVisible();
  await expect(page.getByRole('radio', { name: '6 h' })).toBeChecked();
  await page.keyboard.press('g');
  await page.keyboard.press('w');
  await expect(page).toHaveURL(/\/work\?config=hex8_2p&range=6h$/);
  await expect(page.getByRole('button', { name: 'Config hex8_2p' })).toBeVisible();
  await expect(heading(page)).toHaveText('Work');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('nodes');
  await expect(page.getByRole('option', { name: /^Nodes/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/nodes\?range=6h$/);
  await expect(page.getByRole('radio', { name: '6 h' })).toBeChecked();
});

test('on a narrow screen the navigation opens as a drawer and closes behind the reader', async ({
  page,
  ringside,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(ringside.url);
  await live(page);
  await expect(nav(page)).toBeHidden();
  // What does not fit into the line of the status is not seen at all, on the narrowest screens too.
  await page.setViewportSize({ width: 280, height: 653 });
  const cut = await page.getByText('events/s').evaluate((rate) => {
    const line = rate.parentElement;
    const box = line?.getBoundingClientRect();
    return [...(line?.children ?? [])].filter((part) => {
      const { top, bottom, height } = part.getBoundingClientRect();
      return box === undefined || (height > 0 && top < box.bottom && bottom > box.bottom);
    }).length;
  });
  expect(cut).toBe(0);
  await page.getByRole('button', { name: 'Open the navigation' }).click();
  await page.getByRole('dialog').getByRole('link', { name: 'Router' }).click();
  await expect(heading(page)).toHaveText('Router');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('what is typed before the palette is there stands in its field', async ({ page, ringside }) => {
  await page.goto(`${ringside.url}/router`);
  await live(page);
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/_next/static/chunks/**', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  // By the page's own keys this would be the way to the overview.
  await page.keyboard.type('gox');
  await page.keyboard.press('Backspace');
  arrive();
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('go');
  await page.keyboard.type('ld');
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('gold');
  await expect(page).toHaveURL(/\/router$/);
  // Another time it begins anew, and has what is typed between its first sight and its focus as well.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.evaluate(() => {
    const seen = new MutationObserver(() => {
      if (document.querySelector('[role="dialog"] [role="combobox"]') === null) return;
      seen.disconnect();
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'n', bubbles: true, cancelable: true }),
      );
    });
    seen.observe(document.body, { childList: true, subtree: true });
  });
  await page.getByRole('button', { name: /^Go to anything/ }).click();
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('n');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type('odes');
  await expect(page.getByRole('dialog').getByRole('combobox')).toHaveValue('nodes');
});

test('Enter pressed before the palette is there opens what it then finds first', async ({
  page,
  ringside,
}) => {
  await page.goto(`${ringside.url}/router`);
  await live(page);
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/_next/static/chunks/**', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('catalogue');
  await page.keyboard.press('Enter');
  arrive();
  await expect(heading(page)).toHaveText('Catalogue');
});

test.describe('under a finger', () => {
  test.use({ hasTouch: true });

  test('a tap tells the title of a figure, a rest on a button that of the button, which is not pressed by it', async ({
    page,
    ringside,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${ringside.url}/pipeline`);
    await live(page);
    const told = page.getByTestId('touch-title');
    await page.getByTitle('completions in the last 60 min').first().tap();
    await expect(told).toHaveText('completions in the last 60 min');
    const sync = page.getByRole('button', { name: 'Sync', exact: true }).first();
    await sync.scrollIntoViewIfNeeded();
    const { x, y } = (await sync.boundingBox()) ?? { x: 0, y: 0 };
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', {
      type: 'touchStart',
      touchPoints: [{ x: x + 5, y: y + 5 }],
    });
    await expect(told).toContainText('names no config');
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(told).toBeVisible();
    await expect(page.getByRole('columnheader', { name: 'Sync' }).first()).toHaveAttribute(
      'aria-sort',
      'none',
    );
    // What leads somewhere leads there, and the next touch takes the words away.
    await page.getByRole('button', { name: 'Open the navigation' }).tap();
    await expect(told).toHaveCount(0);
    // That there is more to tell is seen, and said once.
    await expect(page.getByRole('dialog').getByText(/^A tap on a figure/)).toBeVisible();
    await expect(page.getByText('Data to champion', { exact: true }).first()).toHaveCSS(
      'text-decoration-style',
      'dotted',
    );
    // Safari on iOS zooms into a field with smaller letters.
    for (const field of [page.getByPlaceholder('Filter…'), page.getByLabel('Config of the graph')])
      await expect(field.first()).toHaveCSS('font-size', '16px');
  });
});

test('skip link, theme and help', async ({ page, ringside }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(`${ringside.url}/router`);
  await live(page);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();

  const ink = () => page.locator('main').evaluate((main) => getComputedStyle(main).color);
  const light = await ink();
  await page.getByRole('button', { name: 'Theme: system. Switch to light' }).click();
  await page.getByRole('button', { name: 'Theme: light. Switch to dark' }).click();
  await expect(page.locator('html')).toHaveClass(/dark/);
  const dark = await ink();
  expect(dark).not.toBe(light);
  await page.reload();
  await expect(page.locator('html')).toHaveClass(/dark/);
  expect(await ink()).toBe(dark);
  await expect(page.getByRole('button', { name: 'Theme: dark. Switch to system' })).toBeVisible();

  await live(page);
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await page.keyboard.press('?');
  await expect(help).toContainText('Catalogue');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.getByRole('button', { name: 'Keyboard help (?)' }).click();
  await help.getByRole('button', { name: 'Close' }).click();
  await expect(help).toBeHidden();
  // The second click of a hurried reader falls on what lies behind the dialog: it stays, and so does the focus.
  await page.getByRole('button', { name: 'Keyboard help (?)' }).dblclick({ delay: 50 });
  await expect(help.getByRole('button', { name: 'Close' })).toBeFocused();
  await page.mouse.click(5, 300);
  await expect(help).toBeHidden();
  const palette = page.getByRole('dialog', { name: 'Go to' });
  await page.getByRole('button', { name: /^Go to anything/ }).dblclick({ delay: 50 });
  await expect(palette.getByRole('combobox')).toBeFocused();
  await page.mouse.click(5, 300);
  await expect(palette).toBeHidden();

  // On paper the page goes on over as many sheets as it needs, without what can only be pressed.
  const width = await page.locator('main').evaluate((main) => main.clientWidth);
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('complementary', { name: 'Navigation' })).toBeHidden();
  const hidden = await page.locator('main').evaluate((main) => main.scrollHeight - main.clientHeight);
  expect(hidden).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollHeight / innerHeight)).toBeGreaterThan(2);
  // Dark letters also in the dark theme, and no narrower than charts were drawn for.
  await expect(page.locator('html')).toHaveClass(/dark/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('color', 'rgb(18, 22, 27)');
  await page.setViewportSize({ width: 794, height: 1123 });
  await expect(page.locator('body')).toHaveCSS('width', `${width}px`);
});

test('a page whose server was updated says so, keeps what it holds, and is up to date after a press', async ({
  page,
  ringside,
}) => {
  let updated = true;
  await page.routeWebSocket(/socket\.io/, (browser) => {
    browser.connectToServer().onMessage((message) => {
      const text = String(message);
      browser.send(updated ? text.replace(/"build":"[^"]*"/, '"build":"newer"') : text);
    });
  });
  await page.goto(ringside.url);
  const reload = page.getByRole('button', { name: 'Updated: reload' });
  await expect(reload).toBeVisible();
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  await goByKeys(page, PAGES[1]);
  await expect(reload).toBeVisible();
  expect(await page.evaluate(() => 'neverReloaded' in window)).toBe(true);
  // Not before: the status, told every second, would take the button away from under the key.
  page.once('framenavigated', () => {
    updated = false;
  });
  await reload.press('Enter');
  await page.waitForFunction(() => !('neverReloaded' in window));
  await live(page);
  await expect(reload).toHaveCount(0);
});

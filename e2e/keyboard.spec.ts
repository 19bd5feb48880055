import { expect, test } from './support/fixtures';
import { live } from './support/pages';

test.use({ onlyLooks: true });

test('a table is sorted, a chart zoomed, and a dialog left by keyboard; the focus comes back', async ({
  page,
  ringside,
}) => {
  await page.goto(`${ringside.url}/models`);
  await live(page);
  const table = page.getByRole('region', { name: 'Registry' });
  const head = table.getByRole('columnheader', { name: 'Model', exact: true });
  await head.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');

  const promote = table.getByRole('button', { name: /^Promote / }).first();
  await promote.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(promote).toBeFocused();
});

test('Back undoes what was picked, step by step, and passes over what was typed', async ({
  page,
  ringside,
}) => {
  const query = () => Object.fromEntries(new URL(page.url()).searchParams);
  const names = () => Object.keys(query());
  await page.goto(`${ringside.url}/elo`);
  await live(page);
  await page.getByRole('radio', { name: '24 h' }).check();
  await expect.poll(query).toEqual({ range: '24h' });
  await page.getByRole('group', { name: /^Elo by config.*drawn/ }).focus();
  await page.keyboard.press('+');
  await expect.poll(names).toEqual(['range', 'since', 'until']);
  await page.goBack();
  await expect.poll(query).toEqual({ range: '24h' });
  await expect(page.getByRole('button', { name: 'Picked stretch ×' })).toHaveCount(0);
  await page.goForward();
  await expect.poll(names).toEqual(['range', 'since', 'until']);
  await expect(page.getByRole('button', { name: 'Picked stretch ×' })).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect.poll(query).toEqual({});
  await expect(page).toHaveURL(/\/elo$/);

  await page.goto(`${ringside.url}/nodes`);
  await live(page);
  await page.getByRole('searchbox', { name: 'Name, type or GPU' }).fill('gh200');
  await expect.poll(query).toEqual({ q: 'gh200' });
  await page.getByRole('radio', { name: 'Table' }).first().check();
  await expect.poll(query).toEqual({ q: 'gh200', view: 'table' });
  await page.goBack();
  await expect.poll(query).toEqual({ q: 'gh200' });
  await page.goBack();
  await expect(page).toHaveURL(/\/elo$/);
});

test('what is chosen is told without colours of ours, too', async ({ page, ringside }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto(`${ringside.url}/nodes?view=table`);
  await live(page);
  const ground = (text: string) =>
    page
      .locator('label:has(> input[type="radio"])', { hasText: text })
      .first()
      .evaluate((label) => getComputedStyle(label).backgroundColor);
  await expect.poll(() => ground('Table')).not.toBe(await ground('Timeline'));
  await page.goto(`${ringside.url}/work`);
  await live(page);
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  const of = (name: string) => tab(name).evaluate((each) => getComputedStyle(each).backgroundColor);
  await expect.poll(() => of('Queue')).not.toBe(await of('Tasks and locks'));
});

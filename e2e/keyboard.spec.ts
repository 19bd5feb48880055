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

import { expect, test } from './support/fixtures';
import { seriousFindings } from './support/inspect';
import { rowsOnScreen } from './support/seen-rows';

const START = 1_766_700_000;

test('a stretch of time is typed as the pages show it, or counted back; what is no time says so', async ({
  page,
  ringside,
}) => {
  const events = [0, 3_600, 7_200].map((at, n) => ({
    event_type: 'host_online',
    payload: { node_id: 'gh200-a', n },
    timestamp: START + at,
  }));
  await fetch(`${ringside.url}/api/events`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(events),
  });
  await page.goto(`${ringside.url}/events`);
  await expect.poll(() => rowsOnScreen(page)).toEqual([3, 2, 1]);
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
  await expect.poll(() => rowsOnScreen(page)).toEqual([3, 2]);
  await expect(from).toBeFocused();
  const shown = await page.evaluate((at) => {
    const date = new Date(at * 1000);
    return new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
  }, START + 1_800);
  await expect(from).toHaveValue(shown);
  await panel.getByLabel('To', { exact: true }).fill(shown);
  await panel.getByLabel('To', { exact: true }).press('Tab');
  await expect.poll(() => rowsOnScreen(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Any time' }).click();
  await expect.poll(() => rowsOnScreen(page)).toEqual([3, 2, 1]);
  await expect(from).toHaveValue('');
});

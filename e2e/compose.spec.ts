import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { goInside, live } from './support/pages';
import { seriousFindings, tooWide } from './support/inspect';
import { tabTo, typeInto } from './support/keyboard';
import { allEvents, totalOf } from './support/rest';

const type = (page: Page, label: RegExp | string, text: string) =>
  typeInto(page, page.getByLabel(label), text);

test('an event of any type is written by keyboard, checked as typed, sent once, and sent again changed', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.pollAndAck(['HOST_OFFLINE', 'host_offline']);
  await cluster.publish('host_offline', { node_id: 'gh200-a', host_id: 'gh200-a', reason: 'unplugged' });
  await expect.poll(() => totalOf(ringside.url)).toBe(1);
  await page.goto(ringside.url);
  await live(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  await page.keyboard.type('send an event of any');
  await expect(page.getByRole('option', { name: /Send an event of any type/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Event type'));
  await page.keyboard.type('HOST_OFFLINE');
  await expect(page.getByLabel('Event type')).toHaveValue('HOST_OFFLINE');
  await expect(page.getByText('node_id is needed.')).toBeVisible();
  await type(page, /^node_id/, 'gh200-a');
  await type(page, /^host_id/, 'gh200-a');
  await type(page, /^reason/, 'unplugged');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  await expect(page.getByText('Give a reason of 3 to 500 characters.')).toBeVisible();
  // The same content came from the cluster: from a component it would be a repetition.
  await tabTo(page, page.getByRole('radio', { name: 'Form' }), 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  const json = page.getByLabel('Payload as JSON');
  await expect(json).toHaveValue(/"node_id": "gh200-a"/);
  await typeInto(page, json, '{"node_id": 7');
  await expect(page.locator('#json-problem')).toContainText('is no JSON');
  await typeInto(page, json, '{"node_id": 7, "host_id": "gh200-a"}');
  await expect(page.getByText('node_id should be text but is a whole number')).toBeVisible();
  await type(page, /^Reason/, 'a drill');
  await expect(page.getByText('It differs from the catalogue')).toBeVisible();
  expect(await seriousFindings(page, 'composer')).toEqual([]);
  // As it is, when that is meant; then as the catalogue has it.
  const meantSo = page.getByLabel('Send it like this all the same.');
  await tabTo(page, meantSo, 'Shift+Tab');
  await page.keyboard.press('Space');
  await typeInto(page, json, '{"node_id": 7, "host_id": 8}');
  await expect(page.getByText('host_id should be text but is a whole number')).toBeVisible();
  await expect(meantSo).not.toBeChecked();
  await typeInto(page, json, '{"node_id": 7, "host_id": "gh200-a"}');
  await expect(meantSo).toBeChecked();
  await tabTo(page, send);
  await page.keyboard.press('Enter');
  await expect(page.getByText('HOST_OFFLINE is sent.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change and send another' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(json).toBeFocused();
  await typeInto(page, json, '{"node_id": "gh200-z", "host_id": "gh200-z", "reason": "a drill"}');
  await tabTo(page, page.getByRole('radio', { name: 'JSON' }), 'Shift+Tab');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByLabel(/^host_id/)).toHaveValue('gh200-z');
  await tabTo(page, send);
  await page.keyboard.press('Enter');
  await expect(page.getByText('HOST_OFFLINE is sent.')).toBeVisible();
  await expect
    .poll(async () =>
      (await cluster.pollAndAck(['HOST_OFFLINE', 'host_offline'])).map(({ source }) => source),
    )
    .toContain('ringside');
  const [meant, event] = await allEvents(ringside.url, '&source=ringside');
  expect(meant?.payload).toMatchObject({ node_id: 7, reason: 'a drill' });
  expect(event?.payload).toMatchObject({ node_id: 'gh200-z', reason: 'a drill', action_reason: 'a drill' });

  await goInside(page, `/events/${event?.event_id ?? ''}`);
  await tabTo(page, page.getByRole('link', { name: 'Send again, changed…' }));
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(/^node_id/)).toHaveValue('gh200-z');
  await type(page, /^node_id/, 'gh200-y');
  await type(page, /^Reason/, 'the other one');
  await expect(send).toBeEnabled();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Show in the log' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').getByRole('heading', { name: 'Send HOST_OFFLINE' })).toBeVisible();
  await expect(page.getByRole('dialog')).toContainText(event?.event_id ?? 'no event');
  expect(await allEvents(ringside.url, '&source=ringside')).toHaveLength(3);
  await page.goto(`${ringside.url}/actions/compose?type=NODE_UNHEALTHY`);
  expect(await tooWide(page, 'composer')).toEqual([]);

  // Between form and JSON nothing is lost, also what neither takes; a control stays while one writes in it.
  await page.goto(`${ringside.url}/actions/compose?type=SELFPLAY_COMPLETE`);
  await live(page);
  await page.getByRole('radio', { name: 'JSON' }).check();
  await json.fill(JSON.stringify({ task_id: 'a\nb', success: 'yes', num_players: 2 }));
  await page.getByRole('radio', { name: 'Form' }).check();
  await expect(page.getByLabel(/^success/)).toHaveValue('yes');
  const lines = page.getByLabel(/^task_id/);
  await lines.press('Control+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Delete');
  await expect(lines).toHaveValue('ab');
  await expect(lines).toBeFocused();
  await page.getByLabel(/^num_players/).fill('1.5');
  await page.getByRole('radio', { name: 'JSON' }).check();
  for (const held of ['"task_id": "ab"', '"success": "yes"', '"num_players": "1.5"'])
    await expect(json).toHaveValue(new RegExp(held));
  await page.goto(`${ringside.url}/actions/compose?type=CURRICULUM_REBALANCED`);
  await live(page);
  const weights = page.getByLabel(/^old_weights/);
  const font = await weights.evaluate((field) => getComputedStyle(field).fontFamily);
  await weights.fill('{\n  "hex8_2p": 1\n}');
  await expect(weights).toHaveCSS('font-family', font);
});

test('a problem that is acknowledged stays listed, calm, until it comes back', async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.publish('host_offline', { node_id: 'gh200-a', reason: 'unplugged' });
  await expect.poll(() => totalOf(ringside.url)).toBe(1);
  await page.goto(ringside.url);
  await live(page);
  const acknowledge = page.getByRole('button', { name: 'Acknowledge: gh200-a is offline…' });
  await tabTo(page, acknowledge);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('Problem')).toHaveValue('offline:gh200-a');
  // The form knows the problem: what is typed is the reason.
  await expect(dialog.getByLabel(/^Reason/)).toBeFocused();
  await page.keyboard.type('new power supply tomorrow');
  expect(await seriousFindings(page, 'acknowledge')).toEqual([]);
  // Until it can be pressed, Tab passes it by.
  await expect(dialog.getByRole('button', { name: 'Acknowledge', exact: true })).toBeEnabled();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(
    page.getByText(/^Acknowledged by local operator .*: new power supply tomorrow$/),
  ).toBeVisible();
  // The row has lost its button by now, and the dialog still says what came of it.
  await expect(dialog.getByText('Acknowledged.', { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('nothing needs you, 1 acknowledged')).toBeVisible();
  await expect(acknowledge).toHaveCount(0);
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('section')?.textContent))
    .toContain('gh200-a is offline');
  await cluster.publish('host_online', { node_id: 'gh200-a' });
  await cluster.publish('host_offline', { node_id: 'gh200-a', reason: 'unplugged' });
  await expect(acknowledge).toBeVisible();
  await expect(page.getByText('worst: error')).toBeVisible();

  // How often and since when may take a line of their own, but no letters from what is wrong.
  const name = 'runpod-a100-3-europe';
  for (const reason of ['unplugged', 'ssh timeout'])
    await cluster.publish('host_offline', { node_id: name, reason });
  const title = page.getByTitle(`${name} is offline`);
  await expect(page.getByRole('listitem').filter({ has: title })).toContainText('×2, last');
  expect((await title.boundingBox())?.height).toBeLessThan(24);
});

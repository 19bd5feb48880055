import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { io } from 'socket.io-client';
import { expect, test } from './support/fixtures';
import { escapeTo, tabTo, typeInto } from './support/keyboard';
import { makeKey } from './support/keys';
import { setupLink } from './support/links';
import { seriousFindings, tooWide } from './support/inspect';
import { PAGES } from './support/pages';

const PASSWORD = 'correct horse battery';

// A page whose access ends sees its last requests refused; a used link is not found.
test.use({ access: 'accounts', expectedErrors: [/401|403|404 .*\/api\/auth\/link$|409 .*setRole/] });

/** Somebody else, in a browser of their own, by a link that an admin handed over. */
async function accept(context: BrowserContext, link: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByLabel('Name').fill('Vera');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('button', { name: 'Signed in as Vera, viewer' })).toBeVisible();
  return page;
}

/** Whether the keyboard still has a place to go on from. */
const hasPlace = (page: Page) =>
  expect.poll(() => page.evaluate(() => document.activeElement?.closest('main') != null)).toBe(true);

test('a link makes the first admin, who by keyboard invites a viewer and makes a key; a changed role and an ended session show at once', async ({
  ringside,
  page,
  browser,
}) => {
  await page.goto(`${ringside.url}/elo`);
  await expect(page).toHaveURL(/\/sign-in\?back=%2Felo$/);
  await expect(page.getByRole('heading', { name: 'Nobody has an account yet' })).toBeVisible();
  expect(await seriousFindings(page, 'nobody yet')).toEqual([]);

  // A new link voids the one of the start; it is opened in the tab that still shows the old one.
  const made = await ringside.cli('users', 'setup');
  await page.goto(setupLink(ringside));
  await expect(page.getByRole('heading', { name: 'This link cannot be used' })).toBeVisible();
  await page.goto(made.stdout.trim());
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('Ada');
  await typeInto(page, page.getByLabel('Email'), 'ada@example.org');
  await typeInto(page, page.getByLabel('Password'), PASSWORD);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Signed in as Ada, admin' }));
  await page.keyboard.press('Enter');
  expect(await ringside.cli('users', 'setup')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('somebody has an account already'),
  });
  await tabTo(page, page.getByRole('link', { name: 'Your sessions' }));
  await page.keyboard.press('Enter');

  const invite = page.getByRole('button', { name: 'Invite…' });
  await tabTo(page, invite);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.keyboard.type('vera@example.org');
  expect(await seriousFindings(page, 'invite')).toEqual([]);
  await page.keyboard.press('Enter');
  const link = await page.getByLabel('The invitation', { exact: true }).textContent();
  await tabTo(page, page.getByRole('button', { name: 'Done' }));
  await page.keyboard.press('Enter');
  await expect(invite).toBeFocused();
  await expect(page.getByRole('group', { name: 'Invitations' })).toContainText('vera@example.org');

  const newKey = page.getByRole('button', { name: 'New key…' });
  await tabTo(page, newKey);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('selfplay');
  await page.keyboard.press('Enter');
  const key = await page.getByLabel('The key', { exact: true }).textContent();
  await escapeTo(page, newKey);
  const publish = async (): Promise<number> =>
    (
      await fetch(`${ringside.url}/api/events`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${key ?? ''}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ event_type: 'new_games', payload: {} }),
      })
    ).status;
  expect(await publish()).toBe(200);
  await tabTo(page, page.getByRole('button', { name: 'Revoke selfplay' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: 'Keys' })).toContainText('revoked');
  await hasPlace(page);
  expect(await publish()).toBe(401);

  const context = await browser.newContext();
  const other = await accept(context, link ?? '');
  const press = (): Promise<number> =>
    other.evaluate(
      async () =>
        (
          await fetch('/api/trpc/pages.router.discardDeadLetters', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ selection: { ids: [1] } }),
          })
        ).status,
    );
  expect(await press()).toBe(403);
  await other.goto(`${ringside.url}/settings`);
  await expect(other.getByRole('group', { name: 'Your sessions' })).toContainText('vera@example.org');
  await expect(other.getByRole('group', { name: 'Users' })).toHaveCount(0);

  await page.reload();
  expect(await seriousFindings(page, 'settings')).toEqual([]);
  expect(await tooWide(page, 'settings')).toEqual([]);
  await tabTo(page, page.getByLabel('Role of vera@example.org'));
  await page.keyboard.type('op');
  const sure = page.getByRole('dialog', { name: 'Make vera@example.org operator?' });
  await expect(sure).toContainText('sees everything, acts on the cluster');
  expect(await press()).toBe(403);
  await tabTo(page, sure.getByRole('button', { name: 'Change role' }));
  await page.keyboard.press('Enter');
  await expect(sure).toHaveCount(0);
  await expect(other.getByRole('button', { name: 'Signed in as Vera, operator' })).toBeVisible({
    timeout: 5_000,
  });
  expect(await press()).toBe(200);

  // What one confirmation was refused stands in no other.
  await page.getByLabel('Role of ada@example.org').selectOption('viewer');
  await page.getByRole('button', { name: 'Change role' }).click();
  const refused = page.getByText('this is the only admin');
  await expect(page.getByRole('dialog').getByText('this is the only admin')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove vera@example.org' }).click();
  await expect(page.getByRole('dialog', { name: 'Remove vera@example.org' })).toBeVisible();
  await expect(refused).toHaveCount(0);
  await page.keyboard.press('Escape');
  // A button that rests while its answer comes has the focus again afterwards.
  const reset = page.getByRole('button', { name: 'New password for vera@example.org' });
  await tabTo(page, reset);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'A new password' })).toBeVisible();
  await escapeTo(page, reset);

  await tabTo(page, page.getByRole('button', { name: /^End the session of vera@example.org/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^End the session of vera/ })).toHaveCount(0);
  await hasPlace(page);
  await expect(other).toHaveURL(/\/sign-in\?ended&back=%2Fsettings$/, { timeout: 5_000 });
  await other.getByLabel('Email').fill('vera@example.org');
  await other.getByLabel('Password').fill('not her password');
  await expect(other.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  await other.keyboard.press('Enter');
  await expect(other.getByRole('main').getByRole('alert')).toHaveText(
    'the email or the password is not right',
  );
  await other.getByLabel('Password').fill(PASSWORD);
  await other.keyboard.press('Enter');
  await expect(other).toHaveURL(/\/settings$/);

  await other.getByRole('button', { name: 'Signed in as Vera, operator' }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  // Not as one whose session somebody ended.
  await expect(other).toHaveURL(/\/sign-in$/);
  expect((await other.request.get(`${ringside.url}/api/state/overview`)).status()).toBe(401);
  await context.close();
});

test.describe('on a server that others used', () => {
  test.use({ shares: true });

  test('a revoked key loses its open socket and its running export', async ({ ringside }) => {
    const secret = await makeKey(ringside, 'viewer', [], 'reader');
    // More than sockets hold between server and reader, so that the export waits for the reader.
    const operator = await makeKey(ringside, 'operator', [], 'writer');
    const large = Array.from({ length: 7 }, (_, n) => ({
      ...{ event_type: 'large', payload: { n, text: 'x'.repeat(1_000_000) } },
    }));
    for (let call = 0; call < 5; call++)
      await fetch(`${ringside.url}/api/events`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${operator}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(large.map((event) => ({ ...event, payload: { ...event.payload, call } }))),
      });
    const running = await fetch(`${ringside.url}/api/events/export`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
    const reader = running.body?.getReader();
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    const socket = io(ringside.url, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: { Authorization: `Bearer ${secret}` },
    });
    await new Promise<void>((resolve, reject) =>
      socket.once('connect', resolve).once('connect_error', reject),
    );
    const told = new Promise((resolve) => socket.once('server:access', resolve));
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    expect((await ringside.cli('keys', 'revoke', 'reader')).code).toBe(0);
    const begun = Date.now();
    expect(await told).toMatchObject({ state: 'ended' });
    expect(await ended).toBe('io server disconnect');
    expect(Date.now() - begun).toBeLessThan(5_000);
    const rest = async (): Promise<void> => {
      for (let part = await reader?.read(); part?.done === false; part = await reader?.read());
    };
    await expect(rest()).rejects.toThrow();
    const refused = await new Promise((resolve) => socket.once('connect_error', resolve).connect());
    expect(refused).toMatchObject({ data: { code: 'unauthorized' } });
    socket.close();
  });

  test('every door, page, file and method asks who comes', async ({ ringside }) => {
    const keys = {
      nobody: null,
      viewer: await makeKey(ringside, 'viewer'),
      producer: await makeKey(ringside, 'producer', ['--sources', 'sim', '--types', 'new_games']),
      operator: await makeKey(ringside, 'operator'),
    };
    const status = async (
      as: keyof typeof keys,
      method: string,
      url: string,
      body?: unknown,
    ): Promise<number> => {
      const secret = keys[as];
      const response = await fetch(ringside.url + url, {
        method,
        redirect: 'manual',
        headers: {
          ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await response.arrayBuffer();
      return response.status;
    };
    const event = { event_type: 'new_games', source: 'sim', payload: {} };
    const rows = { rows: [], dead_letters: [] };
    for (const [as, read, publish, operate] of [
      ['nobody', 401, 401, 401],
      ['viewer', 200, 403, 403],
      ['producer', 403, 200, 403],
      ['operator', 200, 200, 200],
    ] as const) {
      expect(await status(as, 'GET', '/api/events'), as).toBe(read);
      expect(await status(as, 'GET', '/api/state/overview'), as).toBe(read);
      expect(await status(as, 'GET', '/api/trpc/events.facets'), as).toBe(read);
      expect(await status(as, 'POST', '/api/events', event), as).toBe(publish);
      expect(await status(as, 'POST', '/api/import', rows), as).toBe(operate);
      expect(await status(as, 'GET', '/healthz'), as).toBe(200);
      expect(await status(as, 'GET', '/readyz'), as).toBe(200);
      for (const { path: page } of PAGES)
        expect(await status(as, 'GET', page), `${as} ${page}`).toBe(read === 200 ? 200 : 307);
    }
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect(await status('nobody', method, '/api/events', {}), method).toBe(405);
    for (const detail of ['/events/x', '/models/x', '/nodes/x', '/training/x'])
      expect(await status('nobody', 'GET', detail), detail).toBe(307);
    const { headers } = await fetch(`${ringside.url}/sign-in`);
    expect(headers.get('content-security-policy')).toMatch(
      /script-src 'nonce-[^']+' 'strict-dynamic'.*frame-ancestors 'none'/,
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const chunks = path.resolve(import.meta.dirname, '..', '.next', 'static', 'chunks');
    const script = readdirSync(chunks).find((file) => file.endsWith('.js'));
    expect(await status('nobody', 'GET', `/_next/static/chunks/${script ?? ''}`)).toBe(200);
    expect(await (await fetch(`${ringside.url}/api/trpc/access.keys.list`)).text()).toContain('UNAUTHORIZED');
  });

  test('guessing is limited by the address of the connection, whatever forwarded headers say', async ({
    ringside,
  }) => {
    const guess = async (at: number, door: string, body: object): Promise<number> => {
      const response = await fetch(`${ringside.url}/api/auth/${door}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Forwarded-For': `198.51.100.${at}`,
          'X-Ringside-Address': `198.51.100.${at}`,
        },
        body: JSON.stringify(body),
      });
      return response.status;
    };
    // Most at links, as a guess at a password costs the server a tenth of a second; both count alike.
    const answers = await Promise.all(
      Array.from({ length: 34 }, (_, at) =>
        at % 4 === 0
          ? guess(at, 'sign-in', { email: `user${at}@example.org`, password: 'guess guess guess' })
          : guess(at, 'link', { token: `guess ${at}` }),
      ),
    );
    expect(answers.filter((status) => status === 429)).toHaveLength(4);
    expect(new Set(answers)).toEqual(new Set([401, 404, 429]));
  });
});

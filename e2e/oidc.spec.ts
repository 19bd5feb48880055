import type { Page } from '@playwright/test';
import { Provider } from '../server/auth/oidc-provider.test-support';
import { expect, test as base } from './support/fixtures';
import { seriousFindings } from './support/inspect';
import { tabTo } from './support/keyboard';
import { setupLink } from './support/links';

const provider = new Provider();

const test = base.extend({
  settings: async ({}, use) => {
    await provider.start();
    await use({
      RINGSIDE_OIDC_ISSUER: provider.url,
      RINGSIDE_OIDC_CLIENT_ID: 'ringside',
      RINGSIDE_OIDC_CLIENT_SECRET: 'shared',
      RINGSIDE_OIDC_NAME: 'Ring ID',
    });
    provider.close();
  },
});
test.use({ access: 'accounts' });

const says = (page: Page) => page.getByRole('main').getByRole('alert');
const PASSWORD = 'correct horse battery';

/** An account here by a link, as people get one. */
async function accept(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Name').fill(name);
  const email = page.getByLabel('Email');
  if (await email.isVisible()) await email.fill('ada@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: new RegExp(`^Signed in as ${name}`) })).toBeVisible();
}

/** As a browser that was never here: from an address without a page, which would go to the sign-in page by itself. */
async function forgotten(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/healthz`);
  await page.context().clearCookies();
}

async function byProvider(page: Page): Promise<void> {
  const button = page.getByRole('link', { name: 'Sign in with Ring ID' });
  await expect(button).toBeVisible();
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}

test('who has an account comes in by the provider as what they are here; everybody else is told why not', async ({
  page,
  ringside,
}) => {
  await accept(page, setupLink(ringside), 'Ada');
  const invited = await ringside.cli('users', 'invite', 'vera@example.org', '--role', 'viewer');
  await forgotten(page, ringside.url);
  await accept(page, invited.stdout.trim(), 'Vera');
  await forgotten(page, ringside.url);

  // Vera's first time by the provider: the role is that of here, whatever is claimed there.
  await page.goto(`${ringside.url}/elo`);
  await expect(page).toHaveURL(/\/sign-in\?back=%2Felo$/);
  expect(await seriousFindings(page, 'sign-in')).toEqual([]);
  const vera = { sub: '7', email: 'vera@example.org', email_verified: true, name: 'V. Else', role: 'admin' };
  provider.who = vera;
  await byProvider(page);
  await expect(page).toHaveURL(`${ringside.url}/elo`);
  await expect(page.getByRole('button', { name: 'Signed in as Vera, viewer' })).toBeVisible();

  const refusals: readonly [Record<string, unknown>, string | null, string][] = [
    [{ ...vera, sub: '8', email: 'eve@example.org' }, null, '/sign-in'],
    [vera, 'access_denied', '/elo?config=hex8_2p'],
  ];
  for (const [who, refusal, asked] of refusals) {
    await forgotten(page, ringside.url);
    await page.goto(ringside.url + asked);
    [provider.who, provider.refusal] = [who, refusal];
    await byProvider(page);
    await expect(says(page)).toContainText('Ring ID did not vouch for an account of this server');
    await expect(page).toHaveURL(
      asked === '/sign-in' ? /\/sign-in\?refused$/ : /\/sign-in\?refused=&back=%2Felo%3Fconfig%3Dhex8_2p$/,
    );
  }
  // The page that was asked for at first is still where the next try leads, by the provider or with a password.
  [provider.who, provider.refusal] = [vera, null];
  await byProvider(page);
  await expect(page).toHaveURL(`${ringside.url}/elo?config=hex8_2p`);
  await forgotten(page, ringside.url);
  expect((await ringside.cli('users', 'list')).stdout.trim().split('\n')).toHaveLength(2);

  // A server that has never reached it says so, and takes passwords all the same.
  provider.close();
  await ringside.stop();
  await ringside.start();
  await page.goto(`${ringside.url}/sign-in?back=%2Felo`);
  await byProvider(page);
  await expect(says(page)).toContainText('Ring ID cannot be reached right now');
  await page.getByLabel('Email').fill('vera@example.org');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${ringside.url}/elo`);
});

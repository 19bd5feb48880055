import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SqliteHistory } from '../history/history';
import { migrationsFolder } from '../process/paths';
import { Access } from './access';
import { Provider } from './oidc-provider.test-support';

const folder = mkdtempSync(path.join(tmpdir(), 'ringside-oidc-'));
const provider = new Provider();
let history: SqliteHistory;
let access: Access;
beforeAll(async () => {
  await provider.start();
  history = await SqliteHistory.open({
    ...{ file: path.join(folder, 'ringside.db'), migrations: migrationsFolder(), readers: 1 },
  });
  access = opened(provider.url);
  const { secret } = await access.links.create({ purpose: 'setup', createdBy: 'start' });
  const ada = { secret, email: 'ada@example.org', name: 'Ada', password: 'correct horse battery' };
  await access.accept(ada, new Headers());
});
afterAll(async () => {
  provider.close();
  await history.close();
  rmSync(folder, { recursive: true, force: true });
});

const opened = (issuer: string, mode: 'open' | 'accounts' = 'accounts'): Access =>
  new Access({
    ...{
      mode,
      records: history.records,
      secret: 'only in this test',
      secure: false,
      localToken: null,
    },
    oidc: { issuer, clientId: 'ringside', clientSecret: 'shared', name: 'Ring ID' },
    url: () => 'http://localhost:3000',
    log: pino({ level: 'silent' }),
  });

const withCookies = (cookies: readonly string[]): Headers =>
  new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0] ?? '').join('; ') });

async function signIn(who: Record<string, unknown>, tamper = (query: Record<string, string>) => query) {
  provider.who = who;
  const start = await access.oidcStart('/elo', new Headers());
  const query = tamper(provider.visit(start.location));
  const step = await access.oidcCallback(query, withCookies(start.cookies));
  const principal = await access.principal(withCookies(step.cookies));
  return { location: step.location, name: principal?.name ?? null, query, cookies: start.cookies };
}

describe('a provider of the settings', () => {
  const ada = { sub: '17', email: 'ada@example.org', email_verified: true, name: 'Somebody' };

  it('lets in who has an account, under the name and role of here, and keeps none of its tokens', async () => {
    expect(await signIn(ada)).toMatchObject({ location: '/elo', name: 'Ada' });
    expect(await signIn(ada)).toMatchObject({ location: '/elo', name: 'Ada' });
    const accounts = await history.records.find({ table: 'accounts', where: { conditions: [] } });
    expect(accounts.map(({ providerId }) => providerId).sort()).toEqual(['credential', 'oidc']);
    expect(JSON.stringify(accounts)).not.toContain('theirs');
  });

  it.each([
    ['an email without an account', { ...ada, sub: '18', email: 'eve@example.org' }],
    ['an email that it has not verified', { ...ada, sub: '19', email_verified: false }],
    ['a token for another program', { ...ada, aud: 'another' }],
    ['a token of another issuer', { ...ada, iss: 'https://id.example' }],
    ['a token that has expired', { ...ada, exp: 1_000 }],
  ])('refuses %s', async (_, who) => {
    expect(await signIn(who)).toMatchObject({
      location: expect.stringMatching(/^\/sign-in\?refused/) as string,
      name: null,
    });
    expect(await access.users.count()).toBe(1);
  });

  it.each(['/elo', '/events?q=type%3A%22A%20B%22%20AND%20(x*)&view=river', '/models/hex8_2p~v1'])(
    'leads to %s, and after a refusal knows that it was asked for',
    async (back) => {
      provider.who = ada;
      const start = await access.oidcStart(back, new Headers());
      const step = await access.oidcCallback(provider.visit(start.location), withCookies(start.cookies));
      expect(step.location).toBe(back);
      provider.who = { ...ada, sub: '20', email: 'eve@example.org' };
      const again = await access.oidcStart(back, new Headers());
      const refused = await access.oidcCallback(provider.visit(again.location), withCookies(again.cookies));
      const { pathname, searchParams } = new URL(refused.location, 'http://localhost');
      expect([pathname, searchParams.has('refused'), searchParams.get('back')]).toEqual([
        '/sign-in',
        true,
        back,
      ]);
    },
  );

  it('counts attempts by address, but not those that came in', async () => {
    const address: [string, string] = ['x-ringside-address', '10.9.9.9'];
    provider.who = ada;
    for (let times = 0; times < 32; times++) {
      const start = await access.oidcStart('/', new Headers([address]));
      const headers = withCookies(start.cookies);
      headers.set(...address);
      expect((await access.oidcCallback(provider.visit(start.location), headers)).location).toBe('/');
    }
    for (let times = 0; times < 30; times++) await access.oidcStart('/', new Headers([address]));
    await expect(access.oidcStart('/', new Headers([address]))).rejects.toMatchObject({
      code: 'too_many_requests',
    });
  });

  it('is not offered where nobody signs in', async () => {
    const open = opened(provider.url, 'open');
    expect([open.oidcName, access.oidcName]).toEqual([null, 'Ring ID']);
    await expect(open.oidcStart('/', new Headers())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuses a token that is signed by a key of somebody else', async () => {
    provider.forged = true;
    const outcome = await signIn(ada);
    provider.forged = false;
    expect(outcome).toMatchObject({
      location: expect.stringMatching(/^\/sign-in\?refused/) as string,
      name: null,
    });
  });

  it('is not asked when it publishes no keys: nobody could tell its word from another’s', async () => {
    provider.keyless = true;
    const start = opened(provider.url).oidcStart('/', new Headers());
    await expect(start).rejects.toMatchObject({ code: 'unavailable' });
    provider.keyless = false;
  });

  it('refuses a state that this browser did not begin, a code used twice, and an answer without either', async () => {
    const refused = { location: expect.stringMatching(/^\/sign-in\?refused/) as string, name: null };
    expect(await signIn(ada, (query) => ({ ...query, state: 'forged' }))).toMatchObject(refused);
    expect(await signIn(ada, ({ state }) => ({ state: state ?? '' }))).toMatchObject(refused);
    const { query, cookies } = await signIn(ada);
    const again = await access.oidcCallback(query, withCookies(cookies));
    expect(again.location).toMatch(/^\/sign-in\?refused/);
    provider.who = ada;
    const other = await access.oidcStart('/', new Headers());
    const planted = await access.oidcCallback(provider.visit(other.location), new Headers());
    expect(planted.location).toMatch(/^\/sign-in\?refused/);
  });

  it('that cannot be reached holds up nobody who has a password', async () => {
    const alone = opened('http://127.0.0.1:1');
    await expect(alone.oidcStart('/', new Headers())).rejects.toMatchObject({ code: 'unavailable' });
    const cookies = await alone.signIn('ada@example.org', 'correct horse battery', new Headers());
    expect((await alone.principal(withCookies(cookies)))?.name).toBe('Ada');
  });
});

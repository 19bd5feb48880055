import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SqliteHistory } from '../history/history';
import { migrationsFolder } from '../process/paths';
import { Access } from './access';
import { AccessError } from './errors';
import { hashSecret } from './secrets';

const PASSWORD = 'correct horse battery';
const lines: string[] = [];
let folder: string;
let history: SqliteHistory;
let access: Access;
let now = Date.now() / 1000;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ringside-access-'));
  history = await SqliteHistory.open({
    file: path.join(folder, 'ringside.db'),
    migrations: migrationsFolder(),
    readers: 1,
  });
});
afterAll(async () => {
  await history.close();
  rmSync(folder, { recursive: true, force: true });
});

const SECRET = 'signed-with-this-in-tests-and-nowhere-else';
const opened = async (mode: 'open' | 'accounts' = 'accounts', secret = SECRET): Promise<Access> => {
  const made = new Access({
    mode,
    oidc: null,
    records: history.records,
    secret,
    secure: false,
    url: () => 'http://localhost:3000',
    localToken: hashSecret('local-token'),
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
    now: () => now,
  });
  await made.start();
  return made;
};

beforeEach(async () => {
  now = Date.now() / 1000;
  lines.length = 0;
  const all = { conditions: [{ field: 'id', operator: 'ne' as const, value: '' }] };
  for (const table of ['users', 'sessions', 'accounts', 'accessLinks', 'apiKeys'] as const)
    await history.records.change({ change: 'delete', table, where: all });
  access = await opened();
});

const bearer = (secret: string): Headers => new Headers({ authorization: `Bearer ${secret}` });
const from = (address: string): Headers => new Headers({ 'x-ringside-address': address });
const withCookies = (cookies: readonly string[]): Headers =>
  new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0] ?? '').join('; ') });

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AccessError);
  return `${(error as AccessError).code}: ${(error as AccessError).message}`;
};

/** The first admin, by the link that a start prints. */
async function admin(): Promise<readonly string[]> {
  const { secret } = await access.links.create({ purpose: 'setup', createdBy: 'start' });
  return access.accept({ secret, email: 'Ada@Example.org', name: 'Ada', password: PASSWORD }, from('::1'));
}

async function member(email: string, role: 'viewer' | 'operator'): Promise<readonly string[]> {
  const { secret } = await access.users.invite(email, role, 'Ada');
  return access.accept({ secret, name: email, password: PASSWORD }, from('::1'));
}

describe('one-time links', () => {
  it('make the first admin once, also when several try at the same moment', async () => {
    const { secret } = await access.links.create({ purpose: 'setup', createdBy: 'start' });
    const tries = ['a@x.org', 'b@x.org', 'c@x.org'].map((email) =>
      access.accept({ secret, email, name: 'A', password: PASSWORD }, from('::1')),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await access.users.list()).map(({ role }) => role)).toEqual(['admin']);
  });

  it('expire, are voided by the next one, and give away nothing of a wrong secret', async () => {
    const first = await access.users.invite('v@x.org', 'viewer', 'Ada');
    const second = await access.users.invite('v@x.org', 'viewer', 'Ada');
    const answers = [
      await refusal(access.links.look(first.secret)),
      await refusal(access.links.look('guess')),
    ];
    expect(new Set(answers).size).toBe(1);
    now = second.expiresAt + 1;
    expect(await refusal(access.links.look(second.secret))).toBe(answers[0]);
  });

  it('are used up by one of those who try at the same moment', async () => {
    const { secret } = await access.users.invite('v@x.org', 'viewer', 'Ada');
    const tries = await Promise.allSettled([1, 2, 3].map(() => access.links.consume(secret)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(access.links.look(secret))).toMatch(/^not_found/);
  });

  it('can be withdrawn while they wait, if they invite', async () => {
    const invited = await access.users.invite('v@x.org', 'viewer', 'Ada');
    const setup = await access.users.setup('start');
    const { id } = await access.links.look(invited.secret);
    const other = await access.links.look(setup.secret);
    expect(await refusal(access.links.withdraw(other.id))).toMatch(/^not_found/);
    await access.links.withdraw(id);
    expect(await refusal(access.links.look(invited.secret))).toMatch(/^not_found/);
  });

  it('last a day for the first admin, and only one of them works', async () => {
    const [first, second] = [await access.users.setup('start'), await access.users.setup('start')];
    expect(second.expiresAt).toBe(now + 86_400);
    expect(await refusal(access.links.look(first.secret))).toMatch(/^not_found/);
    expect(await access.links.look(second.secret)).toMatchObject({ purpose: 'setup' });
    await admin();
    expect(await refusal(access.users.setup('Ada'))).toMatch(/^conflict/);
  });

  it('reset a password and end the sessions that the old one began', async () => {
    await admin();
    const cookies = await member('v@x.org', 'viewer');
    expect(await access.principal(withCookies(cookies))).toMatchObject({ kind: 'user', role: 'viewer' });
    const { secret } = await access.users.reset('v@x.org', 'Ada');
    await access.accept({ secret, password: 'another long password' }, from('::1'));
    expect(await access.principal(withCookies(cookies))).toBeNull();
    expect(await refusal(access.signIn('v@x.org', PASSWORD, from('::1')))).toMatch(/^unauthorized/);
  });
});

describe('signing in', () => {
  it('does not tell an unknown email from a wrong password, and logs neither password nor cookie', async () => {
    await admin();
    const wrong = await refusal(access.signIn('ada@example.org', 'not the password', from('::1')));
    const unknown = await refusal(access.signIn('eve@example.org', 'not the password', from('::1')));
    expect(wrong).toBe(unknown);
    const cookies = await access.signIn('ADA@example.org', PASSWORD, from('::1'));
    expect(cookies.join()).toMatch(/HttpOnly/);
    expect(cookies.join()).toMatch(/SameSite=Lax/);
    expect(lines.join()).not.toMatch(/not the password|battery/);
    expect(lines.join()).not.toContain(decodeURIComponent(cookies[0]?.split(/[=;.]/)[2] ?? '-'));
  });

  it('begins a session of its own each time, whatever cookie was there before', async () => {
    const planted = await admin();
    const cookies = await access.signIn('ada@example.org', PASSWORD, withCookies(planted));
    expect(cookies[0]).not.toBe(planted[0]);
    const forged = new Headers({
      cookie: `${cookies[0]?.split('.')[0] ?? ''}.session_token=planted.signature`,
    });
    expect(await access.principal(forged)).toBeNull();
  });

  it('leaves the session of another server on the same host alone', async () => {
    const mine = await admin();
    const other = await opened('accounts', 'the secret of a second data folder');
    const theirs = await other.signIn('ada@example.org', PASSWORD, from('::1'));
    const name = (cookies: readonly string[]) => cookies[0]?.split('=')[0];
    expect(name(theirs)).not.toBe(name(mine));
    // A browser sends both to both.
    const both = withCookies([...theirs, ...mine]);
    await other.signOut(both);
    expect([(await access.principal(both))?.name, await other.principal(both)]).toEqual(['Ada', null]);
  });

  it('counts guesses per account, from however many addresses', async () => {
    await admin();
    for (let at = 0; at < 10; at++) await refusal(access.signIn('x@x.org', 'guess', from(`10.0.0.${at}`)));
    expect(await refusal(access.signIn('x@x.org', 'guess', from('10.0.1.1')))).toMatch(/^too_many/);
    await expect(access.signIn('ada@example.org', PASSWORD, from('10.0.1.1'))).resolves.toBeTruthy();
  });
});

describe('guesses from IPv6', () => {
  it('are counted per network: its owner has as many addresses as it likes', async () => {
    // Links count like passwords, and a guess at one costs no hash.
    for (let at = 0; at < 30; at++)
      await refusal(access.lookAtLink('guess', from(`2001:db8:0:1::${at.toString(16)}`)));
    const refused = refusal(access.signIn('z@x.org', 'guess', from('2001:db8:0:1:ffff::1')));
    expect(await refused).toMatch(/^too_many/);
    const next = refusal(access.signIn('z@x.org', 'guess', from('2001:db8:0:2::1')));
    expect(await next).toMatch(/^unauthorized/);
  });
});

describe('roles and sessions of open connections', () => {
  it('are looked up anew: a changed role, an ended session and a removed user show', async () => {
    await admin();
    const principal = (await access.principal(withCookies(await member('v@x.org', 'viewer'))))!;
    await access.users.setRole('v@x.org', 'operator');
    expect(await access.refresh([principal])).toMatchObject([{ role: 'operator' }]);
    await access.users.endSession(principal.sessionId!);
    expect(await access.refresh([principal])).toEqual([null]);
    const other = (await access.principal(
      withCookies(await access.signIn('v@x.org', PASSWORD, from('::1'))),
    ))!;
    await access.users.remove('v@x.org');
    expect(await access.refresh([other])).toEqual([null]);
  });

  it('leave at least one admin', async () => {
    await admin();
    expect(await refusal(access.users.setRole('ada@example.org', 'viewer'))).toMatch(/^conflict/);
    expect(await refusal(access.users.remove('ada@example.org'))).toMatch(/^conflict/);
    await access.users.setRole('ada@example.org', 'admin');
  });
});

describe('keys', () => {
  it('are known by their hash alone, until they are revoked or expire', async () => {
    const { secret, key } = await access.keys.create(
      { name: 'sim', role: 'producer', expiresAt: now + 60 },
      'Ada',
    );
    const stored = await history.records.find({ table: 'apiKeys', where: { conditions: [] } });
    expect(JSON.stringify(stored)).not.toContain(secret);
    const principal = (await access.principal(bearer(secret)))!;
    expect(principal).toMatchObject({ kind: 'key', name: 'sim', role: 'producer' });
    now += 60;
    expect(await refusal(access.principal(bearer(secret)))).toMatch(/^unauthorized/);
    now -= 60;
    await access.keys.revoke(key.name);
    expect(await access.refresh([principal])).toEqual([null]);
    expect(await refusal(access.principal(bearer(secret)))).toMatch(/^unauthorized/);
    // A restart reads the same.
    const again = await opened();
    expect(await refusal(again.principal(bearer(secret)))).toMatch(/^unauthorized/);
    expect(again.keys.list()).toMatchObject([{ name: 'sim', revokedAt: now }]);
  });

  it('tell at once who can be nobody, as looking up would', async () => {
    const { secret, key } = await access.keys.create({ name: 'k', role: 'producer' }, 'tests');
    const open = await opened('open');
    const shown = [undefined, `Bearer ${secret}`, `Bearer ${secret}x`, 'Bearer local-token', 'Basic x', ''];
    for (const each of [access, open])
      for (const authorization of shown) {
        const headers = new Headers(authorization === undefined ? {} : { authorization });
        const found = await each.principal(headers).catch(() => 'bad key');
        const stranger = each.stranger(authorization, undefined);
        expect(stranger).toBe(found === null ? 'nobody' : found === 'bad key' ? 'bad key' : null);
      }
    await access.keys.revoke(key.id);
    expect(access.stranger(`Bearer ${secret}`, undefined)).toBe('bad key');
    // A cookie of a session must be looked up.
    const cookie = (await admin()).join('; ');
    expect([access.stranger(undefined, cookie), access.stranger(undefined, 'other=1')]).toEqual([
      null,
      'nobody',
    ]);
  });

  it('have their last use written down at most once a minute', async () => {
    const { secret } = await access.keys.create({ name: 'sim', role: 'viewer' }, 'Ada');
    const first = now;
    await access.principal(bearer(secret));
    now += 59;
    await access.principal(bearer(secret));
    expect(access.keys.list()[0]?.lastUsedAt).toBe(first);
    now += 1;
    await access.principal(bearer(secret));
    expect(access.keys.list()[0]?.lastUsedAt).toBe(now);
  });

  it('are 1,000 at most; one that is revoked makes room', async () => {
    const create = (n: number) => access.keys.create({ name: `k${n}`, role: 'viewer' }, 'Ada');
    // At once: they share their commits.
    await Promise.all(Array.from({ length: 1_000 }, (_, n) => create(n)));
    const another = () => access.keys.create({ name: 'another', role: 'viewer' }, 'Ada');
    expect(await refusal(another())).toMatch(/^conflict/);
    await access.keys.revoke('k7');
    expect((await another()).key.name).toBe('another');
  });

  it('limit producers to sources and types, and nobody else', async () => {
    const wish = { name: 'a', sources: ['sim'], types: ['new_games'] };
    const { key } = await access.keys.create({ ...wish, role: 'producer' }, 'Ada');
    expect(key.scope).toEqual({ sources: ['sim'], types: ['NEW_GAMES_AVAILABLE'] });
    for (const limit of [wish, { sources: ['sim'] }, { types: ['new_games'] }])
      expect(await refusal(access.keys.create({ ...limit, name: 'b', role: 'admin' }, 'Ada'))).toMatch(
        /^bad_request/,
      );
    expect(await refusal(access.keys.create({ name: 'a', role: 'viewer' }, 'Ada'))).toMatch(/^conflict/);
  });
});

describe('open mode', () => {
  it('takes whoever comes as the local operator, but no wrong key', async () => {
    const open = await opened('open');
    expect(await open.principal(from('127.0.0.1'))).toMatchObject({ kind: 'local', role: 'operator' });
    expect(await refusal(open.principal(bearer('wrong')))).toMatch(/^unauthorized/);
    expect(await open.principal(bearer('local-token'))).toMatchObject({ kind: 'cli', role: 'admin' });
  });
});

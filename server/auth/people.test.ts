import pino from 'pino';
import { expect, it, vi } from 'vitest';
import type { Records } from '../history/records';
import { createAuth } from './better-auth';
import { People } from './people';
import type { PeopleOptions } from './terms';

const optionsOf = (records: Records): PeopleOptions => ({
  ...{ records, secret: 'signed-with-this-in-tests-and-nowhere-else', secure: false, oidc: null },
  ...{ url: () => 'http://localhost', log: pino({ level: 'silent' }) },
});

it('better-auth itself makes nobody an account, even if a door led to it', async () => {
  const change = vi.fn();
  const records = { find: () => Promise.resolve([]), change } as unknown as Records;
  const { handler } = createAuth(optionsOf(records), []);
  const answer = await handler(
    new Request('http://localhost/api/auth/sign-up/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost' },
      body: JSON.stringify({
        email: 'a@b.example',
        name: 'a',
        password: 'correct horse battery',
        role: 'admin',
      }),
    }),
  );
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'EMAIL_PASSWORD_SIGN_UP_DISABLED' });
  expect(change).not.toHaveBeenCalled();
});

it('what sign-ins need is loaded again where that failed', async () => {
  const records = { find: () => Promise.resolve([]) } as unknown as Records;
  const load = vi.fn(() => import('./better-auth')).mockRejectedValueOnce(new Error('no such chunk'));
  const people = new People(optionsOf(records), load);
  await expect(people.session(new Headers())).rejects.toThrow('no such chunk');
  expect(await people.session(new Headers())).toBeNull();
  await people.prepare();
  expect(load).toHaveBeenCalledTimes(2);
});

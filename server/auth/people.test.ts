import pino from 'pino';
import { expect, it, vi } from 'vitest';
import type { Records } from '../history/records';
import { createAuth } from './better-auth';

it('better-auth itself makes nobody an account, even if a door led to it', async () => {
  const change = vi.fn();
  const records = { find: () => Promise.resolve([]), change } as unknown as Records;
  const { handler } = createAuth(
    {
      ...{ records, secret: 'signed-with-this-in-tests-and-nowhere-else', secure: false, oidc: null },
      ...{ url: () => 'http://localhost', log: pino({ level: 'silent' }) },
    },
    [],
  );
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

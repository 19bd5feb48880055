import { expect, it } from 'vitest';
import { HistoryUnavailableError } from '../../history/errors';
import { RouterStoppedError } from '../../router/errors';
import { AS_OPERATOR } from './principal.test-support';
import { operatorProcedure, procedure, router } from './trpc';

const failing = (error: Error) => {
  const fail = (): never => {
    throw error;
  };
  const doors = router({ read: procedure.query(fail), act: operatorProcedure.mutation(fail) });
  return doors.createCaller(AS_OPERATOR);
};

it.each([
  [
    new HistoryUnavailableError('SQLITE_FULL', '/srv/secret/ringside.db'),
    /^the disk .* is full: free some space/,
    /^The disk .* is full: free some space.*\. Try again: it cannot happen twice\.$/,
  ],
  [new HistoryUnavailableError('reader_failed', '/srv/secret'), /^history cannot be reached/, /^History/],
  [new RouterStoppedError(), /^the server is stopping$/, /^The server is stopping\. Try again/],
])('says why it cannot be done now, and what to do: %s', async (error, asked, pressed) => {
  const code = 'SERVICE_UNAVAILABLE';
  const message = (words: RegExp): unknown => expect.stringMatching(words);
  await expect(failing(error).read()).rejects.toMatchObject({ code, message: message(asked) });
  await expect(failing(error).act()).rejects.toMatchObject({ code, message: message(pressed) });
});

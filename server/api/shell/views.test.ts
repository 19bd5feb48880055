import { expect, it } from 'vitest';
import { MAX_VIEWS, type KeptView } from '../../../domain/views/view';
import { HistoryUnavailableError } from '../../history/errors';
import type { ViewChange, ViewOutcome } from '../../history/views/view-store';
import { provideServices, type Services } from '../../services';
import { appRouter } from '../router';
import type { Context } from '../trpc/context';
import { AS_OPERATOR, OPERATOR } from '../trpc/principal.test-support';

/** The procedures over a store that always answers the same, and what reached the store. */
function over(answer: ViewOutcome | Error, context: Context = AS_OPERATOR) {
  const seen: ViewChange[] = [];
  const change = (given: ViewChange): Promise<ViewOutcome> => {
    seen.push(given);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  provideServices({ views: { list: () => [], change } } as unknown as Services);
  return { seen, views: appRouter.createCaller(context).views };
}

const kept = { id: 1, name: 'Errors', author_id: null, stars: ['local'] } as unknown as KeptView;
const done: ViewOutcome = { status: 'done', view: kept };

it('keeps the name and the address as they are read', async () => {
  const { seen, views } = over(done);
  expect(await views.save({ name: ' Errors ', address: '/events?q=a&selected=x#top' })).toMatchObject({
    ...{ id: 1, name: 'Errors', starred: true, editable: true },
  });
  expect(seen).toEqual([
    { kind: 'save', name: 'Errors', address: '/events?q=a', author: null, authorId: null },
  ]);
});

/** Somebody with an account. */
const person = (role: 'viewer' | 'operator' | 'admin'): Context => ({
  principal: { ...OPERATOR, kind: 'user', id: 'u7', name: 'Vera', role, via: 'session' },
  refusal: null,
});

it('tells the store whose view it is, and what whoever asks may change', async () => {
  const theirs = over(done, person('operator'));
  await theirs.views.save({ name: 'Mine', address: '/elo' });
  expect(theirs.seen).toMatchObject([{ kind: 'save', author: 'Vera', authorId: 'u7' }]);
  for (const [role, changes] of [
    ['operator', 'own'],
    ['admin', 'all'],
  ] as const) {
    const { seen, views } = over(done, person(role));
    await views.rename({ id: 1, name: 'x' });
    await views.remove({ id: 1 });
    expect(seen).toMatchObject([{ by: { id: 'u7', changes } }, { by: { id: 'u7', changes } }]);
  }
});

it('lets who may only look set stars, and nothing else', async () => {
  const { seen, views } = over(done, person('viewer'));
  expect(await views.star({ id: 1, starred: true })).toMatchObject({ starred: false, editable: false });
  await expect(views.remove({ id: 1 })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(views.save({ name: 'a', address: '/' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(seen).toEqual([{ kind: 'star', id: 1, starred: true, by: { id: 'u7', changes: 'none' } }]);
});

it('refuses addresses of other places and unusable names, before anything is written', async () => {
  const { seen, views } = over(done);
  const bad = (message: RegExp) => ({
    code: 'BAD_REQUEST',
    message: expect.stringMatching(message) as string,
  });
  await expect(views.save({ name: 'a', address: '//evil.example' })).rejects.toMatchObject(
    bad(/^address: give/),
  );
  await expect(views.save({ name: 'a', address: 'javascript:alert(1)' })).rejects.toMatchObject(
    bad(/^address/),
  );
  await expect(views.save({ name: ' ', address: '/' })).rejects.toMatchObject(bad(/^name: give/));
  await expect(views.rename({ id: 1, name: 'x'.repeat(81) })).rejects.toMatchObject(bad(/81 characters/));
  await expect(views.readdress({ id: 1, address: '/api/events' })).rejects.toMatchObject(bad(/^address/));
  await expect(views.star({ id: 0, starred: true })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(seen).toEqual([]);
});

it.each<[ViewOutcome | Error, string, RegExp]>([
  [{ status: 'name_taken' }, 'CONFLICT', /choose another/],
  [{ status: 'not_yours', author: 'Ada' }, 'FORBIDDEN', /Ada’s.*another name/],
  [{ status: 'full' }, 'CONFLICT', new RegExp(`${MAX_VIEWS} views.*remove one`)],
  [{ status: 'missing' }, 'NOT_FOUND', /gone/],
  [
    new HistoryUnavailableError('SQLITE_FULL', '/srv/secret'),
    'SERVICE_UNAVAILABLE',
    /not changed.*try again/,
  ],
])('explains %j', async (answer, code, message) => {
  const { views } = over(answer);
  await expect(views.save({ name: 'a', address: '/' })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message) as string,
  });
});

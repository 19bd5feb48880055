import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../db/client';
import { MAX_VIEWS, type ViewReader } from '../../../domain/views/view';
import { HistoryUnavailableError } from '../errors';
import { openTestHistory, type TestHistory } from '../events.test-support';
import { SavedViews } from './saved-views';

let test: TestHistory;
let views: SavedViews;
beforeEach(async () => {
  test = await openTestHistory();
  views = await SavedViews.open(test.history);
});
afterEach(() => test.close());

const ada: ViewReader = { id: 'ada', changes: 'own' };
const ben: ViewReader = { id: 'ben', changes: 'own' };
const admin: ViewReader = { id: 'zoe', changes: 'all' };
const save = (name: string, address = '/events?q=a', by: string | null = null) =>
  views.change({ kind: 'save', name, address, author: by, authorId: by });
const summary = (list = views.list(ada)) =>
  list.map(({ id, name, address, starred }) => [id, name, address, starred]);

describe('saved views', () => {
  it('are saved, renamed, starred, changed and removed, and are there after a restart', async () => {
    expect(await save('Errors')).toMatchObject({
      status: 'done',
      view: { id: 1, name: 'Errors', address: '/events?q=a', author: null, author_id: null, stars: [] },
    });
    await save('Nodes', '/nodes?view=table');
    await save('Gone');
    await views.change({ kind: 'rename', id: 1, name: 'Faults', by: ada });
    await views.change({ kind: 'star', id: 2, starred: true, by: ada });
    await views.change({ kind: 'readdress', id: 1, address: '/events?q=b', by: ada });
    expect(await views.change({ kind: 'remove', id: 3, by: ada })).toMatchObject({
      status: 'done',
      view: { name: 'Gone' },
    });
    const expected = [
      [2, 'Nodes', '/nodes?view=table', true],
      [1, 'Faults', '/events?q=b', false],
    ];
    expect(summary()).toEqual(expected);
    expect(summary((await SavedViews.open(await test.reopen())).list(ada))).toEqual(expected);
  });

  it('have names of their own, whatever the case; a name that is free again can be taken', async () => {
    await save('Errors');
    await save('Other');
    expect(await save('eRRORS')).toEqual({ status: 'name_taken' });
    expect(await views.change({ kind: 'rename', id: 2, name: 'ERRORS', by: ada })).toEqual({
      status: 'name_taken',
    });
    expect(await views.change({ kind: 'rename', id: 1, name: 'ERRORS', by: ada })).toMatchObject({
      status: 'done',
    });
    await views.change({ kind: 'remove', id: 1, by: ada });
    expect(await save('errors')).toMatchObject({ status: 'done', view: { id: 3 } });
  });

  it('decide between two who save under one name at once', async () => {
    const outcomes = await Promise.all([save('Errors'), save('errors')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'name_taken']);
    expect(views.list(ada)).toHaveLength(1);
  });

  it('say when the one to change is gone', async () => {
    for (const kind of ['rename', 'star', 'readdress', 'remove'] as const) {
      const change = { kind, id: 7, name: 'x', starred: true, address: '/', by: ada } as const;
      expect(await views.change(change as Parameters<SavedViews['change']>[0])).toEqual({
        status: 'missing',
      });
    }
  });

  it('belong to their author and to admins; stars are each one’s own', async () => {
    await save('Ada’s', '/', 'ada');
    for (const change of [
      { kind: 'rename', id: 1, name: 'Ben’s', by: ben },
      { kind: 'readdress', id: 1, address: '/elo', by: ben },
      { kind: 'remove', id: 1, by: ben },
      { kind: 'rename', id: 1, name: 'x', by: { id: 'ada', changes: 'none' } },
    ] as const)
      expect(await views.change(change)).toEqual({ status: 'not_yours', author: 'ada' });
    await views.change({ kind: 'star', id: 1, starred: true, by: ben });
    const before = views.list(ben)[0];
    expect(before).toMatchObject({
      name: 'Ada’s',
      address: '/',
      starred: true,
      editable: false,
      author: 'ada',
    });
    expect(views.list(ada)[0]).toMatchObject({ starred: false, editable: true });
    await views.change({ kind: 'star', id: 1, starred: true, by: ben });
    await views.change({ kind: 'star', id: 1, starred: true, by: ada });
    await views.change({ kind: 'star', id: 1, starred: false, by: ben });
    views = await SavedViews.open(await test.reopen());
    expect([views.list(ada)[0]?.starred, views.list(ben)[0]?.starred]).toEqual([true, false]);
    expect(views.list(ada)[0]?.updated_at).toBe(before?.updated_at);
    expect(await views.change({ kind: 'rename', id: 1, name: 'Ours', by: admin })).toMatchObject({
      status: 'done',
    });
    // A number is never used again, and neither are its stars.
    await views.change({ kind: 'remove', id: 1, by: ada });
    await save('Another');
    expect(summary()).toEqual([[2, 'Another', '/events?q=a', false]]);
    const db = openDatabase(test.file, { readonly: true });
    const left = db.prepare('SELECT count(*) AS n FROM view_stars').get();
    db.close();
    expect(left).toEqual({ n: 0 });
  });

  it('are bounded', async () => {
    await Promise.all(Array.from({ length: MAX_VIEWS }, (_, index) => save(`View ${index}`)));
    expect(await save('One more')).toEqual({ status: 'full' });
    await views.change({ kind: 'remove', id: 1, by: ada });
    expect(await save('One more')).toMatchObject({ status: 'done' });
  });

  it('stay as they are when history cannot take the change', async () => {
    await save('Errors');
    const broken = await SavedViews.open({
      listViews: () => test.history.listViews(),
      changeView: () => Promise.reject(new HistoryUnavailableError('SQLITE_FULL', 'full')),
    });
    await expect(broken.change({ kind: 'remove', id: 1, by: ada })).rejects.toBeInstanceOf(
      HistoryUnavailableError,
    );
    expect(summary(broken.list(ada))).toEqual(summary());
  });
});

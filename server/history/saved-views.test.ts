import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_VIEWS } from '../../domain/views/view';
import { HistoryUnavailableError } from './errors';
import { openTestHistory, type TestHistory } from './events.test-support';
import { SavedViews } from './saved-views';

let test: TestHistory;
let views: SavedViews;
beforeEach(async () => {
  test = await openTestHistory();
  views = await SavedViews.open(test.history);
});
afterEach(() => test.close());

const save = (name: string, address = '/events?q=a') =>
  views.change({ kind: 'save', name, address, author: null });
const summary = (list = views.list()) =>
  list.map(({ id, name, address, starred }) => [id, name, address, starred]);

describe('saved views', () => {
  it('are saved, renamed, starred, changed and removed, and are there after a restart', async () => {
    expect(await save('Errors')).toMatchObject({
      status: 'done',
      view: { id: 1, name: 'Errors', address: '/events?q=a', starred: false, author: null },
    });
    await save('Nodes', '/nodes?view=table');
    await save('Gone');
    await views.change({ kind: 'rename', id: 1, name: 'Faults' });
    await views.change({ kind: 'star', id: 2, starred: true });
    await views.change({ kind: 'readdress', id: 1, address: '/events?q=b' });
    expect(await views.change({ kind: 'remove', id: 3 })).toMatchObject({
      status: 'done',
      view: { name: 'Gone' },
    });
    const expected = [
      [2, 'Nodes', '/nodes?view=table', true],
      [1, 'Faults', '/events?q=b', false],
    ];
    expect(summary()).toEqual(expected);
    expect(summary((await SavedViews.open(await test.reopen())).list())).toEqual(expected);
  });

  it('have names of their own, whatever the case; a name that is free again can be taken', async () => {
    await save('Errors');
    await save('Other');
    expect(await save('eRRORS')).toEqual({ status: 'name_taken' });
    expect(await views.change({ kind: 'rename', id: 2, name: 'ERRORS' })).toEqual({ status: 'name_taken' });
    expect(await views.change({ kind: 'rename', id: 1, name: 'ERRORS' })).toMatchObject({ status: 'done' });
    await views.change({ kind: 'remove', id: 1 });
    expect(await save('errors')).toMatchObject({ status: 'done', view: { id: 3 } });
  });

  it('decide between two who save under one name at once', async () => {
    const outcomes = await Promise.all([save('Errors'), save('errors')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'name_taken']);
    expect(views.list()).toHaveLength(1);
  });

  it('say when the one to change is gone', async () => {
    for (const kind of ['rename', 'star', 'readdress', 'remove'] as const) {
      const change = { kind, id: 7, name: 'x', starred: true, address: '/' } as const;
      expect(await views.change(change as Parameters<SavedViews['change']>[0])).toEqual({
        status: 'missing',
      });
    }
  });

  it('are bounded', async () => {
    await Promise.all(Array.from({ length: MAX_VIEWS }, (_, index) => save(`View ${index}`)));
    expect(await save('One more')).toEqual({ status: 'full' });
    await views.change({ kind: 'remove', id: 1 });
    expect(await save('One more')).toMatchObject({ status: 'done' });
  });

  it('stay as they are when history cannot take the change', async () => {
    await save('Errors');
    const broken = await SavedViews.open({
      listViews: () => test.history.listViews(),
      changeView: () => Promise.reject(new HistoryUnavailableError('SQLITE_FULL', 'full')),
    });
    await expect(broken.change({ kind: 'remove', id: 1 })).rejects.toBeInstanceOf(HistoryUnavailableError);
    expect(summary(broken.list())).toEqual(summary());
  });
});

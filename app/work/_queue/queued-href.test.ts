import { expect, it } from 'vitest';
import { filterOf, loadEventSearch } from '@/app/events/search-params';
import { parseQuery } from '@/domain/query';
import { queuedHref } from './queued-href';

const filterAt = (href: string | null) =>
  filterOf(loadEventSearch(new URL(href ?? '', 'http://ringside.invalid').searchParams));

it('leads to what is counted: one type, in the time range', () => {
  expect(filterAt(queuedHref('sync', { since: 1_766_700_000, until: 1_766_703_600 }))).toEqual({
    type: ['WORK_QUEUED'],
    q: 'payload.work_type="sync"',
    since: 1_766_700_000,
    until: 1_766_703_599.999,
  });
  expect(filterAt(queuedHref('sync', { since: null, until: null }))).not.toHaveProperty('since');
});

it('finds a type by whatever name it has', () => {
  const { q } = filterAt(queuedHref('a "b" & c=d', { since: null, until: null }));
  expect(parseQuery(q ?? '')).toMatchObject({ ok: true, node: { kind: 'payload', values: ['a "b" & c=d'] } });
});

it('leads nowhere from work of no type, and of types counted together', () => {
  for (const together of ['unknown', 'other'])
    expect(queuedHref(together, { since: null, until: null })).toBeNull();
});

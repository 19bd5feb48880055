import { describe, expect, it } from 'vitest';
import { filterFromParams } from '@/server/api/rest/query-params';
import { parseQuery } from '@/domain/query';
import type { EventFilter } from '@/domain/realtime/contract';
import { exportUrl } from './export-url';

/** The filter as the server reads it from the address; the tree of its query as text, without places. */
function readBack(filter: EventFilter) {
  const params = new URL(exportUrl(filter, 'csv', 'asc'), 'http://x').searchParams;
  const { asked, ...rest } = filterFromParams(params);
  const places = (key: string, value: unknown): unknown =>
    key === 'start' || key === 'end' ? undefined : value;
  return { rest, query: JSON.stringify(asked?.node, places) };
}
const tree = (q: string): string => {
  const parsed = parseQuery(q);
  return parsed.ok
    ? JSON.stringify(parsed.node, (key, value: unknown) =>
        key === 'start' || key === 'end' ? undefined : value,
      )
    : '';
};

describe('exportUrl', () => {
  it('asks for what the page shows', () => {
    const filter = {
      type: ['ELO_UPDATED'],
      node: ['a b', 'c'],
      severity: ['error' as const],
      since: 1.5,
      until: 2,
    };
    expect(readBack(filter)).toEqual({ rest: filter, query: undefined });
    expect(readBack({ q: 'a OR b' }).query).toBe(tree('a OR b'));
    expect(exportUrl({}, 'ndjson', 'desc')).toBe('/api/events/export?format=ndjson&order=desc');
  });

  it('keeps names with commas whole, beside any query', () => {
    expect(readBack({ node: ['a,b', 'c"'] }).query).toBe(tree('node:"a,b","c\\""'));
    expect(readBack({ q: 'x OR y', source: ['a,b'] }).query).toBe(tree('(x OR y) source:"a,b"'));
  });
});

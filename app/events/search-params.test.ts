import { describe, expect, it } from 'vitest';
import { MAX_QUERY_LENGTH } from '@/domain/query/parse';
import { filterOf, ignoredValues, loadEventSearch } from './search-params';

const load = (query: string) => loadEventSearch(new URLSearchParams(query));

describe('the URL of the events page', () => {
  it('reads every filter, repeated or joined by commas', () => {
    const search = load(
      'q=hex8&type=model_promoted,ELO_UPDATED&type=HOST_OFFLINE&category=model&severity=error&severity=critical' +
        '&node=gpu-h100-1&source=a,b&config=hex8_2p&model=hex8_2p_v43&since=2025-12-25T22:00:00Z&until=1766800000',
    );
    expect(filterOf(search)).toEqual({
      q: 'hex8',
      type: ['MODEL_PROMOTED', 'ELO_UPDATED', 'HOST_OFFLINE'],
      category: ['model'],
      severity: ['error', 'critical'],
      node: ['gpu-h100-1'],
      source: ['a,b'],
      config: ['hex8_2p'],
      model: ['hex8_2p_v43'],
      since: 1766700000,
      until: 1766800000,
    });
  });

  it('keeps the selection apart from the filter, so that opening an event does not start the feed over', () => {
    const search = load('selected=019B5E5A-0000-7000-8000-000000000001');
    expect(search.selected).toBe('019b5e5a-0000-7000-8000-000000000001');
    expect(filterOf(search)).toEqual({});
  });

  it.each([
    ['category=nonsense,model', { category: ['model'] }, ['category: “nonsense” was ignored']],
    ['severity=loud', {}, ['severity: “loud” was ignored']],
    ['since=yesterday', {}, ['since: “yesterday” was ignored']],
    ['until=1e400', {}, ['until: “1e400” was ignored']],
    ['type=<script>', {}, ['type: “<script>” was ignored']],
    ['selected=1', {}, ['selected: “1” was ignored']],
    ['q=&type=&since=', {}, []],
    ['utm_source=mail', {}, []],
  ])('%s', (query, filter, ignored) => {
    expect(filterOf(load(query))).toEqual(filter);
    expect(ignoredValues(new URLSearchParams(query))).toEqual(ignored);
  });

  it('takes any query that the box takes', () => {
    const q = `"${'訓'.repeat(MAX_QUERY_LENGTH - 2)}"`;
    expect(load(`q=${encodeURIComponent(q)}`).q).toBe(q);
    expect(load(`q=${encodeURIComponent(q)}x`).q).toBeNull();
  });

  it('takes the first of what can only be one, and says so', () => {
    expect(load('since=10&since=20').since).toBe(10);
    expect(ignoredValues(new URLSearchParams('since=10&since=20&type=A&type=B'))).toEqual([
      'since: only the first value is used',
    ]);
  });

  it('shortens what it complains about', () => {
    const [line] = ignoredValues(new URLSearchParams({ since: 'x'.repeat(5000) }));
    expect(line?.length).toBeLessThan(100);
  });

  it('bounds the number of values and says so', () => {
    const query = Array.from({ length: 60 }, (_, index) => `node=n${index}`).join('&');
    expect(filterOf(load(query)).node).toHaveLength(50);
    expect(ignoredValues(new URLSearchParams(query))).toEqual(['node: only the first 50 values are used']);
  });
});

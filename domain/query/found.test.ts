import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json';
import { event } from '../projections/testing/event';
import { matches, parseQuery, QueryMarks, rowWriter } from './index';

function nodeOf(query: string) {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
  return parsed.node;
}
const rowOf = (query: string, payload: JsonObject) =>
  rowWriter(nodeOf(query))(event('DATA_SYNC_COMPLETED', payload, 0, { config: null, node: 'gh200-a' }));

describe('rowWriter', () => {
  const payload = {
    took: 59.98,
    items_synced: 3,
    source: 'gh200-a',
    components: ['games', 'elo'],
    why: { reason: `${'x'.repeat(70)} out of memory` },
  };
  it.each([
    ['elo', 'components elo'],
    ['games', 'components games'],
    ['"out of memory"', 'reason …'],
    ['reason', 'reason xxx'],
    ['payload.took>50', 'took 60'],
    ['payload.items_synced>2', undefined],
    ['payload.why.reason:"*memory*"', undefined],
    ['elo memory', 'components elo · reason …'],
    ['elo OR absent', 'components elo'],
    ['-elo', undefined],
    ['gh200', undefined],
    ['node:gh200-a', undefined],
    ['after:2h', undefined],
  ])('says for %s that it found %s', (query, expected) => {
    const { found } = rowOf(query, payload);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found?.startsWith(expected)).toBe(true);
  });

  it('cuts a long text so that what was found is in it', () => {
    const { found = '' } = rowOf('memory', payload);
    expect(found.length).toBeLessThan(70);
    expect(found).toContain('memory');
  });

  it('has what was found near its beginning, where a narrow column shows it', () => {
    const { found } = rowOf('memory', { why: { error: 'CUDA error: an illegal memory access' } });
    expect(found).toBe('error …illegal memory access');
  });

  it('looks no further than a row is worth', () => {
    const late = { items_synced: 3, first: 'x '.repeat(10_000), last: 'elo' };
    expect(rowOf('elo', late).found).toBeUndefined();
    const long = { items_synced: 3, text: `${'x '.repeat(100_000)}elo`, last: 'elo' };
    expect(rowOf('elo', long).found).toBeUndefined();
  });

  it('shows in a row whatever word made a query find its event', () => {
    const word = fc.constantFrom('elo', 'games', 'memory', 'héllo', 'a1');
    const value = fc.oneof(word, fc.integer({ min: 0, max: 9 }), fc.array(word, { maxLength: 3 }));
    const payloads = fc.dictionary(fc.constantFrom('one', 'two_elo', 'three', 'x.y', '7'), value);
    fc.assert(
      fc.property(payloads, word, (each, sought) => {
        const node = nodeOf(sought);
        const stored = event('HOST_ONLINE', each, 0, { config: null, model: null, source: 'S' });
        if (!matches(node, stored, 0)) return;
        const { summary, found = '' } = rowWriter(node)(stored);
        expect(new QueryMarks(node).in('summary', `${found} | ${summary}`)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

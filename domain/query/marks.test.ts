import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../events/envelope';
import { indexWords, placedWords } from '../events/text/index-alphabet';
import type { JsonObject } from '../json';
import { matches, parseQuery, QueryMarks, type MarkedField } from './index';

function marksOf(query: string): QueryMarks {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
  return new QueryMarks(parsed.node);
}
/** The text with what is marked in brackets. */
function shown(query: string, field: MarkedField, text: string): string {
  let out = '';
  let at = 0;
  for (const { start, end } of marksOf(query).in(field, text)) {
    out += `${text.slice(at, start)}[${text.slice(start, end)}]`;
    at = end;
  }
  return out + text.slice(at);
}

describe('QueryMarks', () => {
  it.each([
    ['out', 'summary', 'Out of memory, without', '[Out] of memory, without'],
    ['me', 'summary', 'a memo about memory', 'a [memo] about [memory]'],
    ['"out of"', 'summary', 'OUT-OF memory out often', '[OUT-OF] memory out often'],
    ['ete', 'summary', 'Un ÉTÉ, un e\u0301te\u0301', 'Un [ÉTÉ], un [e\u0301te\u0301]'],
    ['gh200-a', 'node', 'gh200-a', '[gh200-a]'],
    ['gh200 "gh200 a"', 'node', 'gh200-a', '[gh200-a]'],
    ['elo', 'type', 'ELO_UPDATED', '[ELO]_UPDATED'],
    ['type:elo_updated', 'type', 'ELO_UPDATED', '[ELO_UPDATED]'],
    ['type:elo_updated', 'summary', 'ELO_UPDATED', 'ELO_UPDATED'],
    ['type:el*,elo_*', 'type', 'ELO_UPDATED', '[ELO_]UPDATED'],
    ['type:* node:x*', 'type', 'ELO_UPDATED', 'ELO_UPDATED'],
    ['severity:error', 'severity', 'error', '[error]'],
    ['error', 'severity', 'error', 'error'],
    ['-out', 'summary', 'out', 'out'],
    ['-(a -(b c))', 'summary', 'a b c', 'a [b] [c]'],
    ['a OR b', 'summary', 'a b', '[a] [b]'],
    ['after:2h', 'summary', '2h', '2h'],
  ] as const)('marks %j in %s %j', (query, field, text, expected) => {
    expect(shown(query, field, text)).toBe(expected);
  });

  it('marks payload values by comparison, words in keys and values, and phrases across both', () => {
    const payload: JsonObject = {
      new_elo: 1750,
      why: { reason: 'out of memory' },
      list: ['x', { y: 'memory' }],
    };
    expect(marksOf('payload.new_elo>1700').inPayload(payload).values).toEqual(
      new Map([['new_elo', [{ start: 0, end: 4 }]]]),
    );
    expect(marksOf('payload.new_elo>1800').inPayload(payload).values.size).toBe(0);
    const words = marksOf('memory').inPayload(payload);
    expect([...words.values.keys()]).toEqual(['why.reason', 'list.1.y']);
    expect(words.around).toEqual(new Set(['why', 'list', 'list.1']));
    const across = marksOf('"reason out"').inPayload(payload);
    expect(across.keys.get('why.reason')).toEqual([{ start: 1, end: 8 }]);
    expect(across.values.get('why.reason')).toEqual([{ start: 0, end: 4 }]);
  });

  const text = fc.constantFrom(
    'out',
    'Out-of-Memory',
    'a_b',
    'été',
    'me',
    '한국어',
    'gh200-a',
    '"',
    '',
    'of memory',
  );
  it('marks something exactly where the words are found', () => {
    const payload = fc.dictionary(
      fc.constantFrom('n', 'reason', 'été', 'a b'),
      fc.oneof(text, fc.array(text)),
    );
    const query = fc
      .record({ text, prefix: fc.boolean() })
      .filter((each) => indexWords(each.text).length > 0);
    fc.assert(
      fc.property(query, text, fc.option(text), payload, (asked, source, node, held) => {
        const term = { kind: 'text' as const, ...asked, start: 0, end: 0 };
        const event = { eventType: 'HOST_ONLINE', source, node, config: null, model: null, payload: held };
        const marks = new QueryMarks(term);
        const found = marks.inPayload(held);
        const count =
          marks.in('type', event.eventType).length +
          marks.in('source', source).length +
          marks.in('node', node ?? '').length +
          found.keys.size +
          found.values.size;
        expect(count > 0).toBe(matches(term, event as unknown as StoredEvent, 0));
      }),
      { numRuns: 1_000 },
    );
  });

  it('places the very words that the index has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (any) => {
        const placed = placedWords(any);
        expect(placed.map(({ word }) => word)).toEqual(indexWords(any));
        for (const { word, start, end } of placed) expect(indexWords(any.slice(start, end))).toEqual([word]);
      }),
      { numRuns: 1_000 },
    );
  });
});

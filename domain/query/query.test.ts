import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyQuery } from './arbitraries.test-support';
import { parseQuery, pointAt, printQuery, type QueryNode } from './index';

/** The same tree with all places at 0. */
const placeless = (node: QueryNode): unknown =>
  JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === 'start' || key === 'end' ? 0 : value)));

function tree(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.mistakes[0].message);
  return parsed.node;
}
const mistake = (text: string) => {
  const parsed = parseQuery(text);
  return parsed.ok ? null : parsed.mistakes[0];
};

describe('parseQuery', () => {
  it('reads back what the printer wrote', () => {
    fc.assert(
      fc.property(anyQuery, (node) => {
        expect(placeless(tree(printQuery(node)))).toEqual(placeless(node));
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers any text with a tree or a mistake that lies within it', () => {
    const signs = fc.constantFrom(
      '"',
      '(',
      ')',
      '-',
      'OR',
      ' ',
      ':',
      'type',
      'payload.x',
      '>',
      'a',
      '*',
      ',',
      '\\',
      '\0',
      'after',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(signs).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const found = mistake(text);
        if (found === null) return;
        expect(found.message).not.toBe('');
        expect(0 <= found.start && found.start <= found.end && found.end <= text.length).toBe(true);
        expect(pointAt(text, found)).toContain('^');
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['(', 'missing_term', 1],
    ['('.repeat(2_000), 'too_deep', 64],
    ['-'.repeat(2_000), 'too_deep', 64],
    ['x'.repeat(100_000), 'too_long', 4_096],
    ['a '.repeat(300), 'too_many_terms', 512],
    ['a "b', 'open_quote', 2],
    ['a OR', 'missing_term', 4],
    ['(a', 'open_parenthesis', 0],
    ['a)', 'stray_parenthesis', 1],
    ['NEAR(', 'missing_term', 5],
    ['*', 'no_word', 0],
    ['💥', 'no_word', 0],
    ['\0', 'no_word', 0],
    ['{node}:x', 'unknown_field', 0],
    ['payload:x', 'unknown_field', 0],
    ['a tpye:x', 'unknown_field', 2],
    ['node:', 'missing_value', 5],
    ['severity:loud', 'bad_value', 9],
    ['a category:model,modle', 'bad_value', 17],
    ['origin:nowhere', 'bad_value', 7],
    ['a elo>1700', 'unknown_field', 2],
    ['loss.val<=-0.5', 'unknown_field', 0],
    ['a elo > 1700', 'unknown_field', 2],
    ['payload.elo >1700', 'bad_operator', 0],
    ['payload.elo>high', 'bad_value', 12],
    ['node>3', 'bad_operator', 0],
    ['node > 3', 'bad_operator', 0],
    ['after > 3', 'bad_operator', 0],
    ['after:soon', 'bad_value', 6],
    ['node:*gh*', 'bad_value', 5],
    ['a node:x*,g*h', 'bad_value', 10],
    ['severity:l*', 'bad_value', 9],
    ['id:01*', 'bad_value', 3],
    ['payload.reason:out*', 'bad_value', 15],
  ])('explains %.20j', (text, code, start) => {
    expect(mistake(text)).toMatchObject({ code, start });
  });

  it.each([
    'elo>1700',
    'loss.val<=-0.5',
    'Payload.elo<3',
    'elo> 1700',
    'elo >= -0.5',
    '(elo <3)',
    'payload.elo > 1700',
  ])('explains %j by a query that it takes', (text) => {
    const [, advice = ''] = /write (\S+)/.exec(mistake(text)?.message ?? '') ?? [];
    const [, path = '', operator, limit] = /([\w.]+)\s*([<>]=?)\s*([-.\d]+)/.exec(text) ?? [];
    expect(tree(advice)).toMatchObject({
      kind: 'payload',
      path: path.toLowerCase().replace('payload.', '').split('.'),
      ...{ operator, values: [Number(limit)] },
    });
  });

  it('knows all terms and where they stand', () => {
    expect(tree('type:promotion_complete,new_games')).toMatchObject({
      values: ['MODEL_PROMOTED', expect.any(String)],
    });
    expect(tree('a -b OR c')).toMatchObject({
      kind: 'or',
      parts: [
        {
          kind: 'and',
          parts: [
            { start: 0, end: 1 },
            { kind: 'not', start: 2, end: 4 },
          ],
        },
        { start: 8, end: 9 },
      ],
    });
    expect(tree('type:model_*,promotion_complete')).toMatchObject({
      ...{ values: ['MODEL_PROMOTED'], prefixes: ['MODEL_'] },
    });
    expect(tree('node:"gh 2"*,*')).toMatchObject({ values: [], prefixes: ['gh 2', ''] });
    expect(tree('node:"a*"')).toMatchObject({ values: ['a*'], prefixes: [] });
    expect(tree('severity:E*,c*')).toMatchObject({ values: ['error', 'critical'], prefixes: [] });
    expect(tree('severity:ERROR')).toMatchObject({ values: ['error'] });
    expect(tree('category:Model')).toMatchObject({ values: ['model'] });
    expect(tree('payload.elo>=1700')).toMatchObject({ path: ['elo'], operator: '>=', values: [1700] });
    expect(tree('after:2h')).toMatchObject({ operator: '>=', moment: { ago: 7_200 } });
    expect(tree('until:2026-11-27T10:00')).toMatchObject({ operator: '<=', moment: { at: 1_795_773_600 } });
    expect(tree('gh200-a')).toMatchObject({ kind: 'text', text: 'gh200-a', prefix: true });
    for (const text of ['a->b', 'v3->4', 'List<2>', 'elo>5m'])
      expect(tree(text)).toMatchObject({ kind: 'text', text });
    for (const text of ['a> b', 'v3-> 4', 'elo> 5m', 'took 5 <a'])
      expect(tree(text)).toMatchObject({ kind: 'and' });
    expect(tree('"elo>1700"')).toMatchObject({ kind: 'text', text: 'elo>1700' });
    expect(tree(' ')).toMatchObject({ kind: 'all' });
    expect(tree('مرحبا')).toMatchObject({ kind: 'text' });
  });
});

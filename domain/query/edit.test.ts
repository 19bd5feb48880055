import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyQuery } from './arbitraries.test-support';
import type { QueryNode } from './ast';
import { termState, withTerm } from './edit';
import { parseQuery } from './parse';
import { printQuery } from './print';

const states = fc.constantFrom('included' as const, 'excluded' as const, null);
const values = fc.constantFrom('gh200-a', 'gh200', 'x"y', 'a b', 'été', '---', 'AND', 'Gh200-A', '(');

/** The tree without the places of its parts. */
function bare(text: string): unknown {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.mistakes[0].message}`);
  return JSON.parse(printedTree(parsed.node));
}
const printedTree = (node: QueryNode): string =>
  JSON.stringify(node, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value));

describe('a value in a query', () => {
  it('is what it was set to, whatever else the query says, and can be taken back', () => {
    fc.assert(
      fc.property(anyQuery, values, states, states, (node, value, first, second) => {
        const text = printQuery(node);
        const start = withTerm(text, 'node', value, null);
        expect(termState(start, 'node', value)).toBeNull();
        const once = withTerm(start, 'node', value, first);
        expect(termState(once, 'node', value)).toBe(first);
        const twice = withTerm(once, 'node', value, second);
        expect(termState(twice, 'node', value)).toBe(second);
        const parsed = parseQuery(start);
        const alone = parsed.ok && parsed.node.kind !== 'or';
        if (alone) expect(bare(withTerm(twice, 'node', value, null))).toEqual(bare(start));
      }),
    );
  });

  it.each([
    ['', 'severity', 'debug', 'excluded', '-severity:debug'],
    ['amber  lamp', 'node', 'gh200-a', 'included', 'amber  lamp node:gh200-a'],
    ['node:gh200-a lamp', 'node', 'gh200-b', 'included', 'node:gh200-a,gh200-b lamp'],
    ['-node:a lamp', 'node', 'b', 'excluded', '-node:a,b lamp'],
    ['a OR b', 'origin', 'router', 'excluded', '(a OR b) -origin:router'],
    ['node!=a lamp', 'node', 'a', null, 'lamp'],
    ['node:a AND lamp', 'node', 'a', null, 'lamp'],
    ['lamp AND node:a AND key', 'node', 'a', null, 'lamp AND key'],
    ['lamp AND node:a', 'node', 'a', null, 'lamp'],
    ['node:a', 'node', 'a', 'excluded', '-node:a'],
    ['(node:a', 'node', 'b', 'excluded', '(node:a'],
    ['', 'node', 'a b', 'included', 'node:"a b"'],
    ['node:gh* lamp', 'node', 'gh200-a', 'included', 'node:gh* lamp node:gh200-a'],
    ['-node:gh* lamp', 'node', 'b', 'excluded', '-node:gh* lamp -node:b'],
  ] as const)('%s with %s %s %s reads %s', (text, field, value, state, wanted) => {
    expect(withTerm(text, field, value, state)).toBe(wanted);
  });
});

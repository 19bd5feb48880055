import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  payloadProblem,
  payloadTextProblem,
  textProblem,
  timestampProblem,
  typeProblem,
} from './payload-limits';

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let level = 1; level < depth; level++) value = { a: value };
  return value;
}

describe('payloadProblem', () => {
  it('lets every JSON object pass', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (payload) => {
        expect(payloadProblem({ ...payload })).toBeNull();
        expect(payloadProblem(JSON.parse(JSON.stringify(payload)))).toBeNull();
      }),
    );
  });

  it.each([[null], [undefined], [[]], ['text'], [7], [true], [() => 0]])(
    'refuses %s, which is no object',
    (payload) => {
      expect(payloadProblem(payload)?.code).toBe('payload_not_object');
    },
  );

  it.each([
    [{ a: Number.NaN }],
    [{ a: [Number.POSITIVE_INFINITY] }],
    [{ a: undefined }],
    [{ a: () => 0 }],
    [{ a: Symbol('s') }],
    [{ a: 1n }],
    [{ a: new Date(0) }],
    [{ a: new Map() }],
    [{ a: new Array(2) }],
  ])('refuses %o, which is no JSON', (payload) => {
    expect(payloadProblem(payload)?.code).toBe('payload_not_json');
  });

  it('allows 64 levels and no more, in objects and in arrays', () => {
    expect(payloadProblem(nested(64))).toBeNull();
    expect(payloadProblem(nested(65))?.code).toBe('payload_too_deep');
    const list = (depth: number): unknown => (depth === 0 ? [] : [list(depth - 1)]);
    expect(payloadProblem({ a: list(62) })).toBeNull();
    expect(payloadProblem({ a: list(63) })?.code).toBe('payload_too_deep');
  });

  it('ends on a cycle and on a structure that would unfold without end', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(payloadProblem(cycle)?.code).toBe('payload_too_deep');
    let shared: unknown = 1;
    for (let level = 0; level < 40; level++) shared = [shared, shared];
    expect(payloadProblem({ shared })?.code).toBe('payload_too_large');
  });

  it('looks into an own __proto__ and pollutes nothing', () => {
    expect(payloadProblem(JSON.parse('{"__proto__":{"polluted":true}}'))).toBeNull();
    expect(payloadProblem(JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'))).toBeNull();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const hidden = JSON.parse('{"__proto__":{}}') as Record<string, Record<string, unknown>>;
    hidden['__proto__']!['bad'] = Number.NaN;
    expect(payloadProblem(hidden)?.code).toBe('payload_not_json');
  });
});

describe('payloadTextProblem', () => {
  it('counts bytes, not characters', () => {
    const limit = 1024 * 1024;
    expect(payloadTextProblem('x'.repeat(limit))).toBeNull();
    expect(payloadTextProblem('x'.repeat(limit + 1))?.code).toBe('payload_too_large');
    expect(payloadTextProblem('ü'.repeat(limit / 2))).toBeNull();
    expect(payloadTextProblem('ü'.repeat(limit / 2 + 1))?.code).toBe('payload_too_large');
  });
});

describe('envelope', () => {
  it.each(['', '   ', 'A\nB', 'A\u0000', '\u202e', 'x'.repeat(201), 7, null, undefined])(
    'refuses the type %j',
    (type) => {
      expect(typeProblem(type)?.code).toBe('event_type_invalid');
    },
  );

  it.each(['A', 'training_completed', 'x'.repeat(200), 'Größe', '<b>x</b>'])('takes the type %j', (type) => {
    expect(typeProblem(type)).toBeNull();
  });

  it('takes absent texts, and empty ones only where allowed', () => {
    expect(textProblem('source', undefined, false)).toBeNull();
    expect(textProblem('source', '', true)).toBeNull();
    expect(textProblem('source', '', false)?.code).toBe('envelope_invalid');
    expect(textProblem('source', 5, true)?.code).toBe('envelope_invalid');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1_766_700_000_000, '1766700000', null])(
    'refuses the timestamp %j',
    (timestamp) => {
      expect(timestampProblem(timestamp)?.code).toBe('timestamp_invalid');
    },
  );
});

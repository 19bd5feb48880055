import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawRow } from './parse-row';
import { parseRow } from './parse-row';
import { parsePayload } from './payload-text';
import { rowEventId } from './row-identity';

const raw = (change: Partial<RawRow>): RawRow => {
  const row = {
    event_id: 9,
    event_type: 'A',
    payload: '{}',
    source: 's',
    hostname: 'h',
    created_at: 1.5,
    ...change,
  };
  const bytes = typeof row.payload === 'string' ? Buffer.byteLength(row.payload) : null;
  return { payload_bytes: bytes, ...row };
};
const reasonOf = (change: Partial<RawRow>): string => {
  const parsed = parseRow(raw(change), 100);
  return parsed.ok ? 'ok' : parsed.deadLetter.reason;
};
const nested = (levels: number): string => '{"a":'.repeat(levels - 1) + '{}' + '}'.repeat(levels - 1);

describe('parseRow', () => {
  it.each<[string, Partial<RawRow>, string]>([
    ['broken JSON', { payload: '{"a":' }, 'not valid JSON'],
    ['nothing', { payload: ' ' }, 'the payload is empty'],
    ['NaN', { payload: '{"a": "Infinity", "b": NaN}' }, 'holds NaN, which'],
    ['-Infinity', { payload: '[-Infinity]' }, 'holds -Infinity, which'],
    ['an overflowing number', { payload: '{"a": [1e999]}' }, 'beyond the range'],
    ['an array', { payload: '[1]' }, 'an array, not a JSON object'],
    ['null', { payload: 'null' }, 'null, not a JSON object'],
    ['text', { payload: '"x"' }, 'a string, not a JSON object'],
    ['a BLOB', { payload: Buffer.from('{}') }, 'the payload is a BLOB'],
    ['NULL', { payload: null }, 'the payload is missing'],
    ['too deep', { payload: nested(65) }, 'deeper than 64'],
    [
      'far too deep',
      { payload: '{"a":' + '['.repeat(200_000) + ']'.repeat(200_000) + '}' },
      'deeper than 64',
    ],
    ['too large', { payload_bytes: 1024 * 1024 + 1 }, 'more than 1 MiB'],
    ['no type', { event_type: '' }, 'the event type is empty'],
    ['a BLOB type', { event_type: Buffer.from('A') }, 'the event type is a BLOB'],
    ['infinite time', { created_at: Infinity }, 'created_at is the number Infinity'],
    ['text as time', { created_at: 'now' }, 'created_at is text'],
    ['milliseconds', { created_at: 1_700_000_000_000 }, 'no time in epoch seconds'],
    ['no source', { source: null }, 'the source is missing'],
  ])('refuses %s with the reason', (_, change, reason) => {
    expect(reasonOf(change)).toContain(reason);
  });

  it('takes 64 levels and keeps the content of a refused row, cut at 64 KiB', () => {
    expect(reasonOf({ payload: nested(64) })).toBe('ok');
    const parsed = parseRow(raw({ payload: 'é'.repeat(60_000) }), 100);
    expect(parsed.ok ? 0 : Buffer.byteLength(parsed.deadLetter.content)).toBe(65_536);
    expect(parsed.ok ? '' : parsed.deadLetter.content).not.toContain('\uFFFD');
  });
});

describe('parsePayload', () => {
  it('lets __proto__ pollute nothing and keeps the rest', () => {
    const parsed = parsePayload(
      '{"a": 1, "__proto__": {"polluted": true}, "b": {"__proto__": null, "c": 2}}',
    );
    expect(parsed).toEqual({ ok: true, payload: { a: 1, b: { c: 2 } } });
    const payload = parsed.ok ? parsed.payload : {};
    expect(Object.keys(payload)).toEqual(['a', 'b']);
    expect(Object.getPrototypeOf(payload)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('keeps whole numbers exact: as numbers where a double can, else as text', () => {
    const text =
      '{"a": 9007199254740993, "b": [-9223372036854775808, 18446744073709551615], "c": "9007199254740993", "d": 1e20, "e": 0.12345678901234567}';
    expect(parsePayload(text)).toEqual({
      ok: true,
      payload: {
        a: '9007199254740993',
        b: [-(2 ** 63), '18446744073709551615'],
        c: '9007199254740993',
        d: 1e20,
        e: 0.12345678901234567,
      },
    });
  });

  it('reads any JSON object as JSON.parse does, big whole numbers apart', () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }));
    fc.assert(
      fc.property(object, (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text) && !text.includes('__proto__') && !text.includes('constructor'));
        expect(parsePayload(text)).toEqual({ ok: true, payload: JSON.parse(text) as unknown });
      }),
    );
  });

  it('keeps every integer of any size, by value', () => {
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        const parsed = parsePayload(`{"s": "${value}", "n": ${value}}`);
        const n = parsed.ok ? parsed.payload.n : null;
        expect(BigInt(n as string | number)).toBe(value);
      }),
    );
  });
});

describe('rowEventId', () => {
  const row = {
    rowId: 3,
    eventType: 'A',
    payloadText: '{}',
    source: 's',
    hostname: 'h',
    createdAt: 1_700_000_000.123,
  };

  it('is a UUID v7 with the row’s time in front, the same each time', () => {
    const id = rowEventId(row);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_123);
    expect(rowEventId({ ...row })).toBe(id);
  });

  it('is the one that histories hold already', () => {
    expect(rowEventId(row)).toBe('018bcfe5-687b-742c-b406-018e10da4e5f');
    expect(rowEventId({ ...row, createdAt: -5 })).toBe('00000000-0000-78b1-a489-3c751c6eed84');
    expect(rowEventId({ ...row, createdAt: 1e15 })).toBe('ffffffff-ffff-7892-b73b-c815c753ca80');
  });

  it('differs when any column differs, also across a column border', () => {
    const others = [
      { ...row, rowId: 4 },
      { ...row, eventType: 'B' },
      { ...row, payloadText: '{ }' },
      { ...row, source: 'sh', hostname: '' },
      { ...row, source: '', hostname: 'sh' },
      { ...row, createdAt: row.createdAt + 1e-6 },
    ];
    expect(new Set([row, ...others].map(rowEventId)).size).toBe(7);
  });
});

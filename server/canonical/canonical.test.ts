import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Json, JsonObject } from '../../domain/json';
import { canonicalJson, contentHash } from './canonical';

/** JSON values without lone surrogates, which the library refuses. */
const json = fc.jsonValue({ stringUnit: 'binary' }) as fc.Arbitrary<Json>;
const object = fc.dictionary(fc.string(), json).map((value) => ({ ...value })) as fc.Arbitrary<JsonObject>;
/** Strings of any UTF-16 units, lone surrogates among them. */
const units = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd7ff, max: 0xe000 })))
  .map((codes) => String.fromCharCode(...codes));

describe('canonicalJson', () => {
  it('writes what the RFC 8785 library writes', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it('writes many keys in the order of their UTF-16 units', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary' }), { minLength: 20, maxLength: 60 }), (keys) => {
        const value = Object.fromEntries(keys.map((key) => [key, 1]));
        expect(canonicalJson(value)).toBe(canonicalize(value));
      }),
    );
  });

  it.each([
    [-0, '0'],
    [1e21, '1e+21'],
    [333333333.33333329, '333333333.3333333'],
    [2 ** 53, '9007199254740992'],
    [1e-7, '1e-7'],
  ])('writes the number %d as ECMAScript does', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('writes an own key __proto__ like any other', () => {
    const value = JSON.parse('{"a":1,"__proto__":{"x":2}}') as Json;
    expect(canonicalJson(value)).toBe('{"__proto__":{"x":2},"a":1}');
  });
});

describe('contentHash', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(object, (payload) => {
        const reversed = Object.fromEntries(Object.entries(payload).reverse());
        expect(contentHash('T', reversed)).toBe(contentHash('T', payload));
      }),
    );
  });

  it('is SHA-256 over the canonical JSON of type and payload', () => {
    // printf '["A",{"b":1}]' | sha256sum
    expect(contentHash('A', { b: 1 })).toBe(
      '3c1b09f597d8f4f3162147b320dc27d93fcd3512f1f5308415c646044dffd6fd',
    );
  });

  it('keeps type and payload apart', () => {
    expect(contentHash('ab', { k: 'c' })).not.toBe(contentHash('a', { k: 'bc' }));
    expect(contentHash('a","b', {})).not.toBe(contentHash('a', { b: '' }));
  });

  it('differs for different strings, also with lone surrogates', () => {
    fc.assert(
      fc.property(units, units, (a, b) => {
        fc.pre(a !== b);
        expect(contentHash('T', { k: a })).not.toBe(contentHash('T', { k: b }));
        expect(contentHash('T', { [a]: 1 })).not.toBe(contentHash('T', { [b]: 1 }));
      }),
    );
    const lone = [{ k: '\ud800' }, { k: '\ud801' }, { k: '\udc00' }, { k: '\ufffd' }, { k: '\\ud800' }];
    expect(new Set(lone.map((payload) => contentHash('T', payload))).size).toBe(lone.length);
  });

  it('differs for values of different types that print alike', () => {
    const alike: JsonObject[] = [
      { k: 1 },
      { k: '1' },
      { k: true },
      { k: 'true' },
      { k: null },
      { k: 'null' },
      { k: [1] },
    ];
    expect(new Set(alike.map((payload) => contentHash('T', payload))).size).toBe(alike.length);
  });
});

describe('contentHash over many payloads of one type', () => {
  it('is the hash of the canonical JSON, whatever keys came before', () => {
    const keys = fc.shuffledSubarray(['b', 'a', 'c', '\u00e9', '1', '"'], { minLength: 0 });
    fc.assert(
      fc.property(fc.array(keys, { minLength: 2, maxLength: 8 }), (payloads) => {
        for (const names of payloads) {
          const payload = Object.fromEntries(names.map((name, value) => [name, value]));
          const expected = createHash('sha256')
            .update(canonicalJson(['SAME_TYPE', payload]))
            .digest('hex');
          expect(contentHash('SAME_TYPE', payload)).toBe(expected);
        }
      }),
    );
  });
});

describe('contentHash with the JSON text at hand', () => {
  it('is the same as without, whatever keys and values hold', () => {
    const pieces = fc.constantFrom(',', '"', ':', '{', '}', '[', 'a', 'b', '\\', ',"b":', '":1,"a', '1');
    const tricky = fc.array(pieces, { maxLength: 5 }).map((all) => all.join(''));
    const value = fc.oneof(tricky, json, fc.array(tricky, { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(tricky, value), { maxLength: 8 }), (entries) => {
        const payload: JsonObject = Object.fromEntries(entries);
        const expected = createHash('sha256')
          .update(canonicalJson(['TEXT_AT_HAND', payload]))
          .digest('hex');
        // The first of a type shows its keys, the next one is cut there.
        for (let times = 0; times < 2; times++)
          expect(contentHash('TEXT_AT_HAND', payload, JSON.stringify(payload))).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});

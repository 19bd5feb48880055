import fc from 'fast-check';
import type { StoredEvent } from '../../../domain/events/envelope';
import type { Json, JsonObject } from '../../../domain/json';
import type { PayloadNode } from './value-test';

export const LONG =
  'a text that is too long for a place in a column of values, and so has to be read; '.repeat(2);
const NUMBERS = [
  0, -0, 1, -1, 0.1, 0.25, 1e-7, 1e21, 4_294_967_296, -5e-324, 1_766_700_000.123, 255, 256, 65_536,
];
const TEXTS = ['', 'x', '0', 'null', 'größe', LONG, `${LONG}!`];
const KEYS = ['n', 'a', '__proto__', 'length', '0', 'a.b', 'Größe', 'toString'];
const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.integer({ min: 0, max: 9 }),
  fc.double({ noNaN: true }),
);
const plain = fc.oneof(number, fc.constantFrom(...TEXTS), fc.constantFrom(true, false, null));
const anyValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json; table: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    plain,
    tie('table'),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
  table: fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).value;
export const anyPayload = fc
  .dictionary(fc.constantFrom(...KEYS), anyValue, { maxKeys: 5, noNullPrototype: true })
  // As it arrives: read from JSON text.
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);

export const place = { start: 0, end: 0 };
const anyPath = fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 6 });
export const anyComparison: fc.Arbitrary<PayloadNode> = fc
  .oneof(
    fc.record({
      path: anyPath,
      operator: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
      values: number.map((limit) => [limit]),
    }),
    fc.record({
      path: anyPath,
      operator: fc.constantFrom('=' as const, '!=' as const),
      values: fc.array(plain, { minLength: 1, maxLength: 2 }),
    }),
  )
  .map((node) => ({ kind: 'payload' as const, ...node, ...place }));

/** What a matcher of comparisons looks at. */
export const asEvent = (payload: JsonObject): StoredEvent => ({ payload }) as unknown as StoredEvent;

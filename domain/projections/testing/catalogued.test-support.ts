import fc from 'fast-check';
import { CATALOGUE } from '../../events';
import type { StoredEvent } from '../../events/envelope';
import { fieldsOf, type FieldInfo } from '../../events/catalogue/fields';
import type { Json, JsonObject } from '../../json';
import { event } from './event';

/** Few names, so that events of a history concern one another. */
const POOLS: readonly (readonly [pattern: RegExp, values: readonly string[]])[] = [
  [/^(config|config_key)$/, ['hex8_2p', 'square8_3p', '__proto__']],
  [
    /model|rollback_to|rollback_from|candidate|champion|opponent/,
    ['hex8_2p_v1', 'hex8_2p_v2', 'square8_3p_v1'],
  ],
  [/node|host|leader|holder|source$|target|worker/, ['gh200-a', 'gh200-b', '__proto__']],
  [/job_id|run_id|study/, ['job-1', 'job-2']],
  [/work_id|task_id|item/, ['work-1', 'work-2', 'work-3']],
  [/lock|resource|daemon|coordinator|name$/, ['one', 'two']],
  [
    /category|status|level|priority|state|type$|trend|severity/,
    ['low', 'high', 'critical', 'good', 'poor', 'ok', 'failed'],
  ],
  [/timestamp|_at$/, ['2025-12-25T22:00:00Z', 'yesterday', '']],
];

const anyText = fc.constantFrom('a', '', 'x'.repeat(400), '<b>', '\ud800', 'hex8_2p_v1\nline two');
const anyNumber = fc.oneof(
  fc.integer({ min: -3, max: 500 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, 1_766_700_000, 1_766_700_000_000),
);
const anything = fc.oneof(
  ...[
    anyText,
    anyNumber,
    fc.boolean(),
    fc.constant(null),
    fc.constant([]),
    fc.constant([null, 'a', {}, 1e308]),
  ],
  fc.constant({ a: { b: [1] } }),
) as fc.Arbitrary<Json>;

function fitting({ name, type }: FieldInfo): fc.Arbitrary<Json> {
  const pool = POOLS.find(([pattern]) => pattern.test(name))?.[1];
  const text = pool ? fc.constantFrom(...pool) : anyText;
  if (type === 'int' || type === 'float') return anyNumber;
  if (type === 'bool') return fc.boolean();
  if (type === 'list[str]') return fc.array(text, { maxLength: 4 });
  if (type === 'dict') return fc.dictionary(text, fc.oneof(anyNumber, text), { maxKeys: 4 });
  return type === 'any' ? anything : text;
}

/** Mostly a value as documented, sometimes another, sometimes none: payloads drift. */
function field(info: FieldInfo): fc.Arbitrary<[string, Json] | null> {
  const value = fc.oneof({ weight: 8, arbitrary: fitting(info) }, { weight: 1, arbitrary: anything });
  return fc.option(
    value.map((each): [string, Json] => [info.name, each]),
    { freq: 6 },
  );
}

/** Ids and places that every producer may add. */
const COMMON: readonly FieldInfo[] = ['config_key', 'node_id', 'model_id', 'job_id', 'work_id'].map(
  (name) => ({
    name,
    type: 'str',
    required: false,
    hint: null,
  }),
);

const PAYLOADS: ReadonlyMap<string, fc.Arbitrary<JsonObject>> = new Map(
  CATALOGUE.map(({ name, schema }) => {
    const forms = fieldsOf(schema).map((fields) => {
      const known = new Set(fields.map((each) => each.name));
      const extra = COMMON.filter((each) => !known.has(each.name));
      return fc.tuple(...[...fields, ...extra].map(field));
    });
    const pairs = fc.oneof(...forms).map((all) => all.filter((pair) => pair !== null));
    return [name, pairs.map((all): JsonObject => Object.fromEntries(all))];
  }),
);

/**
 * Histories of catalogued events as a bad day produces them: fields missing and of other types, steps missing, repeated,
 * late and out of order, and now and then a type that nobody knows. `seconds` is how far event times are spread.
 */
export function catalogued(
  options: { types?: readonly string[]; maxLength?: number; seconds?: number } = {},
): fc.Arbitrary<StoredEvent[]> {
  const { types = [...PAYLOADS.keys()], maxLength = 80, seconds = 90_000 } = options;
  const one = fc.constantFrom(...types, 'TYPE_OF_TOMORROW').chain((type) =>
    fc.record({
      type: fc.constant(type),
      payload: PAYLOADS.get(type) ?? fc.constant({ model_id: 'hex8_2p_v1' }),
      at: fc.integer({ min: 0, max: seconds }),
      hostname: fc.constantFrom('gh200-a', 'gh200-b', 'coordinator'),
    }),
  );
  return fc
    .tuple(fc.array(one, { maxLength }), fc.boolean())
    .map(([all, sorted]) => (sorted ? all.sort((a, b) => a.at - b.at) : all))
    .map((all) =>
      all.map(({ type, payload, at, hostname }, n) => event(type, payload, at, { seq: n + 1, hostname })),
    );
}

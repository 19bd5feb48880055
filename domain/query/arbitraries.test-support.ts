import fc from 'fast-check';
import type { QueryNode } from './ast';

const at = { start: 0, end: 0 };
const WORDS = [
  'out',
  'out of memory',
  'gh200-a',
  'hex8_2p_v4',
  'été',
  'me',
  'a_b',
  '한국어',
  '1994.6',
  'say "x" \\ y',
];

const text = fc.record({ text: fc.constantFrom(...WORDS), prefix: fc.boolean() });
const field = fc.oneof(
  some('type', ['HOST_ONLINE', 'HOST_OFFLINE', 'NEW_GAMES_AVAILABLE', 'MODEL_PROMOTED']),
  some('node', ['gh200-a', 'gh200', '---', 'x"y', 'Gh200-A', '__proto__']),
  some('config', ['hex8_2p', 'HEX8_2p']),
  some('model', ['hex8_2p_v43', 'v43']),
  some('source', ['p2p_daemon', 'Daemon']),
  chosen('category', ['selfplay', 'cluster_health']),
  chosen('severity', ['error', 'info', 'warning']),
  chosen('origin', ['data_bus', 'stage_bus']),
);
function chosen<Name extends string>(name: Name, values: readonly string[]) {
  return fc.record({ field: fc.constant(name), values: listed(values, 1), prefixes: fc.constant([]) });
}
/** Values, or beginnings of them, or both. */
function some<Name extends string>(name: Name, values: readonly string[]) {
  const begun = fc.record({
    field: fc.constant(name),
    values: listed(values, 0),
    prefixes: fc.array(beginning(values), { minLength: 1, maxLength: 2 }),
  });
  return fc.oneof({ weight: 2, arbitrary: chosen(name, values) }, { weight: 1, arbitrary: begun });
}

function listed(values: readonly string[], minLength: number) {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength, maxLength: 2 });
}
function beginning(values: readonly string[]) {
  return fc.constantFrom(...values).chain((value) => fc.nat(value.length).map((end) => value.slice(0, end)));
}

const path = fc.constantFrom(['n'], ['reason'], ['__proto__'], ['n', '0'], ['elo'], ['node_id'], ['Größe']);
const payload = fc.oneof(
  fc.record({
    path,
    operator: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
    values: fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((n) => [n + 0]),
  }),
  fc.record({
    path,
    operator: fc.constantFrom('=' as const, '!=' as const),
    values: fc.array(fc.constantFrom('out', 'Out-of-Memory', '', true, null, 0, 7), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
);
const time = fc.record({
  operator: fc.constantFrom('>=' as const, '<' as const, '<=' as const),
  moment: fc.oneof(
    fc.nat(8).map((half) => ({ at: 1_766_700_000 + half / 2 })),
    fc.nat(8).map((ago) => ({ ago })),
  ),
});

const leaf: fc.Arbitrary<QueryNode> = fc.oneof(
  text.map((node) => ({ kind: 'text', ...node, ...at }) as const),
  field.map((node) => ({ kind: 'field', ...node, ...at }) as const),
  payload.map((node) => ({ kind: 'payload', ...node, ...at }) as const),
  time.map((node) => ({ kind: 'time', ...node, ...at }) as const),
);

/** Any query that the parser may give, without places. */
export const anyQuery: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      })
      .map((node) => ({ ...node, ...at })),
    tie('node').map((part) => ({ kind: 'not' as const, part, ...at })),
  ),
})).node;

import fc from 'fast-check';
import { SEVERITIES } from '../../domain/events/envelope';
import type { EventFilter } from '../../domain/realtime/contract';
import { newEvent } from './events.test-support';
import type { NewEvent } from './types';

/** Few values, close to each other, so that filters hit and nearly miss. */
const NODES = [
  'gh200-a',
  'gh200-b',
  'gh200',
  'gh200-a-2',
  'a',
  '---',
  'Gh200-A',
  'nœud-é',
  '노드',
  'x"y',
  '__proto__',
];
const CONFIGS = ['hex8_2p', 'hex8_3p', 'square8_2p', 'HEX8_2p'];
const MODELS = ['hex8_2p_v43', 'hex8_2p_v4', 'v43', 'hex8 2p v43'];
const TYPES = ['HOST_ONLINE', 'HOST_OFFLINE', 'ONLINE_HOST', 'NEW_GAMES_AVAILABLE'];
const CATEGORIES = ['cluster_health', 'selfplay', 'uncatalogued'];
const SOURCES = ['p2p_daemon', 'daemon', 'p2p daemon', 'Daemon'];
const WORDS = [
  'out',
  'Out-of-Memory',
  'memory',
  'gh200-a',
  'hex8_2p_v43',
  'éTé',
  'ete',
  'naïve',
  'σς',
  'ΣΣ',
  '한국어',
  'done🧠now',
  '💥',
  'straße',
  'STRASSE',
  'İx',
  '1994.6',
  '_',
  'AND',
  'NEAR',
  'payload',
  'a\u0308b',
  'ab',
];

const times = fc.integer({ min: 0, max: 6 }).map((step) => 1_766_700_000 + step / 2);
const maybe = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { freq: 4 });
const text = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join('-')),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const payload = fc.dictionary(
  fc.constantFrom('reason', 'node_id', 'Größe', '__proto__', 'n'),
  fc.oneof(text, fc.integer(), fc.double(), fc.array(text, { maxLength: 2 })),
  { maxKeys: 3, noNullPrototype: true },
);

/** Any event that a cluster, or someone who means harm, may send. */
export const anyEvent: fc.Arbitrary<NewEvent> = fc
  .record({
    eventType: fc.constantFrom(...TYPES),
    category: fc.constantFrom(...CATEGORIES),
    node: maybe(NODES),
    config: maybe(CONFIGS),
    model: maybe(MODELS),
    source: fc.constantFrom(...SOURCES),
    severity: fc.constantFrom(...SEVERITIES),
    timestamp: times,
    // As it arrives: read from JSON text.
    payload: payload.map((value) => JSON.parse(JSON.stringify(value)) as typeof value),
  })
  .map((fields) => newEvent({ ...fields, payload: fields.payload }));

const some = <Value>(values: readonly Value[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });

const hostile = fc.constantFrom(
  '"',
  '(((',
  'NEAR(',
  'payload:x',
  '*',
  'a AND',
  '\0',
  '""',
  "'; --",
  '{node}:x',
  '^a',
  '-a',
  '\ud83d',
  'a\0b',
);

export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 3, arbitrary: fc.constantFrom(...WORDS, ...NODES, ...MODELS) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...WORDS, ...NODES, ...MODELS)
      .chain((word) => fc.nat(word.length).map((end) => word.slice(0, end))),
  },
  { weight: 1, arbitrary: hostile },
);

export const anyFilter: fc.Arbitrary<EventFilter> = fc.record(
  {
    q: anyText,
    type: some(TYPES),
    category: some(CATEGORIES),
    node: some(NODES),
    config: some(CONFIGS),
    model: some(MODELS),
    source: some(SOURCES),
    severity: some(SEVERITIES),
    since: times,
    until: times,
  },
  { requiredKeys: [], noNullPrototype: true },
);

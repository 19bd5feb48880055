import { serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../events';
import type { StoredEvent } from '../events/envelope';
import type { Json, JsonObject } from '../json';
import { SELECTORS } from './rest';
import { objectOf } from './shared/rest';
import { event, T0 } from './testing/event';
import { catalogued } from './testing/catalogued.test-support';
import { folded, tableOf } from './testing/run';
import { createFold, PROJECTIONS } from '.';

const CONFIGS = ['hex8_2p', 'square8_3p'];
const NODES = ['gh200-a', 'gh200-b', '__proto__'];
const MODELS = ['hex8_2p_v1', 'hex8_2p_v2', 'hex8_2p_v3', 'square8_3p_v1', 'square8_3p_v2'];
const TYPES = CATALOGUE.map(({ name }) => name);

const payloads: fc.Arbitrary<JsonObject> = fc.record(
  {
    config_key: fc.constantFrom(...CONFIGS),
    node_id: fc.constantFrom(...NODES),
    model_id: fc.constantFrom(...MODELS),
    rollback_to: fc.constantFrom(...MODELS),
    rollback_from: fc.constantFrom(...MODELS),
    job_id: fc.constantFrom('job-1', 'job-2'),
    work_id: fc.constantFrom('work-1', 'work-2'),
    source: fc.constantFrom(...NODES),
    new_elo: fc.integer({ min: 1000, max: 2000 }),
    elo: fc.integer({ min: 1000, max: 2000 }),
    health_score: fc.double({ min: 0, max: 1, noNaN: true }),
    games_generated: fc.integer({ min: 0, max: 500 }),
    level: fc.constantFrom('low', 'critical'),
    success: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Events of all types, with seqs in order of history and times that need not follow it. */
function histories(
  types: readonly string[],
  more: fc.Arbitrary<JsonObject> = payloads,
): fc.Arbitrary<StoredEvent[]> {
  const one = fc.record({
    type: fc.constantFrom(...types),
    payload: more,
    seconds: fc.integer({ min: 0, max: 7200 }),
    hostname: fc.constantFrom(...NODES),
  });
  return fc
    .array(one, { maxLength: 80 })
    .map((all) =>
      all.map(({ type, payload, seconds, hostname }, index) =>
        event(type, payload, seconds, { seq: index + 1, hostname }),
      ),
    );
}

const STATE_TYPES = [
  ...[
    'MODEL_PROMOTED',
    'PROMOTION_ROLLED_BACK',
    'TRAINING_ROLLBACK_COMPLETED',
    'ELO_UPDATED',
    'EVALUATION_COMPLETED',
  ],
  ...[
    'HOST_ONLINE',
    'HOST_OFFLINE',
    'NODE_RECOVERED',
    'NODE_UNHEALTHY',
    'HEALTH_CHECK_PASSED',
    'HEALTH_CHECK_FAILED',
  ],
  ...['NODE_OVERLOADED', 'BACKPRESSURE_RELEASED', 'SELFPLAY_COMPLETE', 'TASK_ORPHANED', 'WORK_TIMEOUT'],
];

/** What must not depend on the order of arrival: champions, ratings, and how the nodes are. */
function standing(events: readonly StoredEvent[]): unknown {
  const fold = folded(events);
  const configs = [...tableOf(fold, 'models.configs')] as [string, Record<string, Json>][];
  const nodes = [...tableOf(fold, 'nodes.nodes')] as [string, Record<string, Json>][];
  return {
    champions: new Map(
      configs.map(([key, { champion, previous, elo, best_elo }]) => [
        key,
        [champion, previous, elo, best_elo],
      ]),
    ),
    series: fold.selectState('elo'),
    nodes: new Map(
      nodes.map(([key, { status, link, conditions, last_seen, contradiction }]) => [
        key,
        [status, link, conditions, last_seen, contradiction === null],
      ]),
    ),
  };
}

describe('laws of the fold', () => {
  it('folding with snapshot and restore at any point equals folding in one go', () => {
    fc.assert(
      fc.property(fc.oneof(histories(TYPES), catalogued()), fc.nat(), (events, cut) => {
        const at = events.length === 0 ? 0 : cut % events.length;
        const resumed = createFold();
        expect(resumed.restore(folded(events.slice(0, at)).snapshot())).toBe(true);
        for (const each of events.slice(at)) resumed.fold(each);
        expect(resumed.snapshot()).toEqual(folded(events).snapshot());
      }),
      { numRuns: 150 },
    );
  });

  it('folding on from projections that were each taken at another point equals folding in one go', () => {
    const cuts = fc.array(fc.nat(), { minLength: PROJECTIONS.length, maxLength: PROJECTIONS.length });
    fc.assert(
      fc.property(fc.oneof(histories(TYPES), catalogued()), cuts, (given, points) => {
        const events = given.map((each, at) => ({ ...each, seq: at + 1 }));
        const fold = createFold();
        const taken: ReturnType<typeof fold.viewOf>[] = [];
        for (let at = 0; at <= events.length; at++) {
          for (const [place, point] of points.entries())
            if (point % (events.length + 1) === at) taken.push(structuredClone(fold.viewOf(place)));
          const next = events[at];
          if (next !== undefined) fold.fold(next);
        }
        const resumed = createFold();
        expect(resumed.restore({ asOfSeq: 0, clock: null, projections: taken })).toBe(true);
        expect(resumed.asOfSeq).toBe(Math.min(...taken.map(({ asOfSeq }) => asOfSeq)));
        for (const each of events.slice(resumed.asOfSeq)) resumed.fold(each);
        expect(resumed.snapshot()).toEqual(fold.snapshot());
      }),
      { numRuns: 100 },
    );
  });

  it('champions, ratings and node states do not depend on the order of arrival', () => {
    const shuffled = histories(STATE_TYPES).chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    );
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(standing(other)).toEqual(standing(events));
      }),
      { numRuns: 400 },
    );
  });

  it('a snapshot does not change with what is folded later', () => {
    fc.assert(
      fc.property(histories(TYPES), histories(TYPES), (before, after) => {
        const fold = folded(before);
        const snapshot = fold.snapshot();
        const copy = structuredClone(snapshot);
        for (const each of after) fold.fold(each);
        expect(snapshot).toEqual(copy);
      }),
      { numRuns: 50 },
    );
  });

  it('an entity once read stays as it was, whatever is folded later', () => {
    fc.assert(
      fc.property(fc.oneof(histories(TYPES), catalogued()), (events) => {
        const fold = folded(events.slice(0, events.length / 2));
        const read = fold.topics.map((topic) => [topic, tableOf(fold, topic)] as const);
        const copies = structuredClone(read);
        for (const each of events.slice(events.length / 2)) fold.fold(each);
        expect(read).toEqual(copies);
      }),
      { numRuns: 200 },
    );
  });

  it('every entity that changes is touched', () => {
    fc.assert(
      fc.property(fc.oneof(histories(TYPES), catalogued()), (events) => {
        const fold = createFold();
        const shown = new Map(fold.topics.map((topic) => [topic, tableOf(fold, topic)]));
        for (const each of events) {
          fold.fold(each, (topic, key) => {
            // Read once the event is folded: only the keys count here.
            touched.push([topic, key]);
          });
          for (const [topic, key] of touched.splice(0)) {
            const entity = fold.topicReader(topic)?.entity(key);
            if (entity === undefined) shown.get(topic)?.delete(key);
            else shown.get(topic)?.set(key, structuredClone(entity));
          }
        }
        for (const topic of fold.topics) expect(shown.get(topic), topic).toEqual(tableOf(fold, topic));
      }),
      { numRuns: 150 },
    );
    expect(touched).toEqual([]);
  });
});

/** As it arrives: NaN and infinities have become null. */
const travelled = (value: Json): unknown => JSON.parse(JSON.stringify(value), (_, each: unknown) => each);

const touched: [topic: string, key: string][] = [];

describe('hostile events', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', '<script>alert(1)</script>', 'x'.repeat(100_000), '\ud800'),
  );
  const anything = fc.oneof(
    ...[text, fc.double(), fc.boolean(), fc.constant(null), fc.array(text), fc.dictionary(text, text)],
  ) as fc.Arbitrary<Json>;
  const keys = fc.constantFrom(
    ...[
      'model_id',
      'config_key',
      'node_id',
      'rollback_to',
      'rollback_from',
      'new_elo',
      'elo',
      'nodes',
      'capabilities',
    ],
    ...[
      'job_id',
      'work_id',
      'issues',
      'source',
      'target',
      'level',
      'avg_quality',
      'success',
      'locks_involved',
      'term',
    ],
    '__proto__',
  );
  const hostile = fc
    .array(fc.tuple(keys, anything), { maxLength: 8 })
    .map(
      (fields) =>
        JSON.parse(
          `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
        ) as JsonObject,
    );

  it('never throw, neither folded nor read, and pollute nothing', () => {
    fc.assert(
      fc.property(histories(TYPES, hostile), (events) => {
        const fold = folded(events);
        for (const topic of fold.topics) tableOf(fold, topic);
        for (const name of SELECTORS.keys()) {
          expect(() => JSON.stringify(fold.selectState(name))).not.toThrow();
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('bring no NaN, no infinity and nothing but JSON to a page', () => {
    fc.assert(
      fc.property(fc.oneof(catalogued(), catalogued({ seconds: 1_200 })), (events) => {
        const fold = folded(events);
        for (const topic of fold.topics)
          for (const [key, entity] of tableOf(fold, topic))
            expect(travelled(entity), `${topic} ${key}`).toEqual(entity);
        for (const name of SELECTORS.keys()) {
          const state = fold.selectState(name) ?? null;
          expect(travelled(state), name).toEqual(state);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep a key such as __proto__ apart from the object in the answers', () => {
    const fold = folded([
      event('HOST_ONLINE', { node_id: '__proto__' }),
      event('ELO_UPDATED', { config_key: '__proto__', new_elo: 1 }),
    ]);
    const { nodes } = fold.selectState('nodes') as unknown as { nodes: Record<string, unknown> };
    expect(Object.keys(nodes)).toContain('__proto__');
    expect(JSON.stringify(fold.selectState('elo'))).toContain('"__proto__":{"current":1');
  });

  it('cannot set the clock to a far future', () => {
    const fold = folded([
      event('HOST_ONLINE', { node_id: 'a' }, 0),
      event('HOST_OFFLINE', { node_id: 'a' }, 0, { timestamp: T0 * 1000, receivedAt: T0 + 10 }),
      event('HOST_ONLINE', { node_id: 'a' }, 60),
    ]);
    expect(fold.clock).toBe(T0 + 60);
    expect(fold.topicReader('nodes.nodes')?.entity('a')).toMatchObject({ status: 'online' });
  });

  it('of ever new names stay within bounds, whatever their types', { timeout: 120_000 }, () => {
    const fold = createFold();
    // More than the tables that one type alone fills may hold.
    const perType = 210;
    for (let id = 0; id < perType; id += 1) {
      for (const [index, type] of [...TYPES, `TYPE_${id}`].entries()) {
        fold.fold(event(type, namesOf(id, index), id * 60 + index / 10));
      }
    }
    for (const { topics } of PROJECTIONS)
      for (const [name, topic] of Object.entries(topics) as [string, { limit: number }][])
        expect(tableOf(fold, name).size, name).toBeLessThanOrEqual(topic.limit);
    expect(serialize(fold.view()).length).toBeLessThan(100e6);
  });
});

/** A name of its own for every field by which a projection may key a table. */
function namesOf(id: number, type: number): JsonObject {
  const own = `${id}-${type}`;
  const ids = [
    ...[
      'node_id',
      'host',
      'job_id',
      'work_id',
      'task_id',
      'source',
      'target',
      'lock_name',
      'resource_id',
      'holder',
    ],
    ...[
      'daemon_name',
      'coordinator_name',
      'run_id',
      'study_id',
      'opponent_id',
      'handler_name',
      'game_id',
      'param_name',
    ],
  ].map((field) => [field, `${field}-${own}`] as const);
  return {
    ...objectOf<Json>(ids),
    config_key: `hex${own.replace('-', 'x')}_2p`,
    model_id: `hex${id}x${type}_2p_v1`,
    new_elo: id,
    elo: id,
    epoch: id,
    train_loss: 1 / (id + 1),
    avg_quality: (id % 100) / 100,
  };
}

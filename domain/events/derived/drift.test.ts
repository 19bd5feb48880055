import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../json';
import { CATALOGUE, definitionOf } from '../catalogue';
import { driftOf } from './drift';
import { fieldsOf } from '../catalogue/fields';
import { normaliseEventType } from '../names/names';
import { RECORDED } from '../recorded-payloads.test-support';

const sound = {
  config_key: 'hex8_2p',
  model_id: 'hex8_2p_v16',
  model_path: 'models/hex8_2p_v16.pth',
  val_loss: 0.5,
  train_loss: 1,
  epochs: 14,
  timestamp: '2025-12-25T23:17:47+00:00',
  success: true,
};

/** Findings in short: `kind path`. */
function short(eventType: string, payload: JsonObject): string[] {
  return driftOf(eventType, payload).map(({ kind, path }) => `${kind} ${path}`);
}

describe('driftOf', () => {
  it('finds nothing in a documented payload, nor in one of an uncatalogued type', () => {
    expect(driftOf('TRAINING_COMPLETED', sound)).toEqual([]);
    expect(driftOf('SOMETHING_NEW', { any: 'thing' })).toEqual([]);
  });

  it('tells fields that the documentation lacks', () => {
    expect(driftOf('TRAINING_COMPLETED', { ...sound, job_id: 'j1' })).toEqual([
      { path: 'job_id', kind: 'unexpected', message: 'job_id is not documented for this type' },
    ]);
  });

  it('takes what an action adds for documented in an action only, also where its keys were sound before', () => {
    const offline = { node_id: 'a', host_id: 'a', reason: 'gone', timestamp: '2025-12-25T23:17:47+00:00' };
    const acted = { ...offline, actor: 'ann', action_id: 'a1' };
    const strays = ['unexpected actor', 'unexpected action_id'];
    expect(short('HOST_OFFLINE', acted)).toEqual([]);
    expect(short('HOST_OFFLINE', { ...acted, action_id: 5 })).toEqual(strays);
    expect(short('HOST_OFFLINE', offline)).toEqual([]);
    expect(short('HOST_OFFLINE', { ...acted, action_id: 5 })).toEqual(strays);
    expect(short('HOST_OFFLINE', { ...offline, actor: 'ann' })).toEqual(['unexpected actor']);
  });

  it('tells the stray fields of each payload, not those of the one before', () => {
    const strays = [['job_id'], ['job_id'], ['host'], [], ['host', 'job_id'], ['job_id', 'host']];
    for (const keys of strays) {
      const payload = { ...sound, ...Object.fromEntries(keys.map((key) => [key, 1])) };
      expect(short('TRAINING_COMPLETED', payload)).toEqual(keys.map((key) => `unexpected ${key}`));
    }
  });

  it('tells missing fields and fields of another type', () => {
    const odd = { ...sound, epochs: 1.5, val_loss: 'low', success: null };
    const payload = Object.fromEntries(Object.entries(odd).filter(([key]) => key !== 'model_path'));
    expect(driftOf('TRAINING_COMPLETED', payload)).toEqual([
      { path: 'model_path', kind: 'missing', message: 'model_path is documented for this type but missing' },
      { path: 'val_loss', kind: 'wrong_type', message: 'val_loss should be a number but is text' },
      {
        path: 'epochs',
        kind: 'wrong_type',
        message: 'epochs should be a whole number but is a number with a fraction',
      },
      { path: 'success', kind: 'wrong_type', message: 'success should be true or false but is null' },
    ]);
  });

  it('says so where a whole number is too large to be exact', () => {
    expect(driftOf('TRAINING_COMPLETED', { ...sound, epochs: 2 ** 60 })[0]?.message).toContain(
      'too large to be exact',
    );
  });

  it('accepts anywhere what producers put everywhere', () => {
    const elo = { model_id: 'm', config_key: 'c', old_elo: 1, new_elo: 2, elo_delta: 1, games_played: 3 };
    expect(
      driftOf('ELO_UPDATED', { ...elo, timestamp: 'now', source: 'x', correlation_id: 'y', sequence: 4 }),
    ).toEqual([]);
  });

  it('compares with the closest of several documented forms', () => {
    expect(short('QUALITY_SCORE_UPDATED', { game_id: 'g1', quality_score: 0.8, is_per_game: true })).toEqual([
      'missing quality_category',
      'missing training_weight',
      'missing game_length',
      'missing is_decisive',
      'missing source',
    ]);
    expect(
      short('QUALITY_SCORE_UPDATED', { board_type: 'hex8', num_players: 2, avg_quality: 'good' }),
    ).toEqual([
      'wrong_type avg_quality',
      'missing total_games',
      'missing high_quality_games',
      'missing timestamp',
    ]);
  });

  it('does not hold against a type what nobody documented', () => {
    expect(driftOf('WORK_STARTED', { work_id: 'w1', anything: 1 })).toEqual([]);
    expect(driftOf('P2P_NODE_DEAD', {})).toEqual([]);
    expect(short('P2P_NODE_DEAD', { node_id: 7 })).toEqual(['wrong_type node_id']);
    expect(short('WORK_STARTED', {})).toEqual(['missing work_id']);
  });

  it('lists 20 findings at most and shortens long paths', () => {
    const many: Record<string, Json> = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, i) => [`extra_${i}`, i]),
    );
    expect(driftOf('TRAINING_COMPLETED', many)).toHaveLength(20);
    expect(driftOf('TRAINING_COMPLETED', { ...sound, ['k'.repeat(5000)]: 1 })[0]?.path).toHaveLength(80);
  });

  it('reports a list of wrong items once', () => {
    const payload = {
      game_ids: Array.from({ length: 1000 }, (_, i) => i),
      source: 's',
      targets: [],
      count: 1,
    };
    expect(short('GAME_SYNCED', payload)).toEqual(['wrong_type game_ids']);
  });

  it('treats __proto__ as a key like any other', () => {
    const payload = JSON.parse('{"__proto__": {"work_id": "w1"}, "constructor": 1}') as JsonObject;
    expect(short('WORK_STARTED', payload)).toEqual(['missing work_id']);
    expect(short('SYNC_TRIGGERED', payload)).toEqual([
      'missing config_key',
      'missing reason',
      'missing data_age_hours',
      'unexpected __proto__',
      'unexpected constructor',
    ]);
    expect(({} as Record<string, unknown>)['work_id']).toBeUndefined();
  });
});

describe('recorded payloads', () => {
  /** What the cluster's processes really add and omit; every other form that was recorded fits. */
  const DRIFTED: Readonly<Record<string, readonly string[]>> = {
    HEALTH_CHECK_PASSED: ['unexpected cpu_util', 'unexpected gpu_util', 'unexpected memory_util'],
    REGRESSION_DETECTED: ['unexpected model_id'],
    TRAINING_COMPLETED: ['unexpected job_id'],
    TRAINING_FAILED: ['unexpected job_id'],
    TRAINING_PROGRESS: ['unexpected job_id', 'unexpected total_epochs'],
    TRAINING_THRESHOLD_REACHED: ['unexpected event_subtype'],
  };

  it.each(RECORDED)('%s', (wireType, payload) => {
    const eventType = normaliseEventType(wireType);
    expect(definitionOf(eventType)).toBeDefined();
    if ('event' in payload) {
      expect(short(eventType, payload)).toContain('unexpected metrics');
      expect(short(eventType, payload)).toContain('missing games_exported');
    } else {
      expect(short(eventType, payload)).toEqual(DRIFTED[eventType] ?? []);
    }
  });
});

it('is empty exactly where the schema accepts the payload and knows its fields', () => {
  const fieldNames = CATALOGUE.flatMap((entry) => entry.keyFields);
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.jsonValue(),
  );
  const edit = fc.dictionary(fc.constantFrom(...fieldNames, '__proto__'), value, { maxKeys: 4 });
  fc.assert(
    fc.property(fc.constantFrom(...RECORDED), edit, fc.boolean(), ([wireType, recorded], changes, whole) => {
      const eventType = normaliseEventType(wireType);
      const payload = { ...(whole ? recorded : {}), ...changes } as JsonObject;
      const findings = driftOf(eventType, payload);
      const misfits = findings.filter(({ kind }) => kind !== 'unexpected');
      expect(misfits.length === 0).toBe(definitionOf(eventType)?.schema.safeParse(payload).success);
      expect(new Set(findings.map(({ path }) => path)).size).toBe(findings.length);
    }),
    { numRuns: 500 },
  );
});

describe('the quick check', () => {
  const value = fc.oneof(
    ...[fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()],
    ...[
      fc.constant(null),
      fc.array(fc.string()),
      fc.array(fc.integer()),
      fc.dictionary(fc.string(), fc.string()),
    ],
    fc.constantFrom(2 ** 53, -(2 ** 60), 1e308, -0),
  );

  it('finds a payload sound exactly when its schema does', () => {
    for (const definition of CATALOGUE) {
      const names = [...new Set(fieldsOf(definition.schema).flatMap((form) => form.map(({ name }) => name)))];
      const payloads = fc.record(Object.fromEntries(names.map((name) => [name, value])), {
        requiredKeys: [],
      });
      fc.assert(
        fc.property(payloads, (payload) => {
          const findings = driftOf(definition.name, payload as JsonObject).filter(
            ({ kind }) => kind !== 'unexpected',
          );
          expect(findings.length === 0).toBe(definition.schema.safeParse(payload).success);
        }),
        { numRuns: 25 },
      );
    }
  });
});

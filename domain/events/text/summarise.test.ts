import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json';
import { CATALOGUE } from '../catalogue';
import type { StoredEvent } from '../envelope';
import { normaliseEventType } from '../names/names';
import { RECORDED } from '../recorded-payloads.test-support';
import { toRow } from '../row';
import { summarise } from './summarise';

describe('summarise', () => {
  it.each<[string, JsonObject, string]>([
    [
      'ELO_UPDATED',
      { model_id: 'hex8_2p_v16', old_elo: 1454.44, new_elo: 1500.8, elo_delta: 46.36 },
      'hex8_2p_v16 · elo 1454.4 → 1500.8 · elo delta 46.4',
    ],
    [
      'SELFPLAY_RATE_CHANGED',
      { config_key: 'hex8_3p', old_rate: 1, new_rate: 0.7, change_pct: -30 },
      'rate 1 → 0.7 · change -30 %',
    ],
    [
      'HYPERPARAMETER_UPDATED',
      { param_name: 'lr', old_value: 0.001, new_value: 0.00028812 },
      'param name lr · value 0.001 → 0.000288',
    ],
    [
      'SYNC_STALLED',
      { duration_seconds: 613.6322, timeout_threshold: 600 },
      'duration 613.6 s · timeout threshold 600',
    ],
    [
      'TASK_ORPHANED',
      { task_id: 't1', last_heartbeat: 1_766_725_202.8 },
      't1 · last heartbeat 2025-12-26 05:00:02 UTC',
    ],
    [
      'SOMETHING_NEW',
      { old_deadline: 1_766_725_202, new_deadline: 1_766_728_802 },
      'deadline 2025-12-26 05:00:02 UTC → 2025-12-26 06:00:02 UTC',
    ],
    ['TASK_ORPHANED', { task_id: 't1', last_heartbeat: 12.5 }, 't1 · last heartbeat 12.5'],
    ['LOCK_RELEASED', { lock_name: 'elo_db_4' }, 'elo_db_4'],
    ['MODEL_DISTRIBUTION_COMPLETE', { model_id: 'm1', nodes: ['a', 'b', 'c'] }, 'm1 · nodes 3 items'],
    [
      'DATA_SYNC_STARTED',
      { sync_type: 'data', source: 'a', targets: ['b', 'c'] },
      'sync type data · source a · targets b, c',
    ],
    ['DAEMON_STARTED', { daemon_type: 'x', config: {} }, 'daemon type x'],
    [
      'PARITY_VALIDATION_COMPLETED',
      { success: false, parity_rate: 0.9951 },
      'success no · parity rate 0.995',
    ],
    [
      'SOMETHING_NEW',
      { colour: 'green', size: 1e-7, deep: { a: 1 } },
      'colour green · size 1e-7 · deep 1 field',
    ],
    ['SOMETHING_NEW', {}, ''],
  ])('%s', (eventType, payload, line) => {
    expect(summarise(eventType, payload)).toBe(line);
  });

  it('shows the other form of a payload where its key fields belong to one form only', () => {
    const line = summarise('QUALITY_SCORE_UPDATED', {
      game_id: 'g1',
      quality_score: 0.839,
      quality_category: 'excellent',
    });
    expect(line).toBe('g1 · quality score 0.839 · quality category excellent');
  });

  it('leaves markup as text and takes out what would break or reorder a line', () => {
    const payload = { lock_name: '<b>a</b>\u0000\n\u202eb', holder: '\ud800x' };
    expect(summarise('LOCK_ACQUIRED', payload)).toBe('<b>a</b> b · holder x');
  });

  it('says something about every recorded payload', () => {
    for (const [wireType, payload] of RECORDED)
      expect(summarise(normaliseEventType(wireType), payload)).not.toBe('');
  });

  it('is one line of at most 120 well-formed characters, whatever the payload', () => {
    const names = CATALOGUE.map((entry) => entry.name);
    const keys = CATALOGUE.flatMap((entry) => entry.keyFields);
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', minLength: 100 }),
      fc.jsonValue(),
    );
    const payload = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string({ unit: 'binary' })), value);
    fc.assert(
      fc.property(fc.constantFrom(...names, 'SOMETHING_NEW'), payload, (eventType, some) => {
        const line = summarise(eventType, some as JsonObject);
        expect(line.length).toBeLessThanOrEqual(120);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
      { numRuns: 500 },
    );
  });
});

describe('toRow', () => {
  const event: StoredEvent = {
    eventId: '019b5a00-0000-7000-8000-000000000001',
    seq: 7,
    eventType: 'ELO_UPDATED',
    wireType: 'elo_updated',
    payload: { model_id: 'hex8_2p_v16', old_elo: 1400, new_elo: 1410.5, elo_delta: 10.5 },
    source: 'EloService',
    hostname: 'gh200-a',
    origin: 'data_bus',
    timestamp: 100.5,
    receivedAt: 101,
    contentHash: 'ab'.repeat(32),
    correlationId: null,
    parentEventId: null,
    duplicateOf: null,
    queueEventId: 12,
    category: 'evaluation',
    severity: 'info',
    config: 'hex8_2p',
    node: 'gh200-a',
    model: 'hex8_2p_v16',
    drift: [{ path: 'games_played', kind: 'missing', message: 'missing' }],
  };

  it('carries what a line needs', () => {
    expect(toRow(event)).toEqual({
      seq: 7,
      event_id: event.eventId,
      event_type: 'ELO_UPDATED',
      category: 'evaluation',
      severity: 'info',
      origin: 'data_bus',
      source: 'EloService',
      node: 'gh200-a',
      config: 'hex8_2p',
      model: 'hex8_2p_v16',
      timestamp: 100.5,
      received_at: 101,
      duplicate: false,
      drift: 1,
      summary: 'hex8_2p_v16 · elo 1400 → 1410.5 · elo delta 10.5',
    });
    expect(toRow({ ...event, duplicateOf: 'x' }).duplicate).toBe(true);
  });
});

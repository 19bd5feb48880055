import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json';
import { configOf, modelOf, nodeOf } from './derive';

const text = 'x'.repeat(201);

describe('configOf', () => {
  it.each<[string, JsonObject, string | null]>([
    [
      'config_key first',
      { config_key: 'hex8_2p', config: 'square8_3p', model_id: 'square19_2p_v1' },
      'hex8_2p',
    ],
    ['config_key in any form', { config_key: 'experimental' }, 'experimental'],
    [
      'config where it looks like one',
      { config: 'square8_3p', board_type: 'hex8', num_players: 2 },
      'square8_3p',
    ],
    ['not another text in config', { config: 'default', board_type: 'hex8', num_players: 2 }, 'hex8_2p'],
    ['not an object in config', { config: { board: 'hex8_2p' } }, null],
    [
      'an empty stage config counts as none',
      { config: '', config_key: '', model_id: 'hex8_2p_v3' },
      'hex8_2p',
    ],
    [
      'board and players',
      { board_type: 'hexagonal', num_players: 4, model_id: 'hex8_2p_v3' },
      'hexagonal_4p',
    ],
    ['no players', { board_type: 'hexagonal' }, null],
    ['players that are no count', { board_type: 'hexagonal', num_players: 2.5 }, null],
    ['players as text', { board_type: 'hexagonal', num_players: '2' }, null],
    ['start of the model id', { model_id: 'square19_2p_v77' }, 'square19_2p'],
    ['a model id that is nothing but a config', { model_id: 'square19_2p' }, 'square19_2p'],
    ['not within the model id', { model_id: 'best of hex8_2p' }, null],
    ['not a longer word', { model_id: 'hex8_2players' }, null],
    ['nothing', {}, null],
    ['too long', { config_key: text, model_id: 'hex8_2p_v1' }, 'hex8_2p'],
    ['blank', { config_key: '   ' }, null],
    ['a list', { config_key: ['hex8_2p'] }, null],
  ])('%s', (_what, payload, config) => {
    expect(configOf(payload)).toBe(config);
  });
});

describe('nodeOf', () => {
  it('takes node_id, node_name, host_id and host in this order, then the host that sent the event', () => {
    const payload = { host: 'd', host_id: 'c', node_name: 'b', node_id: 'a' };
    expect(nodeOf(payload, 'e')).toBe('a');
    expect(nodeOf({ ...payload, node_id: '' }, 'e')).toBe('b');
    expect(nodeOf({ host: 'd', host_id: 'c', node_name: 7 }, 'e')).toBe('c');
    expect(nodeOf({ host: 'd', host_id: null }, 'e')).toBe('d');
    expect(nodeOf({ host: text }, 'e')).toBe('e');
    expect(nodeOf({}, '')).toBeNull();
  });
});

describe('modelOf', () => {
  it('takes model_id, or the model that a recovery or an invalidation aims at', () => {
    expect(modelOf({ model_id: 'hex8_2p_v1', rollback_to: 'hex8_2p_v0' })).toBe('hex8_2p_v1');
    expect(modelOf({ invalidation_type: 'model', target_id: 'hex8_2p_v2' })).toBe('hex8_2p_v2');
    expect(modelOf({ recovery_type: 'model', target: 'hex8_2p_v3' })).toBe('hex8_2p_v3');
    expect(modelOf({ invalidation_type: 'node', target_id: 'gh200-a' })).toBeNull();
    expect(modelOf({ recovery_type: 'node', target: 'gh200-a' })).toBeNull();
    expect(modelOf({ model_id: 12 })).toBeNull();
  });
});

it('derives from any payload either nothing or a text of bounded length', () => {
  const keys = [
    'config_key',
    'config',
    'board_type',
    'num_players',
    'model_id',
    'node_id',
    'host',
    '__proto__',
  ];
  const payload = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), fc.jsonValue());
  fc.assert(
    fc.property(payload, fc.string(), (some, hostname) => {
      for (const derived of [
        configOf(some as JsonObject),
        nodeOf(some as JsonObject, hostname),
        modelOf(some as JsonObject),
      ]) {
        if (derived === null) continue;
        expect(derived.trim()).not.toBe('');
        expect(derived.length).toBeLessThanOrEqual(200);
      }
    }),
  );
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../json';
import { CATALOGUE, definitionOf } from '../catalogue';
import { rearms, subjectOf } from './duplicates';

/** Whether the second event makes room for the first to be delivered again. */
function makesRoom(first: [string, JsonObject], second: [string, JsonObject]): boolean {
  const subject = subjectOf(second[0], second[1], 'host');
  return (
    rearms(second[0]).includes(first[0]) &&
    subject !== null &&
    subject === subjectOf(first[0], first[1], 'host')
  );
}

describe('opposite states', () => {
  it.each<[string, JsonObject, string, JsonObject]>([
    ['HOST_OFFLINE', { node_id: 'a', host_id: 'a' }, 'HOST_ONLINE', { host_id: 'a' }],
    ['P2P_NODE_DEAD', { node_id: 'a' }, 'NODE_RECOVERED', { node_id: 'a' }],
    ['NODE_UNHEALTHY', { node_id: 'a' }, 'HEALTH_CHECK_PASSED', { node_id: 'a' }],
    ['NODE_UNHEALTHY', { node_id: 'a' }, 'NODE_RECOVERED', { node_id: 'a' }],
    ['BACKPRESSURE_ACTIVATED', { node_id: 'a' }, 'BACKPRESSURE_RELEASED', { node_id: 'a' }],
    ['NODE_OVERLOADED', { node_id: 'a' }, 'BACKPRESSURE_RELEASED', { node_id: 'a' }],
    ['LEADER_LOST', { previous_leader: 'a' }, 'LEADER_ELECTED', { leader_id: 'b' }],
    ['P2P_CLUSTER_UNHEALTHY', {}, 'P2P_CLUSTER_HEALTHY', { leader_id: 'a' }],
    ['LOCK_ACQUIRED', { lock_name: 'l', holder: 'h' }, 'LOCK_RELEASED', { lock_name: 'l' }],
    ['LOCK_ACQUIRED', { lock_name: 'l', holder: 'h' }, 'LOCK_TIMEOUT', { lock_name: 'l' }],
    ['DAEMON_STARTED', { daemon_type: 'd', config: {} }, 'DAEMON_STOPPED', { daemon_type: 'd', reason: 'r' }],
    [
      'COORDINATOR_HEALTHY',
      { coordinator_name: 'c' },
      'COORDINATOR_HEALTH_DEGRADED',
      { coordinator_name: 'c' },
    ],
    ['DATA_STALE', { config_key: 'hex8_2p' }, 'DATA_FRESH', { config_key: 'hex8_2p' }],
    [
      'QUALITY_PENALTY_APPLIED',
      { config_key: 'hex8_2p' },
      'QUALITY_FEEDBACK_ADJUSTED',
      { config_key: 'hex8_2p' },
    ],
    [
      'DATA_SYNC_STARTED',
      { sync_type: 'data', source: 'a' },
      'DATA_SYNC_FAILED',
      { sync_type: 'data', source: 'a' },
    ],
    [
      'RECOVERY_INITIATED',
      { recovery_type: 'node', target: 'a' },
      'RECOVERY_COMPLETED',
      { recovery_type: 'node', target: 'a' },
    ],
    ['MODEL_PROMOTED', { model_id: 'm1' }, 'PROMOTION_ROLLED_BACK', { model_id: 'm1', rollback_to: 'm0' }],
    [
      'MODEL_PROMOTED',
      { model_id: 'm1' },
      'TRAINING_ROLLBACK_COMPLETED',
      { model_id: 'm0', rollback_from: 'm1' },
    ],
    ['REGRESSION_DETECTED', { model_id: 'm1' }, 'REGRESSION_CLEARED', { model_id: 'm1' }],
  ])('%s %j and %s %j make room for each other', (a, payloadA, b, payloadB) => {
    expect(makesRoom([a, payloadA], [b, payloadB])).toBe(true);
    expect(makesRoom([b, payloadB], [a, payloadA])).toBe(true);
  });

  it('concern the same subject only', () => {
    expect(makesRoom(['HOST_OFFLINE', { node_id: 'a' }], ['HOST_ONLINE', { node_id: 'b' }])).toBe(false);
    expect(makesRoom(['LOCK_ACQUIRED', { lock_name: 'a' }], ['LOCK_RELEASED', { lock_name: 'b' }])).toBe(
      false,
    );
    expect(makesRoom(['LOCK_ACQUIRED', {}], ['LOCK_RELEASED', {}])).toBe(false);
  });

  it('let a work item be claimed again after a retry', () => {
    expect(
      makesRoom(
        ['WORK_CLAIMED', { work_id: 'w', node_id: 'a' }],
        ['WORK_RETRY', { work_id: 'w', attempt: 1 }],
      ),
    ).toBe(true);
  });

  it('do not make a state its own opposite', () => {
    for (const type of [
      'HOST_ONLINE',
      'HOST_OFFLINE',
      'LOCK_ACQUIRED',
      'MODEL_PROMOTED',
      'HEALTH_CHECK_PASSED',
    ]) {
      expect(rearms(type)).not.toContain(type);
    }
  });
});

describe('changes', () => {
  it('make room for the same change after another one', () => {
    const slower: [string, JsonObject] = [
      'SELFPLAY_RATE_CHANGED',
      { config_key: 'hex8_2p', old_rate: 1, new_rate: 0.7 },
    ];
    const faster: [string, JsonObject] = [
      'SELFPLAY_RATE_CHANGED',
      { config_key: 'hex8_2p', old_rate: 0.7, new_rate: 1 },
    ];
    expect(makesRoom(slower, faster)).toBe(true);
    expect(makesRoom(slower, ['SELFPLAY_RATE_CHANGED', { config_key: 'hex8_3p' }])).toBe(false);
  });

  it('of one parameter leave others alone', () => {
    const lr = { config: 'hex8_2p', param_name: 'lr' };
    expect(makesRoom(['HYPERPARAMETER_UPDATED', lr], ['HYPERPARAMETER_UPDATED', lr])).toBe(true);
    expect(
      makesRoom(['HYPERPARAMETER_UPDATED', lr], ['HYPERPARAMETER_UPDATED', { ...lr, param_name: 'wd' }]),
    ).toBe(false);
    expect(
      makesRoom(['HYPERPARAMETER_UPDATED', lr], ['HYPERPARAMETER_UPDATED', { ...lr, config: 'hex8_3p' }]),
    ).toBe(false);
  });
});

describe('answers', () => {
  const degraded: [string, JsonObject] = [
    'QUALITY_DEGRADED',
    { config_key: 'hex8_3p', current_quality: 0.57 },
  ];
  const penalty: [string, JsonObject] = [
    'QUALITY_PENALTY_APPLIED',
    { config_key: 'hex8_3p', penalty_factor: 0.7 },
  ];

  it('may be given again when what they answer happened again', () => {
    expect(makesRoom(penalty, degraded)).toBe(true);
    expect(makesRoom(['TRAINING_BLOCKED_BY_QUALITY', { config_key: 'hex8_3p' }], degraded)).toBe(true);
    expect(makesRoom(['SELFPLAY_RATE_CHANGED', { config_key: 'hex8_3p', new_rate: 0.4 }], degraded)).toBe(
      true,
    );
  });

  it('stay echoes without it: for another config, or the other way round', () => {
    expect(makesRoom(penalty, ['QUALITY_DEGRADED', { config_key: 'hex8_2p' }])).toBe(false);
    expect(makesRoom(degraded, penalty)).toBe(false);
    expect(makesRoom(penalty, penalty)).toBe(false);
  });
});

describe('the table', () => {
  it('names catalogued types only', () => {
    for (const { name } of CATALOGUE) {
      for (const type of rearms(name)) expect(definitionOf(type), type).toBeDefined();
    }
  });

  it('works in both directions, with a subject of the same kind', () => {
    const all: JsonObject = {
      node_id: 'x',
      config_key: 'x',
      model_id: 'x',
      lock_name: 'x',
      coordinator_name: 'x',
      daemon_type: 'x',
      source: 'x',
      target: 'x',
      work_id: 'x',
      param_name: 'x',
    };
    for (const { name } of CATALOGUE) {
      for (const type of rearms(name)) {
        // A cause makes room for its answers; an answer does not make room for its cause.
        if (name !== 'QUALITY_DEGRADED') expect(rearms(type), `${type} and ${name}`).toContain(name);
        expect(subjectOf(type, all, 'h'), `${type} and ${name}`).toBe(subjectOf(name, all, 'h'));
      }
    }
  });

  it('leaves events with an identity of their own alone', () => {
    for (const type of ['TRAINING_STARTED', 'TASK_SPAWNED', 'ELO_UPDATED', 'SOMETHING_NEW', '__proto__']) {
      expect(rearms(type)).toEqual([]);
      expect(subjectOf(type, { task_id: 't', model_id: 'm' }, 'h')).toBeNull();
    }
  });
});

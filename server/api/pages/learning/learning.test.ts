import { describe, expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { event, T0 } from '../../../../domain/projections/testing/event';
import { folded } from '../../../../domain/projections/testing/run';
import { pageInput } from '../input';
import { learningRecord } from '.';

const ALL = pageInput.parse({});

describe('the record of optimisation and curriculum', () => {
  const weigh = (config_key: string, new_weight: number, at: number) =>
    event('WEIGHT_UPDATED', { config_key, new_weight }, at);

  it('begins a stretch with the weight that was in force', () => {
    const states = folded([
      weigh('a', 1, 0),
      weigh('a', 2, 100),
      weigh('a', 3, 200),
      weigh('b', 9, 50),
    ]).states();
    const { weights, weighted_configs } = learningRecord(states, {
      ...{ configs: [], since: T0 + 150, until: null },
    });
    expect(weights).toMatchObject([
      {
        config: 'a',
        points: [
          [T0 + 150, 2],
          [T0 + 200, 3],
        ],
      },
    ]);
    expect(weighted_configs).toBe(1);
  });

  it('draws no more curves than there are colours, in the order people count, and says how many there are', () => {
    const states = folded(Array.from({ length: 40 }, (_, n) => weigh(`c${n}`, n, n))).states();
    const record = learningRecord(states, ALL);
    expect(record.weights.map(({ config }) => config)).toEqual(Array.from({ length: 8 }, (_, n) => `c${n}`));
    expect(record.weighted_configs).toBe(40);
    expect(learningRecord(states, { ...ALL, configs: ['c39'] }).weights.map(({ config }) => config)).toEqual([
      'c39',
    ]);
  });

  it('lists the newest 300 changes of those asked for, newest first', () => {
    const change = (config: string, n: number) =>
      event('HYPERPARAMETER_UPDATED', { config, param_name: 'lr', new_value: n }, n);
    const states = folded(
      Array.from({ length: 800 }, (_, n) => change(n % 2 ? 'hex8_2p' : 'square8_2p', n)),
    ).states();
    const record = learningRecord(states, { ...ALL, configs: ['hex8_2p'] });
    expect(record.changes_total).toBe(400);
    expect(record.changes.map(({ to }) => Number(to))).toEqual(
      Array.from({ length: 300 }, (_, n) => 799 - 2 * n),
    );
  });

  it('is empty for an empty history', () => {
    expect(learningRecord(folded([]).states(), ALL)).toEqual({
      ...{
        weights: [],
        weighted_configs: 0,
        changes: [],
        changes_total: 0,
        milestones: [],
        milestones_total: 0,
      },
    });
  });
});

describeRecording('panels of optimisation and curriculum', (recording) => {
  it('have the updates of one config within a stretch', () => {
    const since = T0 + 20_000;
    const rows = recording().rows<{ t: number }>(
      `SELECT created_at AS t FROM events WHERE upper(event_type) = 'HYPERPARAMETER_UPDATED' AND payload ->> 'config' = 'hex8_2p' AND created_at >= ?
       ORDER BY created_at DESC`,
      since,
    );
    const { changes } = learningRecord(recording().fold.states(), {
      configs: ['hex8_2p'],
      since,
      until: null,
    });
    expect(changes.map(({ t }) => t)).toEqual(rows.map(({ t }) => t));
    expect(rows.length).toBeGreaterThan(3);
  });

  it('draw the weights of all six configs', () => {
    const { weights } = learningRecord(recording().fold.states(), ALL);
    const points = recording().value(
      `SELECT count(*) FROM events e, json_each(e.payload, '$.new_weights') WHERE upper(e.event_type) = 'CURRICULUM_REBALANCED'`,
    );
    expect(weights).toHaveLength(6);
    expect(weights.reduce((sum, { points: drawn }) => sum + drawn.length, 0)).toBe(points);
  });
});

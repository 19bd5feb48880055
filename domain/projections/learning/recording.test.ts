import { expect, it } from 'vitest';
import { describeRecording } from '../testing/recording.test-support';
import { entityOf, tableOf } from '../testing/run';

describeRecording('learning', (recording) => {
  const count = (type: string): number =>
    Number(recording().value('SELECT count(*) FROM events WHERE upper(event_type) = ?', type));

  it('counts searches: CMA-ES was triggered, and never said that it ended', () => {
    expect(entityOf(recording().fold, 'learning.methods', 'cmaes')).toMatchObject({
      runs: recording().value(
        `SELECT count(DISTINCT payload ->> 'run_id') FROM events WHERE upper(event_type) = 'CMAES_TRIGGERED'`,
      ),
      completed: count('CMAES_COMPLETED') + count('CMAES_COMPLETE'),
      failed: 0,
      open: recording().value(
        `SELECT count(*) FROM events WHERE upper(event_type) = 'CMAES_TRIGGERED' AND created_at >= (SELECT max(created_at) FROM events) - 6 * 3600`,
      ),
    });
  });

  it('describes each search as its event did', () => {
    for (const row of recording().rows<Record<string, string | number>>(
      `SELECT payload ->> 'run_id' AS run_id, created_at AS started_at, payload ->> 'generations' AS generations,
         payload ->> 'parameters_searched' AS parameters_searched, payload ->> 'population_size' AS population_size, payload ->> 'reason' AS reason
       FROM events WHERE upper(event_type) = 'CMAES_TRIGGERED'`,
    )) {
      expect(entityOf(recording().fold, 'learning.searches', `cmaes/${row['run_id']}`)).toMatchObject(row);
    }
  });

  it('has every hyperparameter update, from old to new', () => {
    const rows = recording().rows(
      `SELECT created_at AS t, payload ->> 'config' AS config, payload ->> 'param_name' AS parameter, payload ->> 'optimizer' AS "by"
       FROM events WHERE upper(event_type) = 'HYPERPARAMETER_UPDATED' ORDER BY created_at, event_id`,
    );
    const { changes } = recording().fold.states().learning;
    expect(changes).toMatchObject(rows as object[]);
    const sums = recording().rows<{ old: number; new: number }>(
      `SELECT sum(payload ->> 'old_value') AS old, sum(payload ->> 'new_value') AS new FROM events WHERE upper(event_type) = 'HYPERPARAMETER_UPDATED'`,
    )[0]!;
    expect(changes.reduce((sum, { from }) => sum + Number(from), 0)).toBeCloseTo(sums.old, 9);
    expect(changes.reduce((sum, { to }) => sum + Number(to), 0)).toBeCloseTo(sums.new, 9);
  });

  it('has the weights of every config over time', () => {
    const { configs } = recording().fold.states().learning;
    expect(configs.size).toBe(6);
    for (const [config, { weights }] of configs) {
      const rows = recording().rows(
        `SELECT e.created_at AS t, w.value AS weight FROM events e, json_each(e.payload, '$.new_weights') w
         WHERE upper(e.event_type) = 'CURRICULUM_REBALANCED' AND w.key = ? ORDER BY e.created_at, e.event_id`,
        config,
      );
      expect(weights, config).toMatchObject(rows as object[]);
      expect(weights).toHaveLength(rows.length);
    }
  });

  it('knows the newest selfplay rate of each config', () => {
    for (const [config, entity] of tableOf(recording().fold, 'learning.configs')) {
      const rate = recording().value(
        `SELECT payload ->> 'new_rate' FROM events WHERE upper(event_type) = 'SELFPLAY_RATE_CHANGED' AND payload ->> 'config_key' = ?
         ORDER BY created_at DESC, event_id DESC LIMIT 1`,
        config,
      );
      expect(entity, config).toMatchObject({ selfplay_rate: rate ?? null });
    }
  });

  it('counts the events of its types', () => {
    const types = tableOf(recording().fold, 'learning.types') as Map<string, { count: number }>;
    for (const [type, entity] of types) expect(entity.count, type).toBe(count(type));
    expect(types.get('PLATEAU_DETECTED')?.count).toBe(count('PLATEAU_DETECTED'));
  });
});

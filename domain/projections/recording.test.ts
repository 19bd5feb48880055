import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../events';
import { describeRecording } from './testing/recording.test-support';
import { entityOf, folded, tableOf } from './testing/run';

const CONFIGS = ['hex8_2p', 'hex8_3p', 'square8_2p', 'square8_3p', 'square19_2p', 'hexagonal_2p'];
const LOWER_CASE = /^[a-z]/;

/** Every figure stands beside the SQL over the raw rows that it must equal. */
describeRecording('the figures', (recording) => {
  const fold = () => recording().fold;
  const value = (sql: string, ...parameters: unknown[]) => recording().value(sql, ...parameters);
  /** The only column. */
  const column = (sql: string): string[] =>
    recording()
      .rows<Record<string, string>>(sql)
      .flatMap((row) => Object.values(row));
  const ofType = (type: string) => value('SELECT count(*) FROM events WHERE upper(event_type) = ?', type);

  it('has the figures of its description', () => {
    const total = entityOf(fold(), 'traffic.total', 'all');
    expect(total).toMatchObject({ events: 32_874, types: 80 });
    const configs = CONFIGS.map((config) => entityOf(fold(), 'models.configs', config));
    expect(configs.map(({ champion }) => champion)).toEqual([
      ...[
        'hex8_2p_v43',
        'hex8_3p_v61',
        'square8_2p_v47',
        'square8_3p_v44',
        'square19_2p_v77',
        'hexagonal_2p_v54',
      ],
    ]);
    expect(configs.map(({ elo }) => elo)).toEqual([1994.6, 1828.7, 1908.1, 2022.2, 1907.7, 1769.3]);
  });

  it('ends with all nodes online, one of which reported itself unhealthy last', () => {
    const { nodes, leader, quorum } = fold().selectState('nodes') as unknown as {
      nodes: Record<string, { status: string; conditions: string[] }>;
      leader: string;
      quorum: boolean;
    };
    expect(Object.values(nodes).map(({ status }) => status)).toEqual(Array<string>(14).fill('online'));
    expect(Object.keys(nodes).filter((node) => nodes[node]?.conditions.length !== 0)).toEqual([
      'vast-4090-1',
    ]);
    expect(nodes['vast-4090-1']).toMatchObject({ conditions: ['unhealthy'], health_score: 0.132 });
    expect({ leader, quorum }).toEqual({ leader: 'hetzner-cpu3', quorum: true });
    expect(entityOf(fold(), 'nodes.nodes', 'vast-4090-1')).toMatchObject({
      status: 'unhealthy',
      link: 'online',
    });
  });

  describe('models', () => {
    it.each(CONFIGS)('counts decisions about %s', (config) => {
      const count = (type: string) =>
        value(
          `SELECT count(*) FROM events WHERE upper(event_type) = ? AND payload ->> 'config_key' = ?`,
          type,
          config,
        );
      expect(entityOf(fold(), 'models.configs', config)).toMatchObject({
        promotions: count('MODEL_PROMOTED'),
        rejections: count('PROMOTION_REJECTED'),
        rollbacks: count('PROMOTION_ROLLED_BACK'),
        best_elo: value(
          `SELECT max(payload ->> 'new_elo') FROM events WHERE event_type = 'elo_updated' AND payload ->> 'config_key' = ?`,
          config,
        ),
      });
    });

    it('knows every trained model and how well it does', () => {
      const models = [...tableOf(fold(), 'models.models').values()] as Record<string, unknown>[];
      const trained = models.filter((model) => model['trained_at'] !== null);
      expect(trained).toHaveLength(Number(ofType('TRAINING_COMPLETED')));
      expect(models.filter(({ status }) => status === 'champion')).toHaveLength(CONFIGS.length);
      expect(models.filter(({ status }) => status === 'rejected')).toHaveLength(
        Number(ofType('PROMOTION_REJECTED')),
      );
      expect(models.filter(({ status }) => status === 'rolled_back')).toHaveLength(
        Number(ofType('PROMOTION_ROLLED_BACK')),
      );
      expect(entityOf(fold(), 'models.models', 'hex8_2p_v43')).toMatchObject({
        elo: 1994.6,
        status: 'champion',
      });
    });
  });

  it.each(CONFIGS)('has the whole rating series of %s', (config) => {
    const { configs } = fold().selectState('elo') as unknown as {
      configs: Record<
        string,
        { current: number; series: { t: number; elo: number; model_id: string; games: number }[] }
      >;
    };
    const rows = recording().rows(
      `SELECT created_at AS t, payload ->> 'new_elo' AS elo, payload ->> 'model_id' AS model_id, payload ->> 'games_played' AS games
         FROM events WHERE event_type = 'elo_updated' AND payload ->> 'config_key' = ? ORDER BY created_at, event_id`,
      config,
    );
    expect(configs[config]?.series).toEqual(rows);
  });

  it('counts what the nodes did', () => {
    // The exact figures; the topic rounds what moves with every event.
    const { nodes } = fold().selectState('nodes') as unknown as { nodes: Record<string, unknown> };
    for (const [node, entity] of Object.entries(nodes)) {
      const own = `coalesce(payload ->> 'node_id', payload ->> 'node_name', payload ->> 'host_id', payload ->> 'host', hostname)`;
      const seen = `SELECT max(created_at) FROM events WHERE hostname = @node AND ${own} <> @node OR ${own} = @node
        AND event_type <> 'host_offline' AND (hostname = @node OR event_type NOT IN ('task_orphaned', 'work_timeout', 'health_check_failed', 'node_unhealthy'))`;
      expect(entity).toMatchObject({
        node,
        events: value(`SELECT count(*) FROM events WHERE ${own} = ?`, node),
        last_seen: value(seen, { node }),
        games_per_hour:
          value(
            `SELECT sum(payload ->> 'games_generated') FROM events WHERE event_type = 'SELFPLAY_COMPLETE' AND payload ->> 'success'
               AND payload ->> 'node_id' = ? AND floor(created_at / 60) > (SELECT floor(max(created_at) / 60) - 60 FROM events)`,
            node,
          ) ?? 0,
        host_type: value(
          `SELECT payload ->> 'host_type' FROM events WHERE event_type = 'host_online' AND payload ->> 'node_id' = ? LIMIT 1`,
          node,
        ),
        contradiction: null,
      });
    }
    expect(entityOf(fold(), 'nodes.cluster', 'cluster')).toMatchObject({
      term: 18,
      alive_peers: 14,
      total_peers: 14,
    });
  });

  describe('pipeline', () => {
    it.each([
      [
        'selfplay',
        `event_type = 'SELFPLAY_COMPLETE' AND payload ->> 'success'`,
        `event_type = 'SELFPLAY_COMPLETE' AND NOT payload ->> 'success'`,
      ],
      ['new_games', `event_type = 'new_games'`, '0'],
      ['sync', `event_type = 'DATA_SYNC_COMPLETED'`, `event_type IN ('DATA_SYNC_FAILED', 'sync_stalled')`],
      ['export', `event_type = 'NPZ_EXPORT_COMPLETE'`, '0'],
      ['threshold', `event_type = 'training_threshold'`, '0'],
      ['training', `event_type = 'TRAINING_COMPLETED'`, `event_type = 'TRAINING_FAILED'`],
      ['evaluation', `event_type = 'EVALUATION_COMPLETED'`, '0'],
      ['promotion', `event_type = 'MODEL_PROMOTED'`, '0'],
      ['distribution', `event_type = 'MODEL_DISTRIBUTION_COMPLETE'`, '0'],
    ])('counts the stage %s', (stage, done, failed) => {
      const rate = `SELECT count(*) FROM events WHERE ${done} AND floor(created_at / 60) > (SELECT floor(max(created_at) / 60) - 60 FROM events)`;
      expect(entityOf(fold(), 'pipeline.stages', stage)).toMatchObject({
        count: value(`SELECT count(*) FROM events WHERE ${done}`),
        failed: value(`SELECT count(*) FROM events WHERE ${failed}`),
        rate_per_hour: value(rate),
      });
    });

    it.each(CONFIGS)('counts failures and work in progress of %s', (config) => {
      const count = (type: string) =>
        Number(
          value(
            `SELECT count(*) FROM events WHERE event_type = ? AND payload ->> 'config_key' = ?`,
            type,
            config,
          ),
        );
      const ended = count('TRAINING_COMPLETED') + count('TRAINING_FAILED');
      expect(entityOf(fold(), 'pipeline.cells', `${config}|training`)).toMatchObject({
        count: count('TRAINING_COMPLETED'),
        failed: count('TRAINING_FAILED'),
        in_progress: count('TRAINING_STARTED') - ended,
      });
      const evaluations = count('EVALUATION_STARTED') - count('EVALUATION_COMPLETED');
      expect(entityOf(fold(), 'pipeline.cells', `${config}|evaluation`)).toMatchObject({
        in_progress: evaluations,
      });
    });

    it('chains runs by job, then model', () => {
      const runs = [...tableOf(fold(), 'pipeline.runs').values()] as {
        status: string;
        job_id: string;
        model_id: string;
      }[];
      const active = runs.filter(({ status }) => status === 'active').map(({ job_id }) => job_id);
      const open = `SELECT payload ->> 'job_id' FROM events s WHERE event_type = 'training_threshold' AND NOT EXISTS (
        SELECT 1 FROM events e WHERE e.event_type = 'TRAINING_FAILED' AND e.payload ->> 'job_id' = s.payload ->> 'job_id') AND NOT EXISTS (
        SELECT 1 FROM events e JOIN events d ON d.payload ->> 'model_id' = e.payload ->> 'model_id'
        WHERE e.event_type = 'TRAINING_COMPLETED' AND e.payload ->> 'job_id' = s.payload ->> 'job_id'
          AND d.event_type IN ('MODEL_PROMOTED', 'promotion_rejected'))`;
      expect(active.sort()).toEqual(column(open).sort());
      expect(runs.find(({ model_id }) => model_id === 'hex8_2p_v43')).toMatchObject({
        status: 'promoted',
        stage: 'distribution',
        job_id: value(
          `SELECT payload ->> 'job_id' FROM events WHERE event_type = 'TRAINING_COMPLETED' AND payload ->> 'model_id' = 'hex8_2p_v43'`,
        ),
      });
    });
  });

  it('counts the boxes of both flows', () => {
    for (const [key, entity] of tableOf(fold(), 'flows.steps')) {
      const step = key.slice(key.indexOf('/') + 1);
      const sql: Record<string, string> = {
        SELFPLAY_COMPLETE: `SELECT count(*) FROM events WHERE event_type = 'SELFPLAY_COMPLETE' AND payload ->> 'success'`,
        QUALITY_GOOD: `SELECT count(*) FROM events WHERE event_type = 'quality_score_updated' AND payload ->> 'avg_quality' >= 0.6`,
        NO_REGRESSION: `SELECT count(*) FROM events WHERE event_type = 'EVALUATION_COMPLETED' AND payload ->> 'elo_delta' >= 0`,
        TRAINING_THRESHOLD_REACHED: `SELECT count(*) FROM events WHERE event_type = 'training_threshold'`,
      };
      expect(entity, key).toMatchObject({ count: sql[step] ? value(sql[step]) : ofType(step) });
    }
  });

  it('counts traffic by type, category and time', () => {
    const types = tableOf(fold(), 'traffic.types') as Map<string, { count: number; category: string }>;
    expect(types.get('TRAINING_PROGRESS')?.count).toBe(ofType('TRAINING_PROGRESS'));
    expect(types.get('NEW_GAMES_AVAILABLE')?.count).toBe(ofType('NEW_GAMES'));
    expect([...types.values()].reduce((sum, { count }) => sum + count, 0)).toBe(32_874);
    expect([...types.keys()].filter((type) => LOWER_CASE.test(type))).toEqual([]);
    const unknown = [...types.keys()].filter((type) => !CATALOGUE.some(({ name }) => name === type));
    expect(unknown.reduce((sum, type) => sum + (types.get(type)?.count ?? 0), 0)).toBe(
      entityOf(fold(), 'traffic.total', 'all')['uncatalogued'],
    );
    expect(entityOf(fold(), 'traffic.total', 'all')).toMatchObject({
      first_at: value('SELECT min(created_at) FROM events'),
      last_at: value('SELECT max(created_at) FROM events'),
      duplicates: 0,
    });
  });

  it('leaves open only what the recording leaves open', () => {
    const problems = tableOf(fold(), 'problems.open') as Map<string, { count: number }>;
    expect(problems.has('unhealthy:vast-4090-1')).toBe(true);
    expect(
      [...problems.keys()].filter((id) => /^(offline|contradiction|leader|quorum|regression)/.test(id)),
    ).toEqual([]);
    // Each within an hour of the one before.
    const inARow = value(
      `WITH failed AS (SELECT created_at AS t FROM events WHERE event_type = 'work_failed'),
         gaps AS (SELECT t, t - lag(t, 1, 0) OVER (ORDER BY t) AS gap FROM failed)
       SELECT count(*) FROM failed WHERE t >= (SELECT max(t) FROM gaps WHERE gap > 3600)`,
    );
    expect(inARow).toBe(4);
    expect(problems.get('work-failed')).toMatchObject({ count: inARow });
    const failing = column(
      `SELECT 'training:' || (payload ->> 'config_key') FROM events WHERE event_type IN ('TRAINING_FAILED', 'TRAINING_COMPLETED')
         GROUP BY payload ->> 'config_key' HAVING max(CASE event_type WHEN 'TRAINING_FAILED' THEN event_id END) = max(event_id)`,
    );
    expect([...problems.keys()].filter((id) => id.startsWith('training:')).sort()).toEqual(failing.sort());
    const stuck = column(
      `SELECT 'sync:' || (payload ->> 'sync_type') || '@' || (payload ->> 'source') FROM events WHERE event_type IN ('DATA_SYNC_FAILED', 'sync_stalled', 'DATA_SYNC_COMPLETED')
         GROUP BY payload ->> 'sync_type', payload ->> 'source' HAVING max(CASE WHEN event_type <> 'DATA_SYNC_COMPLETED' THEN event_id END) = max(event_id)`,
    );
    expect([...problems.keys()].filter((id) => id.startsWith('sync:')).sort()).toEqual(stuck.sort());
  });

  it('finds no step out of order in a cluster that keeps the order', () => {
    const findings = [...tableOf(fold(), 'lifecycle.findings').values()] as {
      kind: string;
      hop: string;
      message: string;
    }[];
    expect(findings.filter(({ kind }) => kind === 'out_of_order')).toEqual([]);
  });

  it('rebuilds the same from a snapshot in the middle', () => {
    const half = folded(recording().events.slice(0, 16_000));
    const resumed = folded([]);
    expect(resumed.restore(half.snapshot())).toBe(true);
    for (const each of recording().events.slice(16_000)) resumed.fold(each);
    for (const topic of fold().topics) expect(tableOf(resumed, topic), topic).toEqual(tableOf(fold(), topic));
  });
});

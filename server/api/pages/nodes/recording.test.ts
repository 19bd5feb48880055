import { expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { windowOf } from './bands';
import { nodeDetail } from './detail';
import { fleet } from './fleet';
import { leadership } from './leadership';
import { nodeResults } from './results';

const DAY = `floor(created_at / 7200) >= (SELECT floor((max(created_at) - 86400) / 7200) FROM events)`;

describeRecording('the page of nodes', (recording) => {
  const states = () => recording().fold.states();
  const value = (sql: string, ...parameters: unknown[]) => Number(recording().value(sql, ...parameters));

  it('has the failures of the fleet, and each node’s', () => {
    const { fleet: all, rows, worse } = nodeResults(states().nodes, 86_400);
    const batches = `SELECT count(*) FROM events WHERE event_type = 'SELFPLAY_COMPLETE' AND ${DAY}`;
    const attempts = `SELECT count(*) FROM events WHERE event_type IN ('work_completed', 'work_failed', 'work_timeout', 'work_retry') AND ${DAY}`;
    expect(all.selfplay).toEqual([value(batches), value(`${batches} AND NOT payload ->> 'success'`)]);
    expect(all.work).toEqual([value(attempts), value(`${attempts} AND event_type <> 'work_completed'`)]);
    const checks = `SELECT count(*) FROM events WHERE hostname = 'vast-4090-1' AND ${DAY} AND event_type IN`;
    expect(rows.find(({ node }) => node === 'vast-4090-1')?.checks.slice(0, 2)).toEqual([
      value(`${checks} ('health_check_passed', 'health_check_failed', 'node_unhealthy')`),
      value(`${checks} ('health_check_failed', 'node_unhealthy')`),
    ]);
    // All nodes of the recording fail alike.
    expect(worse).toEqual([]);
  });

  it('has the pace of a node', () => {
    const pace = value(
      `SELECT exp(avg(ln((payload ->> 'duration_seconds') * 1.0 / (payload ->> 'games_generated')))) FROM events
       WHERE event_type = 'SELFPLAY_COMPLETE' AND payload ->> 'success' AND payload ->> 'node_id' = 'gh200-a' AND ${DAY}`,
    );
    const row = nodeResults(states().nodes, 86_400).rows.find(({ node }) => node === 'gh200-a');
    expect(row?.pace[1]).toBeCloseTo(pace, 1);
  });

  it('has the availability of the last day', () => {
    const { at, rows } = fleet(states());
    for (const { node, availability } of rows) {
      const down = recording().rows<{ f: number; t: number }>(
        `SELECT o.created_at AS f, min(b.created_at) AS t FROM events o JOIN events b ON b.event_id > o.event_id
           AND b.event_type IN ('host_online', 'node_recovered') AND b.payload ->> 'node_id' = o.payload ->> 'node_id'
         WHERE o.event_type = 'host_offline' AND o.payload ->> 'node_id' = ? GROUP BY o.event_id`,
        node,
      );
      const seconds = down.reduce((sum, { f, t }) => sum + Math.max(0, t - Math.max(f, at - 86_400)), 0);
      // Silences of more than 15 minutes are no more than minutes in all.
      expect(availability[1]?.[0], node).toBeCloseTo(1 - seconds / 86_400, 2);
      expect(availability[1]?.[1]).toBe(86_400);
      expect(availability[2]?.[1]).toBeCloseTo(
        value('SELECT max(created_at) - min(created_at) FROM events'),
        -2,
      );
    }
  });

  it('finds no node that does nothing: all of them work', () => {
    expect(fleet(states()).rows.filter(({ idle }) => idle !== null)).toEqual([]);
  });

  it('has who holds the champions', () => {
    const { rows, crowned } = fleet(states());
    expect(crowned).toBe(6);
    const holders = recording().rows<{ node: string; n: number }>(
      `WITH champion AS (SELECT payload ->> 'config_key' AS config, payload ->> 'model_id' AS model, max(event_id) FROM events
           WHERE event_type = 'MODEL_PROMOTED' GROUP BY 1)
       SELECT n.value AS node, count(DISTINCT champion.config) AS n FROM champion JOIN events d ON d.event_type = 'MODEL_DISTRIBUTION_COMPLETE'
         AND d.payload ->> 'model_id' = champion.model, json_each(d.payload, '$.nodes') n GROUP BY 1`,
    );
    const held = new Map(rows.map(({ node, champions }) => [node, champions.length]));
    for (const { node, n } of holders) expect(held.get(node), node).toBe(n);
  });

  it('has the history of the leaders', () => {
    const [since, until] = windowOf(states().nodes, { since: null, until: null });
    const found = leadership(states().nodes, since, until);
    expect(found.losses).toBe(value(`SELECT count(*) FROM events WHERE event_type = 'leader_lost'`));
    const gaps = value(
      `SELECT sum(next - created_at) FROM (SELECT created_at, event_type, lead(created_at) OVER (ORDER BY event_id) AS next
         FROM events WHERE event_type LIKE 'leader_%') WHERE event_type = 'leader_lost'`,
    );
    expect(found.leaderless).toBeCloseTo(gaps, 3);
    expect(found.changes[0]).toMatchObject({ kind: 'elected', leader: 'hetzner-cpu3', term: 18 });
  });

  it('has a node’s health over time', () => {
    const detail = nodeDetail(states(), { node: 'vast-4090-1', since: null, until: null });
    const buckets = recording().rows<{ x: number; y: number }>(
      `SELECT floor(created_at / 7200) * 7200 + 3600 AS x, round(avg(round(payload ->> 'health_score' * 1000)) / 10, 1) AS y FROM events
       WHERE hostname = 'vast-4090-1' AND event_type IN ('health_check_passed', 'node_unhealthy') GROUP BY 1 ORDER BY 1`,
    );
    const until = detail?.until ?? 0;
    const series = detail?.series.health ?? [];
    expect(series).toHaveLength(buckets.length);
    buckets.forEach(({ x, y }, index) => {
      expect(series[index]?.[0]).toBe(Math.min(x, until));
      expect(series[index]?.[1]).toBeCloseTo(y, 0);
    });
    expect(detail?.document).toMatchObject({ status: 'unhealthy', health_score: 0.132 });
  });
});

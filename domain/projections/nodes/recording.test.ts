import { expect, it } from 'vitest';
import type { NodesState } from '.';
import { availabilityOf, bandsOf, totalsOf } from '.';
import { describeRecording, type Recording } from '../testing/recording.test-support';

const NODE = `coalesce(payload ->> 'node_id', payload ->> 'node_name', payload ->> 'host_id', payload ->> 'host', hostname)`;
/** Two-hour stretches, as the sums are kept: those that are not over before the newest event minus 24 h. */
const DAY = `floor(created_at / 7200) >= (SELECT floor((max(created_at) - 86400) / 7200) FROM events)`;

const types = (...names: string[]): string =>
  `upper(event_type) IN (${names.map((name) => `'${name}'`).join(', ')})`;
const BATCH = `event_type = 'SELFPLAY_COMPLETE'`;
const WORK_FAILED = types('WORK_FAILED', 'WORK_TIMEOUT', 'WORK_RETRY');
const CHECK_FAILED = types('HEALTH_CHECK_FAILED', 'NODE_UNHEALTHY');
const SCORED = `payload ->> 'health_score' IS NOT NULL AND ${types('HEALTH_CHECK_PASSED', 'NODE_UNHEALTHY')}`;

describeRecording('nodes', (recording) => {
  const state = (): NodesState => recording().fold.states().nodes;

  it('counts batches, work, checks and syncs of the last day per node', () => {
    const clock = state().clock ?? 0;
    const rows = recording().rows<Record<string, number | string>>(
      `SELECT ${NODE} AS node,
         coalesce(sum(payload ->> 'games_generated') FILTER (WHERE ${BATCH} AND payload ->> 'success'), 0) AS games,
         count(*) FILTER (WHERE ${BATCH}) AS batches,
         count(*) FILTER (WHERE ${BATCH} AND NOT payload ->> 'success') AS batches_failed,
         count(*) FILTER (WHERE ${WORK_FAILED} OR event_type = 'work_completed') AS work,
         count(*) FILTER (WHERE ${WORK_FAILED}) AS work_failed,
         count(*) FILTER (WHERE ${CHECK_FAILED} OR event_type = 'health_check_passed') AS checks,
         count(*) FILTER (WHERE ${CHECK_FAILED}) AS checks_failed,
         count(*) FILTER (WHERE ${types('DATA_SYNC_FAILED', 'SYNC_STALLED', 'DATA_SYNC_COMPLETED')}) AS syncs,
         count(*) FILTER (WHERE ${types('DATA_SYNC_FAILED', 'SYNC_STALLED')}) AS syncs_failed,
         count(*) FILTER (WHERE ${SCORED}) AS scores,
         sum(round(payload ->> 'health_score' * 1000)) FILTER (WHERE ${SCORED}) AS health
       FROM events WHERE ${DAY} GROUP BY 1`,
    );
    expect(rows).toHaveLength(14);
    for (const { node, ...figures } of rows) {
      const found = state().nodes.get(String(node));
      expect(found && totalsOf(found.history, clock - 86_400, clock), String(node)).toMatchObject(figures);
    }
  });

  it('was offline for as long as the cluster said', () => {
    const since = Number(recording().value('SELECT min(created_at) FROM events'));
    const until = state().clock ?? 0;
    for (const [name, node] of state().nodes) {
      const bands = bandsOf(node, since, until).filter(({ status }) => status === 'offline');
      expect(bands, name).toHaveLength(outages(recording(), name).length);
      const seconds = bands.reduce((sum, { from, to }) => sum + to - from, 0);
      expect(seconds).toBeCloseTo(total(outages(recording(), name)), 3);
      // All other known time is up, but for silences beyond their first 15 minutes.
      const [{ up, known } = { up: NaN, known: NaN }] = availabilityOf(node, [until - since], until);
      expect(known - up).toBeCloseTo(total(outages(recording(), name)) + silence(recording(), name), 3);
    }
  });

  it('has every election and loss of the leader', () => {
    const rows = recording().rows<{ t: number; kind: string; leader: string; term: number | null }>(
      `SELECT created_at AS t, replace(event_type, 'leader_', '') AS kind, coalesce(payload ->> 'leader_id', payload ->> 'previous_leader') AS leader,
         payload ->> 'term' AS term FROM events WHERE event_type LIKE 'leader_%' ORDER BY created_at, event_id`,
    );
    const { changes } = state().cluster;
    expect(changes.map(({ t, kind, leader, term }) => ({ t, kind, leader, term }))).toEqual(rows);
  });

  it('has every count of peers that differs from the one before', () => {
    const rows = recording().rows<{ t: number; alive: number }>(
      `SELECT t, alive FROM (SELECT created_at AS t, payload ->> 'alive_peers' AS alive, lag(payload ->> 'alive_peers') OVER (ORDER BY event_id) AS before
         FROM events WHERE event_type LIKE 'p2p_cluster_%') WHERE before IS NULL OR before <> alive`,
    );
    expect(state().cluster.reports.map(({ t, alive }) => ({ t, alive }))).toEqual(rows);
  });
});

/** From each HOST_OFFLINE to the next word that the node is there. */
function outages(recording: Recording, node: string): [from: number, to: number][] {
  return recording
    .rows<{ f: number; t: number }>(
      `SELECT o.created_at AS f, (SELECT min(b.created_at) FROM events b WHERE b.event_type IN ('host_online', 'node_recovered')
         AND b.payload ->> 'node_id' = o.payload ->> 'node_id' AND b.event_id > o.event_id) AS t
       FROM events o WHERE o.event_type = 'host_offline' AND o.payload ->> 'node_id' = ?`,
      node,
    )
    .map(({ f, t }) => [f, t]);
}

const total = (spans: readonly (readonly [number, number])[]): number =>
  spans.reduce((sum, [from, to]) => sum + to - from, 0);

/** Time beyond the first 15 minutes of a silence that is not covered by an outage, from the raw rows. */
function silence(recording: Recording, node: string): number {
  const signs = recording.rows<{ t: number }>(
    `SELECT created_at AS t FROM events WHERE event_type <> 'host_offline' AND (hostname = @node OR ${NODE} = @node AND event_type
       NOT IN ('task_orphaned', 'work_timeout', 'health_check_failed', 'node_unhealthy')) ORDER BY created_at`.replaceAll(
      '@node',
      `'${node}'`,
    ),
  );
  const down = outages(recording, node);
  let seconds = 0;
  for (const [index, { t }] of signs.entries()) {
    const before = signs[index - 1]?.t ?? t;
    if (t - before <= 900) continue;
    const covered = down.reduce(
      (sum, [from, to]) => sum + Math.max(0, Math.min(to, t) - Math.max(from, before + 900)),
      0,
    );
    seconds += t - before - 900 - covered;
  }
  return seconds;
}

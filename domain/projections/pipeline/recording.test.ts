import { beforeAll, expect, it } from 'vitest';
import type { StageId } from '../../realtime/entities';
import { describeRecording } from '../testing/recording.test-support';
import { hopTimes, leadTime, leadTimes, runViews, type RunView } from '.';

/** The rows that data passes through, under canonical names. */
const ROWS = `WITH raw AS (
  SELECT event_id AS id, created_at AS t, CASE upper(event_type) WHEN 'NEW_GAMES' THEN 'NEW_GAMES_AVAILABLE'
    WHEN 'TRAINING_THRESHOLD' THEN 'TRAINING_THRESHOLD_REACHED' ELSE upper(event_type) END AS type, payload AS p
  FROM events),
e AS MATERIALIZED (
  SELECT id, t, type, p ->> 'job_id' AS job, p ->> 'host' AS host, p ->> 'source' AS source, p ->> 'node_id' AS node, p ->> 'output_path' AS path,
    coalesce(p ->> 'config_key', nullif(p ->> 'config', ''), p ->> 'board_type' || '_' || (p ->> 'num_players') || 'p') AS config
  FROM raw WHERE type IN ('SELFPLAY_COMPLETE', 'NEW_GAMES_AVAILABLE', 'DATA_SYNC_STARTED', 'DATA_SYNC_COMPLETED', 'NPZ_EXPORT_STARTED',
    'NPZ_EXPORT_COMPLETE', 'TRAINING_THRESHOLD_REACHED') AND coalesce(p ->> 'success', 1))`;

/** What each run's data is by the rule of lineage.ts, worked out anew in SQL. */
const LINEAGE = `${ROWS},
  sync AS MATERIALIZED (SELECT s.id, s.t, s.source, max(b.t) AS began FROM e s JOIN e b ON b.type = 'DATA_SYNC_STARTED' AND b.source = s.source AND b.t <= s.t
    WHERE s.type = 'DATA_SYNC_COMPLETED' GROUP BY s.id),
  carried AS MATERIALIZED (SELECT g.id AS games, g.t AS games_t, g.config, g.host, s.id AS sync, min(s.t) AS sync_t
    FROM e g JOIN sync s ON s.source = g.host AND s.began >= g.t WHERE g.type = 'NEW_GAMES_AVAILABLE' GROUP BY g.id),
  run AS MATERIALIZED (SELECT r.id, r.job, r.config, max(x.id) AS export_start, x.t AS export_t, x.path
    FROM e r JOIN e x ON x.type = 'NPZ_EXPORT_STARTED' AND x.config = r.config AND x.id < r.id
    WHERE r.type = 'TRAINING_THRESHOLD_REACHED' GROUP BY r.id),
  way AS MATERIALIZED (SELECT run.*, max(c.games) AS new_games, c.sync, c.host, c.games_t
    FROM run JOIN carried c ON c.config = run.config AND c.sync_t <= run.export_t GROUP BY run.id)
SELECT job, export_start, sync, new_games,
  coalesce((SELECT max(x.id) FROM e x WHERE x.type = 'NPZ_EXPORT_COMPLETE' AND x.path = way.path),
    (SELECT max(x.id) FROM e x WHERE x.type = 'NPZ_EXPORT_COMPLETE' AND x.config IS NULL AND x.id < way.id)) AS export_end,
  (SELECT max(x.id) FROM e x WHERE x.type = 'SELFPLAY_COMPLETE' AND x.config = way.config AND x.node = way.host AND x.t <= way.games_t) AS selfplay
FROM way`;

type Traced = Record<'export_start' | 'export_end' | 'sync' | 'new_games' | 'selfplay', number> & {
  job: string;
};

describeRecording('the runs', (recording) => {
  let views: RunView[];
  let traced: Traced[];
  beforeAll(() => {
    traced = recording().rows<Traced>(LINEAGE);
    views = [...runViews(recording().fold.states().pipeline)];
  });
  const hop = (view: RunView, stage: StageId) => view.hops.find((each) => each.stage === stage);
  const byJob = (job: string) => views.find((view) => view.job === job);

  it('are all on record, also those that ended long ago', () => {
    expect(views).toHaveLength(
      Number(recording().value(`${ROWS} SELECT count(*) FROM e WHERE type = 'TRAINING_THRESHOLD_REACHED'`)),
    );
    const outcomes = (status: string) => views.filter((view) => view.status === status).length;
    const count = (type: string) =>
      recording().value('SELECT count(*) FROM events WHERE upper(event_type) = ?', type);
    expect(outcomes('rejected')).toBe(count('PROMOTION_REJECTED'));
    expect(outcomes('rolled_back')).toBe(count('PROMOTION_ROLLED_BACK'));
    expect(outcomes('failed')).toBe(count('TRAINING_FAILED'));
    expect(outcomes('promoted') + outcomes('rolled_back')).toBe(count('MODEL_PROMOTED'));
  });

  it('are traced back to the export, the sync, the new games and the selfplay batch before them', () => {
    expect(traced).toHaveLength(184);
    for (const row of traced) {
      const view = byJob(row.job);
      const found = view && {
        job: row.job,
        export_start: hop(view, 'export')?.started?.s,
        export_end: hop(view, 'export')?.ended?.s,
        sync: hop(view, 'sync')?.ended?.s,
        new_games: hop(view, 'new_games')?.ended?.s,
        selfplay: hop(view, 'selfplay')?.ended?.s,
      };
      expect(found).toEqual(row);
    }
  });

  it('say which exports were attributed by their time alone', () => {
    const guessed = views.filter((view) => hop(view, 'export')?.guessed === true).length;
    expect(guessed).toBe(
      recording().value(
        `${ROWS} SELECT count(*) FROM e WHERE type = 'NPZ_EXPORT_COMPLETE' AND config IS NULL`,
      ),
    );
  });

  it('take as long from data to champion as their events are apart', () => {
    const promoted = recording().rows<{ job: string; t: number }>(
      `SELECT c.payload ->> 'job_id' AS job, p.created_at AS t FROM events c
       JOIN events p ON p.event_type = 'MODEL_PROMOTED' AND p.payload ->> 'model_id' = c.payload ->> 'model_id'
       WHERE c.event_type = 'TRAINING_COMPLETED'`,
    );
    const dataAt = (job: string) =>
      Number(
        recording().value(
          'SELECT created_at FROM events WHERE event_id = ?',
          traced.find((row) => row.job === job)?.selfplay,
        ),
      );
    const rows = promoted.map(({ job, t }) => ({ job, lead: t - dataAt(job) }));
    expect(rows).toHaveLength(103);
    for (const { job, lead } of rows) expect(leadTime(byJob(job) as RunView)).toBeCloseTo(lead, 3);
    const sorted = rows.map(({ lead }) => lead).sort((a, b) => a - b);
    const told = leadTimes(views).find(({ hop: span }) => span === 'lead');
    expect(told?.median_seconds).toBeCloseTo(sorted[51] ?? NaN, 3);
    expect(told?.p95_seconds).toBeCloseTo(sorted[97] ?? NaN, 3);
  });

  it('wait for their training as long as the events are apart', () => {
    const rows = recording().rows<{ job: string; waited: number; took: number }>(
      `SELECT s.payload ->> 'job_id' AS job, s.created_at - h.created_at AS waited, c.created_at - h.created_at AS took
       FROM events s JOIN events h ON h.event_type = 'training_threshold' AND h.payload ->> 'job_id' = s.payload ->> 'job_id'
       JOIN events c ON c.event_type = 'TRAINING_COMPLETED' AND c.payload ->> 'job_id' = s.payload ->> 'job_id'
       WHERE s.event_type = 'TRAINING_STARTED'`,
    );
    expect(rows).toHaveLength(170);
    for (const { job, waited, took } of rows) {
      const time = hopTimes(byJob(job) as RunView).find(({ stage }) => stage === 'training');
      expect(time?.waited).toBeCloseTo(waited, 3);
      expect(time?.took).toBeCloseTo(took, 3);
    }
  });
});

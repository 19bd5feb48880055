import { quantileSorted } from 'simple-statistics';
import { beforeAll, expect, it } from 'vitest';
import type { States } from '../../../../domain/projections';
import { leadTimes, runViews } from '../../../../domain/projections/pipeline';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { pipelineDurations, type DurationId } from './durations';
import { pipelineRun, pipelineRuns } from './runs';
import { pipelineTrend } from './trend';

const ALL = { configs: [], since: null, until: null };

/** Seconds from one event to another of the same job or model, with the config and when it was over. */
const between = (from: string, to: string, by: string) =>
  `WITH a AS MATERIALIZED (SELECT payload ->> '${by}' AS subject, created_at AS t FROM events WHERE event_type = '${from}'),
     b AS MATERIALIZED (SELECT payload ->> '${by}' AS subject, payload ->> 'config_key' AS config, created_at AS t, event_id AS seq FROM events WHERE event_type = '${to}')
   SELECT b.config, b.t AS at, b.seq, b.t - a.t AS seconds FROM a JOIN b USING (subject) ORDER BY b.t`;

const SYNCS = `SELECT NULL AS config, c.created_at AS at, c.event_id AS seq, c.created_at - (SELECT max(o.created_at) FROM events o WHERE o.event_type = 'DATA_SYNC_STARTED'
    AND o.payload ->> 'source' = c.payload ->> 'source' AND o.created_at <= c.created_at) AS seconds
  FROM events c WHERE c.event_type = 'DATA_SYNC_COMPLETED' ORDER BY at`;

type Found = { config: string | null; at: number; seq: number; seconds: number };

/** What the page tells of each duration, and where the raw rows tell the same. */
const ORACLE: readonly (readonly [DurationId, string])[] = [
  ['training_run', between('TRAINING_STARTED', 'TRAINING_COMPLETED', 'job_id')],
  ['training', between('training_threshold', 'TRAINING_COMPLETED', 'job_id')],
  ['evaluation_run', between('EVALUATION_STARTED', 'EVALUATION_COMPLETED', 'model_id')],
  ['evaluation', between('TRAINING_COMPLETED', 'EVALUATION_COMPLETED', 'model_id')],
  ['distribution', between('MODEL_PROMOTED', 'MODEL_DISTRIBUTION_COMPLETE', 'model_id')],
  ['sync_run', SYNCS],
];

describeRecording('the pipeline page', (recording) => {
  let states: States;
  beforeAll(() => {
    states = recording().fold.states();
  });

  it.each(ORACLE)('tells p50 and p95 of %s over all and per config', (id, sql) => {
    const rows = recording().rows<Found>(sql);
    expect(rows.length).toBeGreaterThan(100);
    const told = pipelineDurations(states, ALL);
    const configs = [...new Set(rows.map(({ config }) => config))];
    for (const config of [null, ...configs]) {
      const expected = rows
        .filter((row) => config === null || row.config === config)
        .map(({ seconds }) => seconds)
        .sort((a, b) => a - b);
      const own = told.find((row) => row.config === config)?.of[id];
      expect(own?.runs).toBe(expected.length);
      expect(own?.p50).toBeCloseTo(quantileSorted(expected, 0.5), 0);
      expect(own?.p95).toBeCloseTo(quantileSorted(expected, 0.95), 0);
    }
  });

  it('tells the whole ways of promoted runs as the document of the state does', () => {
    const [all] = pipelineDurations(states, ALL);
    const told = leadTimes(runViews(states.pipeline));
    for (const hop of ['total', 'lead'] as const) {
      const way = told.find((each) => each.hop === hop);
      expect(way?.runs).toBeGreaterThan(10);
      expect(all?.of[hop]?.runs).toBe(way?.runs);
      expect(all?.of[hop]?.max).toBeCloseTo(way?.max_seconds ?? 0, 0);
    }
  });

  it('counts only what was over within the stretch and of the configs asked for', () => {
    const [, sql = ''] = ORACLE[0] ?? [];
    const rows = recording().rows<Found>(sql);
    const [since, until] = [rows[40]?.at ?? 0, rows[120]?.at ?? 0];
    const input = { configs: ['hex8_2p'], since, until };
    const expected = rows.filter(
      ({ config, at }) => config === 'hex8_2p' && at >= since && at <= until,
    ).length;
    expect(pipelineDurations(states, input)[0]?.of.training_run?.runs).toBe(expected);
    const points = pipelineTrend(states, { ...input, of: 'training_run' }).flatMap((line) => line.points);
    expect(points).toHaveLength(expected);
  });

  it('charts every training with the event that ended it', () => {
    const rows = recording().rows<Found>(ORACLE[0]?.[1] ?? '');
    const lines = pipelineTrend(states, { ...ALL, of: 'training_run' });
    expect(lines.map(({ config }) => config)).toHaveLength(6);
    const told = lines.flatMap(({ config, points }) => points.map(([, , seq]) => `${seq} ${config}`));
    expect(told.sort()).toEqual(rows.map(({ seq, config }) => `${seq} ${config}`).sort());
  });

  it('lists the runs under way first, and any run by its id', () => {
    const { runs, total } = pipelineRuns(states, { ...ALL, status: null, limit: 10 });
    expect(total).toBe(184);
    expect(runs).toHaveLength(10);
    expect(runs.slice(0, 5).map(({ status }) => status)).toEqual(Array<string>(5).fill('active'));
    const failed = pipelineRuns(states, { ...ALL, status: 'failed', limit: 200 });
    expect(failed.total).toBe(
      recording().value(`SELECT count(*) FROM events WHERE event_type = 'TRAINING_FAILED'`),
    );
    const oldest = String(
      recording().value(
        `SELECT payload ->> 'job_id' FROM events WHERE event_type = 'training_threshold' ORDER BY event_id LIMIT 1`,
      ),
    );
    expect(pipelineRun(states, oldest)).toMatchObject({ job_id: oldest, config: 'hex8_3p' });
    expect(pipelineRun(states, 'nothing')).toBeNull();
  });

  it('answers narrowly enough to be asked again every two seconds', () => {
    const durations = JSON.stringify(pipelineDurations(states, ALL)).length;
    const runs = JSON.stringify(pipelineRuns(states, { ...ALL, status: null, limit: 25 })).length;
    expect(durations).toBeLessThan(10_000);
    expect(runs).toBeLessThan(50_000);
  });
});

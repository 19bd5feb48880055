import { expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { pageInput } from '../input';
import { comparedRuns } from './compare';
import { trainingOverview } from './overview';
import { runDetail } from './run';

const DURATIONS = `
  SELECT json_extract(e.payload, '$.config_key') AS config, e.created_at - s.created_at AS seconds,
         json_extract(e.payload, '$.job_id') AS job, e.created_at AS t
  FROM events e JOIN events s ON upper(s.event_type) = 'TRAINING_STARTED'
   AND json_extract(s.payload, '$.job_id') = json_extract(e.payload, '$.job_id')
  WHERE upper(e.event_type) = 'TRAINING_COMPLETED'`;

describeRecording('pages of training', (recording) => {
  const all = pageInput.parse({});
  const states = () => recording().fold.states();
  const overview = (input = all) => trainingOverview(states(), input);

  it('tells how long the trainings of each config take', () => {
    const expected = recording().rows<{
      config: string;
      runs: number;
      min: number;
      max: number;
      mean: number;
    }>(
      `SELECT config, count(*) AS runs, min(seconds) AS min, max(seconds) AS max, avg(seconds) AS mean
       FROM (${DURATIONS}) GROUP BY 1 ORDER BY 1`,
    );
    const durations = overview().durations.sort((a, b) => (a.config < b.config ? -1 : 1));
    expect(durations.map(({ config, runs }) => [config, runs])).toEqual(
      expected.map(({ config, runs }) => [config, runs]),
    );
    for (const [index, { min, max, mean }] of expected.entries()) {
      expect(durations[index]?.min).toBeCloseTo(min, 6);
      expect(durations[index]?.max).toBeCloseTo(max, 6);
      expect(durations[index]?.mean).toBeCloseTo(mean, 6);
    }
    const [first] = durations;
    const half = recording().value(
      `SELECT avg(seconds) FROM (SELECT seconds, row_number() OVER (ORDER BY seconds) AS place, count(*) OVER () AS n
         FROM (${DURATIONS}) WHERE config = ?) WHERE place IN ((n + 1) / 2, (n + 2) / 2)`,
      first?.config,
    );
    expect(first?.p50).toBeCloseTo(half as number, 6);
  });

  it('draws each completed run at its end', () => {
    const drawn = overview().charts.flatMap(({ config, points }) =>
      points.map(({ t, seconds, job_id }) => ({ config, seconds, job: job_id, t })),
    );
    const rows = recording().rows<(typeof drawn)[number]>(`${DURATIONS} ORDER BY config, t`);
    const byTime = (a: { t: number }, b: { t: number }) => a.t - b.t;
    expect(drawn.sort(byTime)).toEqual(rows.sort(byTime));
  });

  it('keeps to the configs and the stretch asked for', () => {
    const since = 1_766_750_000;
    const expected = recording().value(
      `SELECT count(*) FROM (${DURATIONS}) WHERE config = 'hex8_2p' AND t >= ?`,
      since,
    );
    const { counts, durations } = overview(pageInput.parse({ configs: ['hex8_2p'], since }));
    expect(counts.completed).toBe(expected);
    expect(durations.map(({ config, runs }) => [config, runs])).toEqual([['hex8_2p', expected]]);
    // Of what was under way at the end of the stretch, nothing is counted as ended.
    for (const until of [1_766_720_500, 1_766_760_000, 1_766_777_000]) {
      const ended = recording().value(`SELECT count(*) FROM (${DURATIONS}) WHERE t <= ?`, until);
      expect(overview(pageInput.parse({ until })).counts.completed).toBe(ended);
    }
  });

  it('gathers failures by their error', () => {
    const [error, failures] = [
      `SELECT DISTINCT json_extract(payload, '$.error') FROM events WHERE upper(event_type) = 'TRAINING_FAILED'`,
      `SELECT count(*) FROM events WHERE upper(event_type) = 'TRAINING_FAILED'`,
    ].map((sql) => recording().value(sql));
    const groups = overview().failures;
    expect(groups.map((group) => [group.error, group.failures])).toEqual([[error, failures]]);
    expect(groups[0]?.runs).toHaveLength(10);
  });

  it('lists the rollbacks with what they returned to', () => {
    const rows = recording().rows(
      `SELECT json_extract(payload, '$.rollback_from') AS model_id, json_extract(payload, '$.model_id') AS "to"
       FROM events WHERE upper(event_type) = 'TRAINING_ROLLBACK_COMPLETED' ORDER BY created_at DESC`,
    );
    expect(overview().rollbacks.map(({ model_id, to }) => ({ model_id, to }))).toEqual(rows);
  });

  it('finds the hyperparameters that changed while a run was under way', () => {
    const expected = recording().rows<{ job: string; n: number }>(
      `SELECT json_extract(s.payload, '$.job_id') AS job, count(*) AS n
       FROM events s LEFT JOIN events e ON upper(e.event_type) IN ('TRAINING_COMPLETED', 'TRAINING_FAILED')
        AND json_extract(e.payload, '$.job_id') = json_extract(s.payload, '$.job_id')
       JOIN events h ON upper(h.event_type) = 'HYPERPARAMETER_UPDATED'
        AND json_extract(h.payload, '$.config') = json_extract(s.payload, '$.config_key')
        AND h.created_at BETWEEN s.created_at AND coalesce(e.created_at, 1e12)
       WHERE upper(s.event_type) = 'TRAINING_STARTED' GROUP BY 1 ORDER BY 1`,
    );
    const found = [...states().training.runs.keys()]
      .flatMap((job) => {
        const n = runDetail(states(), job)?.params.length ?? 0;
        return n === 0 ? [] : [{ job, n }];
      })
      .sort((a, b) => (a.job < b.job ? -1 : 1));
    expect(found).toEqual(expected);
    expect(found.reduce((sum, { n }) => sum + n, 0)).toBe(32);
  });

  it('draws the losses of any runs, epoch by epoch', () => {
    const jobs = ['hex8_2p_1766703439', 'hex8_3p_1766703321', 'nobody knows it'];
    const [first, second, unknown] = comparedRuns(states(), jobs);
    for (const run of [first, second]) {
      const rows = recording().rows(
        `SELECT json_extract(payload, '$.epoch') AS epoch, json_extract(payload, '$.val_loss') AS val_loss
         FROM events WHERE upper(event_type) = 'TRAINING_PROGRESS' AND json_extract(payload, '$.job_id') = ?
         ORDER BY 1`,
        run?.job_id,
      );
      expect(run?.epochs.map(({ epoch, val_loss }) => ({ epoch, val_loss }))).toEqual(rows);
    }
    expect(unknown).toMatchObject({ status: null, epochs: [] });
  });

  it('tells what became of the model', () => {
    const back = recording().value(
      `SELECT json_extract(payload, '$.rollback_from') FROM events WHERE upper(event_type) = 'TRAINING_ROLLBACK_COMPLETED'`,
    ) as string;
    const detail = runDetail(states(), states().training.byModel.get(back) ?? '');
    expect(detail).toMatchObject({
      model: { model_id: back, status: 'rolled_back' },
      rollback: { model_id: back },
    });
  });
});

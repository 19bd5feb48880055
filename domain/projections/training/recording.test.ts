import { expect, it } from 'vitest';
import { describeRecording } from '../testing/recording.test-support';
import { entityOf, tableOf } from '../testing/run';
import type { TrainingConfigEntity, TrainingRunEntity } from '.';

/** Start and end of every job, from the raw rows. */
const SPANS = `
  WITH spans AS (
    SELECT json_extract(s.payload, '$.job_id') AS job, json_extract(s.payload, '$.config_key') AS config,
           s.created_at AS started, e.created_at AS ended, upper(e.event_type) AS outcome
    FROM events s LEFT JOIN events e
      ON upper(e.event_type) IN ('TRAINING_COMPLETED', 'TRAINING_FAILED')
     AND json_extract(e.payload, '$.job_id') = json_extract(s.payload, '$.job_id')
    WHERE upper(s.event_type) = 'TRAINING_STARTED')`;

/** Events of a type that name no job, by the job that their config had under way at the time. */
const placed = (type: string) => `${SPANS}
  SELECT job, count(*) AS n FROM spans JOIN events x
    ON upper(x.event_type) = '${type}' AND json_extract(x.payload, '$.config_key') = config
   AND x.created_at BETWEEN started AND coalesce(ended, 1e12)
  GROUP BY job`;

describeRecording('training', (recording) => {
  const runs = () => tableOf(recording().fold, 'training.runs') as Map<string, TrainingRunEntity>;
  const figure = (read: (run: TrainingRunEntity) => unknown) =>
    new Map([...runs()].map(([job, run]) => [job, read(run)]));
  const column = (sql: string) =>
    new Map(
      recording()
        .rows<{ job: string; n: unknown }>(sql)
        .map(({ job, n }) => [job, n]),
    );
  const nonZero = (all: Map<string, unknown>) => new Map([...all].filter(([, n]) => n !== 0));

  it('knows how every run started and ended', () => {
    const spans = recording().rows<{ job: string; started: number; ended: number; outcome: string | null }>(
      `${SPANS} SELECT job, started, ended, outcome FROM spans`,
    );
    expect(figure(({ started_at, ended_at, status }) => [started_at, ended_at, status])).toEqual(
      new Map(
        spans.map(({ job, started, ended, outcome }) => [
          job,
          [
            started,
            ended,
            outcome === null ? 'running' : outcome === 'TRAINING_FAILED' ? 'failed' : 'completed',
          ],
        ]),
      ),
    );
    expect([...runs().values()].map(({ status }) => status).sort()).toEqual([
      ...Array<string>(170).fill('completed'),
      ...Array<string>(10).fill('failed'),
      ...Array<string>(4).fill('running'),
    ]);
  });

  it('finds the best epoch and its loss', () => {
    const best = column(`
      SELECT job, json_array(epoch, val) AS n FROM (
        SELECT json_extract(payload, '$.job_id') AS job, json_extract(payload, '$.epoch') AS epoch,
               json_extract(payload, '$.val_loss') AS val,
               row_number() OVER (PARTITION BY json_extract(payload, '$.job_id')
                                  ORDER BY json_extract(payload, '$.val_loss'), json_extract(payload, '$.epoch')) AS rank
        FROM events WHERE upper(event_type) = 'TRAINING_PROGRESS') WHERE rank = 1`);
    expect(figure(({ best_epoch, best_loss }) => JSON.stringify([best_epoch, best_loss]))).toEqual(best);
  });

  it('knows how far each run got, and out of how many epochs', () => {
    const progress = column(`
      SELECT json_extract(payload, '$.job_id') AS job,
             json_array(max(json_extract(payload, '$.epoch')), max(json_extract(payload, '$.total_epochs'))) AS n
      FROM events WHERE upper(event_type) = 'TRAINING_PROGRESS' GROUP BY 1`);
    expect(figure(({ epoch, total_epochs }) => JSON.stringify([epoch, total_epochs]))).toEqual(progress);
  });

  it('counts anomalies, early stops and trends to the run that was under way, though they name none', () => {
    expect(nonZero(figure(({ anomalies }) => anomalies))).toEqual(column(placed('TRAINING_LOSS_ANOMALY')));
    const stopped = nonZero(figure((run) => (run.stopped === null ? 0 : 1)));
    expect(stopped).toEqual(column(placed('TRAINING_EARLY_STOPPED')));
    expect(stopped.size).toBe(47);
    const trends = [...recording().fold.states().training.runs.values()].map(({ id, trends: all }) => [
      id,
      all.length,
    ]);
    expect(nonZero(new Map(trends as [string, number][]))).toEqual(column(placed('TRAINING_LOSS_TREND')));
  });

  it('counts checkpoints to the job in their path', () => {
    const saved = column(`
      SELECT substr(path, 13, instr(substr(path, 13), '/') - 1) AS job, count(*) AS n FROM (
        SELECT json_extract(payload, '$.checkpoint_path') AS path FROM events WHERE upper(event_type) = 'CHECKPOINT_SAVED')
      GROUP BY 1`);
    expect(nonZero(figure(({ checkpoints }) => checkpoints))).toEqual(saved);
  });

  it('knows the data of each run: what was exported to the file begun last before its trigger', () => {
    const samples = column(`
      SELECT json_extract(t.payload, '$.job_id') AS job, (
        SELECT json_extract(done.payload, '$.samples_exported') FROM events done
        WHERE upper(done.event_type) = 'NPZ_EXPORT_COMPLETE' AND json_extract(done.payload, '$.output_path') = (
          SELECT json_extract(x.payload, '$.output_path') FROM events x
          WHERE upper(x.event_type) = 'NPZ_EXPORT_STARTED' AND x.created_at <= t.created_at
            AND json_extract(x.payload, '$.board_type') || '_' || json_extract(x.payload, '$.num_players') || 'p'
                = json_extract(t.payload, '$.config')
          ORDER BY x.created_at DESC LIMIT 1)) AS n
      FROM events t WHERE upper(t.event_type) = 'TRAINING_THRESHOLD'`);
    expect(figure(({ samples: n }) => n)).toEqual(samples);
    expect([...samples.values()].filter((n) => n === null)).toHaveLength(32);
    const games = column(`
      SELECT json_extract(payload, '$.job_id') AS job, json_extract(payload, '$.games') AS n
      FROM events WHERE upper(event_type) = 'TRAINING_THRESHOLD'`);
    // What was exported is what the trigger counted, so the match by config and time is the right one.
    expect(figure(({ games: n }) => n)).toEqual(games);
  });

  it('takes the pace from the last eight epochs', () => {
    const [job] = [...runs()].find(([, { status }]) => status === 'running') ?? [];
    const seconds = recording()
      .rows<{ n: number | null }>(
        `SELECT created_at - lag(created_at) OVER (ORDER BY json_extract(payload, '$.epoch')) AS n FROM events
         WHERE upper(event_type) = 'TRAINING_PROGRESS' AND json_extract(payload, '$.job_id') = ?`,
        job,
      )
      .map(({ n }) => n)
      .filter((n) => n !== null)
      .slice(-8)
      .sort((a, b) => a - b);
    const middle = (seconds.length - 1) / 2;
    const median = ((seconds[Math.floor(middle)] ?? 0) + (seconds[Math.ceil(middle)] ?? 0)) / 2;
    expect(entityOf(recording().fold, 'training.runs', job ?? '')).toMatchObject({
      epoch_seconds: median,
      epoch_low: seconds[0],
      epoch_high: seconds.at(-1),
    });
  });

  it('sees eleven models rolled back, and no stray', () => {
    const back = recording()
      .rows<{ model: string }>(
        `SELECT json_extract(payload, '$.rollback_from') AS model FROM events
         WHERE upper(event_type) = 'TRAINING_ROLLBACK_COMPLETED' ORDER BY 1`,
      )
      .map(({ model }) => model);
    const seen = [...runs().values()].filter(({ rollback }) => rollback === 'completed');
    expect(seen.map(({ model_id }) => model_id).sort()).toEqual(back);
    expect(recording().fold.selectState('training')).toMatchObject({ unassigned: { events: 0 } });
  });

  it('counts per config what SQL counts', () => {
    const counts = recording().rows(
      `SELECT json_extract(payload, '$.config_key') AS config,
              sum(upper(event_type) = 'TRAINING_STARTED') AS started,
              sum(upper(event_type) = 'TRAINING_COMPLETED') AS completed,
              sum(upper(event_type) = 'TRAINING_FAILED') AS failed,
              sum(upper(event_type) = 'TRAINING_EARLY_STOPPED') AS stopped,
              sum(upper(event_type) = 'TRAINING_LOSS_ANOMALY') AS anomalies
       FROM events WHERE upper(event_type) LIKE 'TRAINING%' AND config IS NOT NULL GROUP BY 1 ORDER BY 1`,
    );
    const configs = tableOf(recording().fold, 'training.configs') as Map<string, TrainingConfigEntity>;
    const shown = [...configs.values()]
      .map(({ config, started, completed, failed, stopped, anomalies }) => {
        return { config, started, completed, failed, stopped, anomalies };
      })
      .sort((a, b) => (a.config < b.config ? -1 : 1));
    expect(shown).toEqual(counts);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeRecording } from '../../../../domain/projections/testing/recording.test-support';
import { told, type Told } from './testing.test-support';
import type { ModelLife } from './life';

const MODEL = 'hex8_2p_v20';

describeRecording('page /models/<id>', (recording) => {
  let story: Told;
  let life: ModelLife;
  beforeAll(async () => {
    story = await told(recording().events, recording().fold.states());
    const found = await story.life(MODEL);
    if (found === null) throw new Error(`${MODEL} is not in the recording`);
    life = found;
  });
  afterAll(() => story.close());

  const about = (type: string, column: string, model = MODEL): unknown =>
    recording().value(
      `SELECT ${column} FROM events WHERE upper(event_type) = ? AND payload ->> 'model_id' = ?`,
      type,
      model,
    );
  const job = (): unknown => about('TRAINING_COMPLETED', `payload ->> 'job_id'`);
  const ofJob = (type: string, column: string): unknown =>
    recording().value(
      `SELECT ${column} FROM events WHERE upper(event_type) = ? AND payload ->> 'job_id' = ?`,
      type,
      job(),
    );
  const beforeTraining = (type: string, column: string): unknown =>
    recording().value(
      `SELECT ${column} FROM events WHERE upper(event_type) = ? AND payload ->> 'board_type' = 'hex8' AND payload ->> 'num_players' = 2
         AND created_at <= ? ORDER BY created_at DESC, event_id DESC LIMIT 1`,
      type,
      ofJob('TRAINING_STARTED', 'created_at'),
    );

  it('traces the training to its games', () => {
    expect(life.lineage.games).toMatchObject({
      games: ofJob('TRAINING_THRESHOLD', `payload ->> 'games'`),
      threshold: ofJob('TRAINING_THRESHOLD', `payload ->> 'threshold'`),
      event: { seq: ofJob('TRAINING_THRESHOLD', 'event_id') },
    });
  });

  it('finds the export that the training was triggered by, whose end named no config', () => {
    expect(life.lineage.export).toMatchObject({
      samples: null,
      games: ofJob('TRAINING_THRESHOLD', `payload ->> 'games'`),
      event: { seq: beforeTraining('NPZ_EXPORT_STARTED', 'event_id') },
    });
  });

  it('finds the quality that stood when the training began', () => {
    expect(life.lineage.quality).toMatchObject({
      average: beforeTraining('QUALITY_SCORE_UPDATED', `payload ->> 'avg_quality'`),
      high_share: beforeTraining(
        'QUALITY_SCORE_UPDATED',
        `(payload ->> 'high_quality_games') * 1.0 / (payload ->> 'total_games')`,
      ),
    });
  });

  it('times the training', () => {
    const took =
      Number(about('TRAINING_COMPLETED', 'created_at')) - Number(ofJob('TRAINING_STARTED', 'created_at'));
    expect(life.lineage.training).toMatchObject({
      job_id: job(),
      node: ofJob('TRAINING_STARTED', `payload ->> 'node_name'`),
      seconds: took,
      epochs: about('TRAINING_COMPLETED', `payload ->> 'epochs'`),
      val_loss: about('TRAINING_COMPLETED', `payload ->> 'val_loss'`),
    });
  });

  it('follows the evaluation report by report', () => {
    const progress = recording().rows<{ games: number; elo: number }>(
      `SELECT payload ->> 'games_completed' AS games, payload ->> 'current_elo' AS elo FROM events
       WHERE upper(event_type) = 'EVALUATION_PROGRESS' AND payload ->> 'model_id' = ? ORDER BY created_at`,
      MODEL,
    );
    const games = about('EVALUATION_COMPLETED', `payload ->> 'games_played'`);
    const elo = about('EVALUATION_COMPLETED', `payload ->> 'elo'`);
    expect(life.evaluations).toMatchObject([
      {
        ...{ games, elo, win_rate: about('EVALUATION_COMPLETED', `payload ->> 'win_rate'`) },
        progress: [...progress.map((row) => [row.games, row.elo]), [games, elo]],
      },
    ]);
  });

  it('names the nodes that got it', () => {
    const nodes = recording().rows<{ node: string }>(
      `SELECT n.value AS node FROM events e, json_each(e.payload, '$.nodes') n
       WHERE upper(e.event_type) = 'MODEL_DISTRIBUTION_COMPLETE' AND e.payload ->> 'model_id' = ?`,
      MODEL,
    );
    expect(life.holders.map(({ node }) => node).sort()).toEqual(nodes.map(({ node }) => node).sort());
    expect(life.unplaced_invalidation).toMatchObject({ event_type: 'CACHE_INVALIDATED' });
  });

  it('lists every event of it, the beginnings, and what names it, in the order of time', () => {
    const own = recording().rows<{ id: number }>(
      `SELECT event_id AS id FROM events WHERE upper(event_type) <> 'EVALUATION_PROGRESS' AND (payload ->> 'model_id' = @m
         OR (upper(event_type) = 'CACHE_INVALIDATED' AND payload ->> 'target_id' = @m) OR (payload ->> 'recovery_type' = 'model' AND payload ->> 'target' = @m)
         OR payload ->> 'rollback_from' = @m)`,
      { m: MODEL },
    );
    const before = [
      ofJob('TRAINING_STARTED', 'event_id'),
      ofJob('TRAINING_THRESHOLD', 'event_id'),
      beforeTraining('NPZ_EXPORT_STARTED', 'event_id'),
    ];
    const expected = [...own.map(({ id }) => id), ...before.map(Number)].sort((a, b) => a - b);
    expect(life.steps.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(expected);
    const times = life.steps.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('says what was measured against its successor', async () => {
    const next = await story.life('hex8_2p_v19');
    const rows = recording().rows<{ id: string }>(
      `SELECT e.payload ->> 'model_id' AS id FROM events e, json_each(e.payload, '$.opponents') o
       WHERE upper(e.event_type) = 'EVALUATION_COMPLETED' AND o.value = 'hex8_2p_v19' ORDER BY e.created_at DESC`,
    );
    expect(next?.challenges.map(({ model_id: id }) => id)).toEqual(rows.map(({ id }) => id));
    expect(rows.length).toBeGreaterThan(1);
  });
});

import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import { event, T0 } from '../testing/event';
import { entityOf, folded, tableOf } from '../testing/run';

const training = (events: readonly StoredEvent[]) =>
  entityOf(folded(events), 'pipeline.cells', 'hex8_2p|training');
const job = (type: string, id: string, at: number, more: Record<string, string | number> = {}) =>
  event(type, { config_key: 'hex8_2p', job_id: id, ...more }, at);

describe('a stage', () => {
  it('counts what is in progress, in whichever order start and end arrive', () => {
    const started = job('TRAINING_STARTED', 'a', 1);
    const ended = job('TRAINING_COMPLETED', 'a', 5);
    const other = job('TRAINING_STARTED', 'b', 3);
    for (const order of [
      [started, ended, other],
      [ended, other, started],
      [other, ended, started],
    ]) {
      expect(training(order)).toMatchObject({ in_progress: 1, in_progress_since: T0 + 3, count: 1 });
    }
  });

  it('is in progress again when the same thing starts anew', () => {
    const again = [
      job('TRAINING_STARTED', 'a', 1),
      job('TRAINING_FAILED', 'a', 5),
      job('TRAINING_STARTED', 'a', 7),
    ];
    expect(training(again)).toMatchObject({ in_progress: 1, in_progress_since: T0 + 7, failed: 1 });
  });

  it('is not in progress once nothing was heard of it for six hours', () => {
    const hours = (count: number) => count * 3600;
    const later = (at: number) => event('WORK_QUEUED', {}, at);
    const lost = [job('TRAINING_STARTED', 'a', 0), later(hours(6) + 59)];
    expect(training(lost)).toMatchObject({ in_progress: 1, in_progress_since: T0 });
    const silent = [...lost, later(hours(6) + 60)];
    expect(training(silent)).toMatchObject({ in_progress: 0, in_progress_since: null });
    const touched: string[] = [];
    folded(lost).fold(later(hours(6) + 60), (topic, key) => touched.push(`${topic} ${key}`));
    expect(touched).toContain('pipeline.cells hex8_2p|training');
    expect(touched).toContain('pipeline.stages training');
    // A word of it, with or without its id, shows that it lives.
    const named = job('TRAINING_PROGRESS', 'a', hours(5));
    for (const goesOn of [named, event('TRAINING_PROGRESS', { config_key: 'hex8_2p' }, hours(5))]) {
      expect(training([...silent, goesOn])).toMatchObject({ in_progress: 1, in_progress_since: T0 });
      expect(training([...silent, goesOn])['last']).toMatchObject({ event_type: 'TRAINING_STARTED' });
    }
  });

  it('is in progress by a word of what started before this history, until its end', () => {
    const [early, late] = [job('TRAINING_PROGRESS', 'a', 20), job('TRAINING_PROGRESS', 'a', 50)];
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      expect(training(order)).toMatchObject({ in_progress: 1, in_progress_since: T0 + 20, count: 0 });
      expect(training(order)['last']).toMatchObject({ event_type: 'TRAINING_PROGRESS', timestamp: T0 + 50 });
      const whole = [...order, job('TRAINING_STARTED', 'a', 1)];
      expect(training(whole)).toMatchObject({ in_progress: 1, in_progress_since: T0 + 1 });
      const ended = [...order, job('TRAINING_COMPLETED', 'a', 60)];
      expect(training(ended)).toMatchObject({ in_progress: 0, count: 1 });
      expect(training([...ended, job('TRAINING_PROGRESS', 'a', 55)])).toMatchObject({ in_progress: 0 });
    }
    const nameless = event('TRAINING_PROGRESS', { config_key: 'hex8_2p' }, 20);
    expect(() => training([nameless])).toThrow('has no hex8_2p|training');
  });

  it('lets an end without id end the oldest of its config', () => {
    const end = event('TRAINING_COMPLETED', { config_key: 'hex8_2p', model_id: 'hex8_2p_v1' }, 9);
    const both = [job('TRAINING_STARTED', 'a', 1), job('TRAINING_STARTED', 'b', 3), end];
    expect(training(both)).toMatchObject({ in_progress: 1, in_progress_since: T0 + 3 });
  });

  it('counts a sync that stalled, and is told of as failed besides, as one failure', () => {
    const sync = (type: string, at: number, sync_type = 'data') =>
      event(type, { sync_type, source: 'n1' }, at);
    const failed = (...events: StoredEvent[]) =>
      entityOf(folded([sync('DATA_SYNC_STARTED', 1), ...events]), 'pipeline.stages', 'sync')['failed'];
    const stalled = sync('SYNC_STALLED', 5);
    expect(failed(stalled)).toBe(1);
    expect(failed(stalled, sync('DATA_SYNC_FAILED', 6))).toBe(1);
    expect(failed(stalled, sync('DATA_SYNC_FAILED', 6, 'elo'))).toBe(2);
    expect(failed(stalled, sync('DATA_SYNC_STARTED', 6), sync('DATA_SYNC_FAILED', 7))).toBe(2);
  });

  it('counts a completion without success as a failure, and a rejection as neither', () => {
    const stage = (type: string, payload: Record<string, string | boolean>, id: string) =>
      entityOf(folded([event(type, payload)]), 'pipeline.stages', id);
    expect(stage('SELFPLAY_COMPLETE', { success: false }, 'selfplay')).toMatchObject({ count: 0, failed: 1 });
    expect(stage('PROMOTION_REJECTED', {}, 'promotion')).toMatchObject({ count: 0, failed: 0, rejected: 1 });
  });

  it('loses its rate as event time passes', () => {
    const games = [0, 30, 1800].map((at) => event('NEW_GAMES_AVAILABLE', {}, at));
    const rate = (later: number) =>
      entityOf(folded([...games, event('WORK_QUEUED', {}, later)]), 'pipeline.stages', 'new_games')[
        'rate_per_hour'
      ];
    expect([rate(1800), rate(3600), rate(9000)]).toEqual([3, 1, 0]);
  });
});

describe('a run', () => {
  const whole = [
    job('TRAINING_THRESHOLD_REACHED', 'j', 0),
    job('TRAINING_STARTED', 'j', 10, { node_name: 'n1' }),
    job('TRAINING_PROGRESS', 'j', 50, { epoch: 3, total_epochs: 9 }),
    job('TRAINING_COMPLETED', 'j', 100, { model_id: 'hex8_2p_v1' }),
    event('EVALUATION_STARTED', { model_id: 'hex8_2p_v1' }, 110),
    event('EVALUATION_COMPLETED', { model_id: 'hex8_2p_v1' }, 200),
    event('MODEL_PROMOTED', { model_id: 'hex8_2p_v1' }, 210),
    event('MODEL_DISTRIBUTION_COMPLETE', { model_id: 'hex8_2p_v1' }, 250),
  ];

  it('is chained by job, then by model, from trigger to distribution', () => {
    const fold = folded(whole);
    expect([...tableOf(fold, 'pipeline.runs').keys()]).toEqual(['j']);
    expect(entityOf(fold, 'pipeline.runs', 'j')).toMatchObject({
      ...{
        status: 'promoted',
        stage: 'distribution',
        node: 'n1',
        epoch: 3,
        total_epochs: 9,
        model_id: 'hex8_2p_v1',
      },
      hops: [
        { stage: 'threshold', ended_at: T0, status: 'done' },
        { stage: 'training', started_at: T0 + 10, ended_at: T0 + 100 },
        { stage: 'evaluation', started_at: T0 + 110, ended_at: T0 + 200 },
        { stage: 'promotion', ended_at: T0 + 210 },
        { stage: 'distribution', started_at: T0 + 210, ended_at: T0 + 250, status: 'done' },
      ],
    });
    expect(fold.selectState('pipeline')).toMatchObject({
      lead_times: [
        { hop: 'training', median_seconds: 100 },
        { hop: 'evaluation', median_seconds: 100 },
        { hop: 'promotion', median_seconds: 10 },
        { hop: 'distribution', median_seconds: 40 },
        { hop: 'total', median_seconds: 210 },
      ],
    });
  });

  it('joins what was known of its model before its job was', () => {
    const late = [...whole.slice(4), ...whole.slice(0, 4)];
    const runs = tableOf(folded(late), 'pipeline.runs');
    expect([...runs.keys()]).toEqual(['j']);
    expect(runs.get('j')).toMatchObject({ status: 'promoted', stage: 'distribution', started_at: T0 });
  });

  it('fails, restarts, rolls back and goes stale', () => {
    const status = (events: readonly StoredEvent[]) =>
      entityOf(folded(events), 'pipeline.runs', 'j')['status'];
    const failed = [...whole.slice(0, 3), job('TRAINING_FAILED', 'j', 60)];
    expect(status(failed)).toBe('failed');
    expect(status([...failed, job('TRAINING_STARTED', 'j', 70)])).toBe('active');
    expect(status([...whole, event('PROMOTION_ROLLED_BACK', { model_id: 'hex8_2p_v1' }, 300)])).toBe(
      'rolled_back',
    );
    expect(status([...whole.slice(0, 3), event('WORK_QUEUED', {}, 30_000)])).toBe('stale');
  });

  it('is over with its promotion: another evaluation of the champion is none of it', () => {
    const model_id = 'hex8_2p_v1';
    const again = [
      event('EVALUATION_STARTED', { model_id, evaluation_type: 'tournament' }, 5_000),
      event('EVALUATION_COMPLETED', { model_id }, 6_000),
    ];
    expect(tableOf(folded([...whole, ...again]), 'pipeline.runs')).toEqual(
      tableOf(folded(whole), 'pipeline.runs'),
    );
    // One that was turned down is looked at anew.
    const rejected = [...whole.slice(0, -2), event('PROMOTION_REJECTED', { model_id }, 210)];
    expect(entityOf(folded([...rejected, ...again]), 'pipeline.runs', 'j')['status']).toBe('active');
  });

  it('is over with its promotion for good: an evaluation of its model opens no other once it is on record', () => {
    const ended = Array.from({ length: 140 }, (_, index) => job('TRAINING_FAILED', `j${index}`, 300 + index));
    const again = event('EVALUATION_STARTED', { model_id: 'hex8_2p_v1' }, 5_000);
    const keys = (events: readonly StoredEvent[]) => [...tableOf(folded(events), 'pipeline.runs').keys()];
    expect(keys([...whole, ...ended])).not.toContain('j');
    expect(keys([...whole, ...ended, again])).toEqual(keys([...whole, ...ended]));
  });

  it('is forgotten once a hundred others ended after it', () => {
    const ended = Array.from({ length: 400 }, (_, index) => job('TRAINING_FAILED', `j${index}`, index));
    const runs = [...tableOf(folded(ended), 'pipeline.runs').keys()];
    expect(runs.length).toBeGreaterThanOrEqual(100);
    expect(runs.length).toBeLessThanOrEqual(176);
    expect(runs).toContain('j399');
  });
});

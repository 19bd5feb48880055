import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../events/envelope';
import type { JsonObject } from '../../json';
import { event, T0 } from '../testing/event';
import { entityOf, folded, tableOf } from '../testing/run';

const CONFIG = 'hex8_2p';
const of = (type: string, at: number, more: JsonObject = {}, node = 'gpu-1') =>
  event(type, { config_key: CONFIG, ...more }, at, { hostname: node });
const started = (id: string, at: number, node = 'gpu-1') =>
  of('TRAINING_STARTED', at, { job_id: id, node_name: node, model_version: 'v7' }, node);
const epoch = (e: number, at: number, loss: number, more: JsonObject = {}) =>
  of('TRAINING_PROGRESS', at, {
    ...{ epoch: e, train_loss: loss - 0.1, val_loss: loss, learning_rate: 0.001, total_epochs: 9 },
    ...more,
  });
const runOf = (events: readonly StoredEvent[], id = 'j') => entityOf(folded(events), 'training.runs', id);
const state = (events: readonly StoredEvent[]) => folded(events).states().training;

describe('a run', () => {
  const j = { job_id: 'j' };
  const whole = [
    event('NPZ_EXPORT_COMPLETE', { config_key: CONFIG, samples_exported: 900, games_exported: 30 }, 0),
    event('TRAINING_THRESHOLD_REACHED', { config: CONFIG, games: 30, ...j }, 0),
    started('j', 10),
    epoch(1, 70, 1.2, j),
    epoch(2, 150, 0.8, j),
    epoch(3, 240, 0.9, j),
  ];

  it('tells its progress, its losses and what it trains on', () => {
    expect(runOf(whole)).toMatchObject({
      ...{ status: 'running', config: CONFIG, node: 'gpu-1', triggered_at: T0, started_at: T0 + 10 },
      ...{ epoch: 3, total_epochs: 9, epoch_at: T0 + 240, val_loss: 0.9, learning_rate: 0.001 },
      ...{ epoch_seconds: 85, epoch_low: 80, epoch_high: 90, best_epoch: 2, best_loss: 0.8 },
      ...{ samples: 900, games: 30, spark: [1.2, 0.8, 0.9], ended_at: null },
    });
  });

  it('keeps a loss finite that would round to infinity', () => {
    const huge = -Number.MAX_VALUE;
    expect(runOf([started('j', 10), epoch(1, 70, huge, j)])).toMatchObject({ spark: [huge] });
  });

  it('ends with its model, or with its error', () => {
    const done = of('TRAINING_COMPLETED', 300, { ...j, model_id: 'hex8_2p_v7', val_loss: 0.7 });
    expect(runOf([...whole, done])).toMatchObject({
      status: 'completed',
      ended_at: T0 + 300,
      model_id: 'hex8_2p_v7',
    });
    const lost = of('TRAINING_FAILED', 300, {
      ...j,
      error_details: 'Traceback\n  File "a"\nOSError: disk\n',
    });
    expect(runOf([...whole, lost])).toMatchObject({ status: 'failed', failures: 1, error: 'OSError: disk' });
    const unsuccessful = of('TRAINING_COMPLETED', 300, { ...j, success: false, error: 'nan' });
    expect(runOf([...whole, unsuccessful])).toMatchObject({ status: 'failed', error: 'nan', model_id: null });
  });

  it('lives again when it starts anew or reports an epoch after a failure, in whichever order these arrive', () => {
    const lost = of('TRAINING_FAILED', 250, j);
    for (const again of [started('j', 260), epoch(3, 270, 0.85, j)]) {
      for (const order of [
        [...whole, lost, again],
        [...whole, again, lost],
      ]) {
        expect(runOf(order)).toMatchObject({ status: 'running', failures: 1, ended_at: null });
      }
    }
  });

  it('does not live again by a report that comes after its completion', () => {
    const done = of('TRAINING_COMPLETED', 300, j);
    expect(runOf([...whole, done, epoch(4, 305, 0.7, j)])).toMatchObject({ status: 'completed', epoch: 4 });
  });

  it('keeps the newer of two reports of an epoch, and follows a run that went back', () => {
    const back = [of('CHECKPOINT_LOADED', 400, { ...j, epoch: 1 }), epoch(2, 480, 0.75, j)];
    for (const order of [
      [...whole, ...back],
      [...back, ...whole],
    ]) {
      expect(runOf(order)).toMatchObject({ epoch: 2, val_loss: 0.75, best_epoch: 2, best_loss: 0.75 });
    }
  });

  it('is queued until it starts, and silent six hours after its last event', () => {
    const [, trigger, ...rest] = whole;
    if (trigger === undefined) throw new Error('no trigger');
    expect(runOf([trigger])).toMatchObject({ status: 'queued', started_at: null });
    const sixHours = event('WORK_QUEUED', {}, 240 + 6 * 3600);
    expect(runOf([trigger, ...rest, sixHours])).toMatchObject({ status: 'running' });
    const later = event('WORK_QUEUED', {}, 240 + 6 * 3600 + 60);
    expect(runOf([trigger, ...rest, later])).toMatchObject({ status: 'silent' });
  });

  it('takes the newest export before it began, also when that arrives late', () => {
    const exported = (at: number, samples: number) =>
      event('NPZ_EXPORT_COMPLETE', { config_key: CONFIG, samples_exported: samples }, at);
    const all = [exported(0, 1), exported(5, 2), started('j', 10), exported(20, 3), epoch(1, 30, 1, j)];
    for (const order of [all, [...all].reverse(), [all[2], all[4], all[0], all[3], all[1]]]) {
      expect(runOf(order.filter((each) => each !== undefined))).toMatchObject({ samples: 2 });
    }
  });

  it('does not take the export before for its data where the end of its own names no config', () => {
    const first = { board_type: 'hex8', num_players: 2, output_path: 'a.npz' };
    const own = { board_type: 'hex8', num_players: 2, output_path: 'b.npz', games_to_export: 7 };
    const events = [
      event('NPZ_EXPORT_COMPLETE', { ...first, samples_exported: 900, games_exported: 5 }, 0),
      event('NPZ_EXPORT_STARTED', own, 5),
      event('NPZ_EXPORT_COMPLETE', { config: '', metrics: {} }, 9),
      started('j', 10),
    ];
    expect(runOf(events)).toMatchObject({ samples: null, games: 7 });
    const late = event('NPZ_EXPORT_COMPLETE', { ...own, samples_exported: 40 }, 9);
    expect(runOf([...events, late])).toMatchObject({ samples: 40, games: 7 });
  });

  it('shows the return from its model', () => {
    const done = of('TRAINING_COMPLETED', 300, { ...j, model_id: 'hex8_2p_v7' });
    const needed = of('TRAINING_ROLLBACK_NEEDED', 400, { model_id: 'hex8_2p_v7', severity: 'severe' });
    const back = of('TRAINING_ROLLBACK_COMPLETED', 450, {
      model_id: 'hex8_2p_v6',
      rollback_from: 'hex8_2p_v7',
    });
    expect(runOf([...whole, done, needed])).toMatchObject({ rollback: 'needed' });
    expect(runOf([back, ...whole, done, needed])).toMatchObject({ rollback: 'completed' });
  });
});

describe('a model', () => {
  it('belongs to the run that named it last; the one before is told that it lost it', () => {
    const named = (id: string, at: number) =>
      of('TRAINING_COMPLETED', at, { job_id: id, model_id: 'hex8_2p_v7' });
    const fold = folded([of('TRAINING_ROLLBACK_NEEDED', 0, { model_id: 'hex8_2p_v7' }), named('a', 10)]);
    expect(entityOf(fold, 'training.runs', 'a')).toMatchObject({ rollback: 'needed' });
    const touched: string[] = [];
    fold.fold(named('b', 20), (topic, key) => topic === 'training.runs' && touched.push(key));
    expect(touched).toContain('a');
    expect(entityOf(fold, 'training.runs', 'a')).toMatchObject({ rollback: null });
    expect(entityOf(fold, 'training.runs', 'b')).toMatchObject({ rollback: 'needed' });
  });
});

describe('an event without a job id', () => {
  it('belongs to the run that its config had in progress at its time', () => {
    const events = [
      started('a', 0),
      of('TRAINING_COMPLETED', 100, { job_id: 'a' }),
      started('b', 200),
      epoch(1, 260, 0.9),
      of('TRAINING_LOSS_ANOMALY', 50, { epoch: 1, current_loss: 2 }),
      of('TRAINING_EARLY_STOPPED', 130, { reason: 'plateau' }),
      of('TRAINING_COMPLETED', 300, { model_id: 'hex8_2p_v8' }),
    ];
    expect(runOf(events, 'a')).toMatchObject({ anomalies: 1, stopped: 'plateau', epoch: null });
    expect(runOf(events, 'b')).toMatchObject({ status: 'completed', epoch: 1, model_id: 'hex8_2p_v8' });
    expect(state(events).runs.get('b')).toMatchObject({ inferred: 2, events: 3 });
  });

  it('belongs to the run on the node that reports, where two run at once', () => {
    const events = [started('a', 0, 'gpu-1'), started('b', 10, 'gpu-2'), epoch(1, 60, 0.9)];
    expect(runOf(events, 'a')).toMatchObject({ epoch: 1 });
    expect(runOf(events, 'b')).toMatchObject({ epoch: null });
  });

  it('belongs to the job that its checkpoint path names, whatever is in progress', () => {
    const path = { checkpoint_path: 'checkpoints/a/epoch_005.pt', epoch: 5 };
    const events = [started('a', 0), started('b', 10), of('CHECKPOINT_SAVED', 60, path)];
    expect(runOf(events, 'a')).toMatchObject({ checkpoints: 1 });
    expect(state(events).runs.get('a')?.inferred).toBe(0);
  });

  it('says when its trend was told, which the epochs since do not change', () => {
    const events = [started('a', 0), of('TRAINING_LOSS_TREND', 60, { trend: 'stalled' }), epoch(3, 90, 1)];
    expect(runOf(events, 'a')).toMatchObject({ trend: 'stalled', trend_at: T0 + 60, epoch: 3 });
  });

  it('is noted as a stray where nothing was in progress', () => {
    const found = state([of('TRAINING_LOSS_TREND', 0, { trend: 'improving' }), epoch(3, 9, 1)]);
    expect(found).toMatchObject({ strayCount: 2, strays: [{ t: T0 }, { t: T0 + 9 }] });
    expect([...found.runs.keys()]).toEqual([]);
  });

  it('is a run by the name of its model where it is the end of one that nobody announced', () => {
    expect(runOf([of('TRAINING_COMPLETED', 0, { model_id: 'hex8_2p_v1' })], 'hex8_2p_v1')).toMatchObject({
      status: 'completed',
      started_at: null,
    });
  });
});

describe('a config', () => {
  const config = (events: readonly StoredEvent[]) => entityOf(folded(events), 'training.configs', CONFIG);
  const refused = of('TRAINING_BLOCKED_BY_QUALITY', 50, { quality: 0.4, required_quality: 0.6 });

  it('counts what happened, and says that quality blocks it until a run is decided on', () => {
    expect(config([started('a', 0), of('TRAINING_FAILED', 9, { job_id: 'a' }), refused])).toMatchObject({
      ...{ started: 1, failed: 1, running: 0, blocked: 1 },
      blocked_by: { quality: 0.4, required: 0.6, event: { event_type: 'TRAINING_BLOCKED_BY_QUALITY' } },
    });
    expect(config([refused, started('a', 60)])).toMatchObject({ blocked: 1, running: 1, blocked_by: null });
  });

  it('keeps changes of its hyperparameters, as texts', () => {
    const found = state([
      event(
        'HYPERPARAMETER_UPDATED',
        { config: CONFIG, param_name: 'lr', old_value: 0.1, new_value: [1] },
        5,
      ),
      of('ADAPTIVE_PARAMS_CHANGED', 3, { params_changed: { batch: 64 } }),
    ]).configs.get(CONFIG)?.params;
    expect(found).toMatchObject([
      { name: 'batch', from: null, to: '64', by: 'adaptive' },
      { name: 'lr', from: '0.1', to: '[1]' },
    ]);
  });
});

describe('what is kept', () => {
  it('forgets the oldest of those that ended, and none that goes on', () => {
    const many = Array.from({ length: 1_200 }, (_, index) => [
      started(`r${index}`, index * 10),
      ...(index === 3 ? [] : [of('TRAINING_COMPLETED', index * 10 + 5, { job_id: `r${index}` })]),
    ]).flat();
    const kept = [...tableOf(folded(many), 'training.runs').keys()];
    expect(kept.length).toBeLessThanOrEqual(601);
    expect(kept).toContain('r3');
    expect(kept).toContain('r1199');
    expect(kept).not.toContain('r0');
  });

  it('keeps ended runs whatever floods of runs begin and never end', () => {
    const ended = [started('e', 0), of('TRAINING_COMPLETED', 5, { job_id: 'e' })];
    const flood = Array.from({ length: 3_000 }, (_, index) =>
      epoch(1, 10 + index, 1, { job_id: `f${index}` }),
    );
    const kept = tableOf(folded([...ended, ...flood]), 'training.runs');
    expect(kept.has('e')).toBe(true);
    expect(kept.has('f2999')).toBe(true);
    expect(kept.size).toBeLessThanOrEqual(401);
  });

  it('thins out the epochs of a long run but never the best', () => {
    const long = Array.from({ length: 2_000 }, (_, index) =>
      epoch(index + 1, index, index === 41 ? 0.01 : 1 + index / 1000, { job_id: 'j' }),
    );
    const run = state(long).runs.get('j');
    expect(run?.epochs.length).toBeLessThanOrEqual(300);
    expect(run).toMatchObject({ thinned: true, epochs: { 0: { e: 1 } } });
    expect(runOf(long)).toMatchObject({ best_epoch: 42, epoch: 2_000, epoch_seconds: 1 });
  });
});

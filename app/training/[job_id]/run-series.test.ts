import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@/domain/json';
import { event } from '@/domain/projections/testing/event';
import { folded } from '@/domain/projections/testing/run';
import { runDetail } from '@/server/api/pages/training/run';
import { happeningsOf } from './happenings';
import { lossMarkers, lossSeries, paceSeries, rateSeries } from './run-series';

const of = (type: string, at: number, more: JsonObject = {}) =>
  event(type, { config_key: 'hex8_2p', job_id: 'j', ...more }, at);
const epoch = (e: number, at: number, val: number) =>
  of('TRAINING_PROGRESS', at, { epoch: e, val_loss: val, train_loss: val - 0.1, learning_rate: 0.01 / e });
const run = runDetail(
  folded([
    of('TRAINING_STARTED', 0),
    epoch(1, 60, 0.9),
    epoch(2, 130, 0.6),
    of('TRAINING_LOSS_ANOMALY', 131, { epoch: 2, current_loss: 1.4, expected_loss: 0.6, anomaly_score: 4 }),
    of('TRAINING_LOSS_TREND', 132, { trend: 'stalled', window_epochs: 5, loss_delta: 0.01 }),
    event('HYPERPARAMETER_UPDATED', { config: 'hex8_2p', param_name: 'lr', old_value: 1, new_value: 2 }, 150),
    of('CHECKPOINT_LOADED', 160, { checkpoint_path: 'c/2.pt', epoch: 2 }),
    epoch(3, 200, 0.7),
    of('TRAINING_EARLY_STOPPED', 201, { reason: 'plateau', epochs_completed: 3 }),
  ]).states(),
  'j',
);
if (run === null) throw new Error('no run');

describe('the charts of a run', () => {
  it('draw losses with the anomalies above them, the learning rate, and seconds an epoch', () => {
    expect(lossSeries(run).map(({ id, points }) => [id, points.map(([x]) => x)])).toEqual([
      ['val', [1, 2, 3]],
      ['train', [1, 2, 3]],
      ['anomalies', [2]],
    ]);
    expect(lossSeries(run)[2]).toMatchObject({ points: [[2, 1.4]], notes: ['expected 0.6000, score 4.00'] });
    expect(rateSeries(run)[0]?.points[1]).toEqual([2, 0.005]);
    expect(paceSeries(run)[0]?.points.map(([, y]) => y)).toEqual([60, 70, 70]);
  });

  it('mark the best epoch, changed hyperparameters, a checkpoint gone back to, and the early stop', () => {
    expect(lossMarkers(run).map(({ x, letter, event: ref }) => [x, letter, ref?.event_type])).toEqual([
      [2, 'B', 'TRAINING_PROGRESS'],
      [2, 'H', 'HYPERPARAMETER_UPDATED'],
      [2, 'L', 'CHECKPOINT_LOADED'],
      [3, 'S', 'TRAINING_EARLY_STOPPED'],
    ]);
  });

  it('draw nothing of a run without an epoch', () => {
    const empty = { ...run, epochs: [], anomalies: [] };
    expect([lossSeries(empty), rateSeries(empty), paceSeries(empty)]).toEqual([[], [], []]);
  });
});

describe('what was reported on the way', () => {
  it('is told in words, each row with a key of its own', () => {
    const rows = happeningsOf(run);
    expect(rows.map(({ what, text, e }) => [what, text, e])).toEqual([
      ['Loss anomaly', '1.4000 where 0.6000 was expected, score 4.00', 2],
      ['Trend: stalled', 'loss +0.0100 over 5 epochs', 2],
      ['Checkpoint loaded', 'c/2.pt', 2],
      ['Hyperparameter', 'lr: 1 → 2', 2],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});

import { describe, expect, it } from 'vitest';
import type { ComparedRun } from '@/server/api/pages/training/compare';
import { compareSeries } from './compare-series';

const epoch = (e: number, t: number, val: number | null) => ({
  ...{ epoch: e, t, train_loss: 0.5, val_loss: val, learning_rate: 0.1, seconds: null },
  event_id: `event-${e}`,
});
const run = (job: string, epochs: ComparedRun['epochs'], started: number | null = 1_000): ComparedRun => ({
  ...{ job_id: job, config: 'hex8_2p', status: 'running', started_at: started, epochs },
});
const a = run('a', [epoch(1, 1_060, 0.9), epoch(2, 1_120, null), epoch(3, 1_180, 0.7)]);
const b = run('b', [epoch(1, 5, 0.8)], null);

describe('the series of compared runs', () => {
  it('are a line per run over its epochs, each point with its event, broken where nothing was told', () => {
    expect(compareSeries([a, b], 'val', 'epoch', [0, 1])).toMatchObject([
      {
        name: 'a',
        colour: 0,
        points: [
          [1, 0.9],
          [2, null],
          [3, 0.7],
        ],
        events: ['event-1', 'event-2', 'event-3'],
      },
      { name: 'b', colour: 1, points: [[1, 0.8]] },
    ]);
  });

  it('keep the colour of a run, whatever is measured and whichever others have nothing to draw', () => {
    const nothing = run('n', []);
    const drawn = compareSeries([nothing, a], 'both', 'epoch', [0, 1]);
    expect(drawn.map(({ name, colour, dashed }) => [name, colour, dashed])).toEqual([
      ['a validation', 1, false],
      ['a training', 1, true],
    ]);
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(2);
  });

  it('count minutes from the start; a run whose start is not known is left out', () => {
    const drawn = compareSeries([a, b], 'lr', 'minutes', [0, 1]);
    expect(drawn.map(({ name, points }) => [name, points.map(([x]) => x)])).toEqual([['a', [1, 2, 3]]]);
  });

  it('ascend in time also where a run went back to an earlier epoch', () => {
    const back = run('back', [epoch(1, 1_300, 0.6), epoch(2, 1_120, 0.7)]);
    expect(compareSeries([back], 'val', 'minutes', [0, 1])[0]?.points.map(([x]) => x)).toEqual([2, 5]);
  });
});

import type { ChartSeries } from '@/components/charts/types';
import type { ComparedRun, EpochRow } from '@/server/api/pages/training/compare';
import type { Axis, Measure } from '../search-params';

type Line = { id: string; name: string; dashed: boolean; read: (epoch: EpochRow) => number | null };

const LINES: Readonly<Record<'val' | 'train' | 'lr', Line>> = {
  val: { id: 'val', name: 'validation', dashed: false, read: (epoch) => epoch.val_loss },
  train: { id: 'train', name: 'training', dashed: true, read: (epoch) => epoch.train_loss },
  lr: { id: 'lr', name: 'learning rate', dashed: false, read: (epoch) => epoch.learning_rate },
};

export function linesOf(measure: Measure): readonly Line[] {
  return measure === 'both' ? [LINES.val, LINES.train] : [LINES[measure]];
}

/** A line per run and measure. A run keeps its colour, by its place among the runs chosen, whatever is measured. */
export function compareSeries(
  runs: readonly ComparedRun[],
  measure: Measure,
  axis: Axis,
  colours: readonly number[],
): ChartSeries[] {
  const lines = linesOf(measure);
  return runs.flatMap((run, place) =>
    lines.flatMap((line): ChartSeries[] => {
      const points = run.epochs.flatMap((epoch) => {
        const x = axis === 'epoch' ? epoch.epoch : minutesInto(run, epoch);
        return x === null ? [] : [{ x, y: line.read(epoch), epoch }];
      });
      if (!points.some(({ y }) => y !== null)) return [];
      // Epochs of a run that went back to a checkpoint are not in the order of time.
      points.sort((a, b) => a.x - b.x);
      return [
        {
          id: `${line.id} ${run.job_id}`,
          name: lines.length === 1 ? run.job_id : `${run.job_id} ${line.name}`,
          kind: 'line',
          points: points.map(({ x, y }) => [x, y] as const),
          events: points.map(({ epoch }) => epoch.event_id),
          notes: points.map(({ epoch }) => (axis === 'epoch' ? null : `epoch ${epoch.epoch}`)),
          colour: colours[place],
          dashed: line.dashed,
        },
      ];
    }),
  );
}

function minutesInto(run: ComparedRun, epoch: EpochRow): number | null {
  return run.started_at === null ? null : (epoch.t - run.started_at) / 60;
}

import type { ChartMarker, ChartSeries } from '@/components/charts/types';
import type { EventRef } from '@/domain/realtime/entities';
import { formatFixed } from '@/components/ui/format';
import type { EpochRow } from '@/server/api/pages/training/compare';
import type { RunDetail } from '@/server/api/pages/training/run';

type Told = { id: string; t: number; s?: number };

function refTo(run: RunDetail, type: string, { id, t, s = 0 }: Told): EventRef {
  const { config, node } = run.entity;
  return { event_id: id, seq: s, event_type: type, timestamp: t, config, node };
}

function line(
  id: string,
  name: string,
  epochs: readonly EpochRow[],
  read: (epoch: EpochRow) => number | null,
  more: Partial<ChartSeries> = {},
): ChartSeries[] {
  if (!epochs.some((epoch) => read(epoch) !== null)) return [];
  return [
    {
      id,
      name,
      kind: 'line',
      points: epochs.map((epoch) => [epoch.epoch, read(epoch)] as const),
      events: epochs.map(({ event_id }) => event_id),
      ...more,
    },
  ];
}

/** Validation and training loss over the epochs, and the spikes that AnomalyDetection reported. */
export function lossSeries(run: RunDetail): ChartSeries[] {
  const spikes = run.anomalies
    .flatMap(({ e, loss, expected, score, id }) =>
      e === null || loss === null ? [] : [{ e, loss, expected, score, id }],
    )
    .sort((a, b) => a.e - b.e);
  return [
    ...line('val', 'Validation loss', run.epochs, ({ val_loss }) => val_loss, { colour: 0 }),
    ...line('train', 'Training loss', run.epochs, ({ train_loss }) => train_loss, {
      colour: 1,
      dashed: true,
    }),
    ...(spikes.length === 0
      ? []
      : [
          {
            id: 'anomalies',
            name: 'Anomaly',
            kind: 'points' as const,
            tone: 'bad' as const,
            points: spikes.map(({ e, loss }) => [e, loss] as const),
            events: spikes.map(({ id }) => id),
            notes: spikes.map(
              ({ expected, score }) => `expected ${formatFixed(expected, 4)}, score ${formatFixed(score, 2)}`,
            ),
          },
        ]),
  ];
}

export function rateSeries({ epochs }: RunDetail): ChartSeries[] {
  return line('lr', 'Learning rate', epochs, ({ learning_rate }) => learning_rate, {
    kind: 'step',
    colour: 2,
  });
}

export function paceSeries({ epochs }: RunDetail): ChartSeries[] {
  return line('pace', 'Seconds an epoch', epochs, ({ seconds }) => seconds, { colour: 3 });
}

/** Best epoch, early stop, checkpoints gone back to, and hyperparameters changed, at their epochs. */
export function lossMarkers(run: RunDetail): ChartMarker[] {
  const { entity, stop } = run;
  const best = run.epochs.find(({ epoch }) => epoch === entity.best_epoch);
  const at = (e: number | null): number => e ?? 0;
  return [
    ...(best === undefined
      ? []
      : [
          {
            x: best.epoch,
            label: `Best: ${formatFixed(entity.best_loss, 4)}`,
            letter: 'B',
            tone: 'ok' as const,
            event: refTo(run, 'TRAINING_PROGRESS', { id: best.event_id, t: best.t }),
          },
        ]),
    ...(stop === null
      ? []
      : [
          {
            x: stop.epochs ?? run.epochs.at(-1)?.epoch ?? 0,
            label: `Stopped early: ${stop.reason}`,
            letter: 'S',
            tone: 'warn' as const,
            event: refTo(run, 'TRAINING_EARLY_STOPPED', stop),
          },
        ]),
    ...run.params.map((change) => ({
      x: at(change.e),
      label: `${change.name}: ${change.from ?? 'unset'} → ${change.to ?? 'unset'}`,
      letter: 'H',
      tone: 'busy' as const,
      event: refTo(run, 'HYPERPARAMETER_UPDATED', change),
    })),
    ...run.checkpoints
      .filter(({ loaded }) => loaded)
      .map((each) => ({
        x: at(each.e),
        label: `Went on from ${each.path ?? 'a checkpoint'}`,
        letter: 'L',
        tone: 'info' as const,
        event: refTo(run, 'CHECKPOINT_LOADED', each),
      })),
  ].sort((a, b) => a.x - b.x);
}

import { formatFixed, formatPlural } from '@/components/ui/format';
import type { RunDetail } from '@/server/api/pages/training/run';

/** Something that was reported of a run at an epoch; `id` is its event's. */
export type Happening = { key: string; t: number; id: string; e: number | null; what: string; text: string };

/** All that was reported of a run besides its epochs and its end, in words. */
export function happeningsOf(run: RunDetail): Happening[] {
  return [
    ...run.anomalies.map((each) => ({
      ...row(each),
      what: 'Loss anomaly',
      text: `${formatFixed(each.loss, 4)} where ${formatFixed(each.expected, 4)} was expected, score ${formatFixed(each.score, 2)}`,
    })),
    ...run.trends.map((each) => ({
      ...row(each),
      what: `Trend: ${each.trend}`,
      text: trendText(each),
    })),
    ...run.checkpoints.map((each) => ({
      ...row(each),
      what: each.loaded ? 'Checkpoint loaded' : 'Checkpoint saved',
      text: each.path ?? 'path not told',
    })),
    ...run.params.map((each) => ({
      ...row(each),
      key: `${each.id} ${each.name}`,
      what: 'Hyperparameter',
      text: `${each.name}: ${each.from ?? 'not told'} → ${each.to ?? 'not told'}${each.by === null ? '' : `, by ${each.by}`}`,
    })),
  ];
}

function row({ id, t, e }: { id: string; t: number; e: number | null }) {
  return { key: id, id, t, e };
}

function trendText({ delta, window }: RunDetail['trends'][number]): string {
  const change = delta === null ? 'change not told' : `loss ${delta > 0 ? '+' : ''}${formatFixed(delta, 4)}`;
  return window === null ? change : `${change} over ${formatPlural(window, 'epoch')}`;
}

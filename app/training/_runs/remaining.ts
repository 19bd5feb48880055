import { formatDuration, formatPlural } from '@/components/ui/format';
import type { TrainingRunEntity } from '@/domain/projections/training/entities';

export interface Remaining {
  readonly seconds: number;
  /** If every epoch were as quick, or as slow, as the quickest or slowest of the last ones. */
  readonly low: number;
  readonly high: number;
  /** Seconds by which the next epoch is later than the slowest of the last ones; null while it is not. */
  readonly overdue: number | null;
  /** What the estimate rests on, in words. */
  readonly basis: string;
}

/** No two epochs take the same time: only by more than this share of the slowest is one late, or each would be for a moment. */
const TOLERANCE = 0.1;

type Progress = Pick<
  TrainingRunEntity,
  'status' | 'epoch' | 'total_epochs' | 'epoch_at' | 'epoch_seconds' | 'epoch_low' | 'epoch_high'
>;

/** The time that remains at `now` (event time), by the run's own pace; null where a figure for it is missing. */
export function remainingOf(run: Progress, now: number): Remaining | null {
  const { status, epoch, total_epochs: total, epoch_at: at } = run;
  const { epoch_seconds: median, epoch_low: low, epoch_high: high } = run;
  if (status !== 'running' || epoch === null || total === null || at === null) return null;
  if (median === null || low === null || high === null || epoch > total) return null;
  const left = total - epoch;
  const since = Math.max(0, now - at);
  const take = (pace: number): number => Math.max(0, left * pace - since);
  return {
    seconds: take(median),
    low: take(low),
    high: take(high),
    overdue: left > 0 && since - high >= Math.max(1, high * TOLERANCE) ? since - high : null,
    basis: `${formatPlural(left, 'epoch')} × ${paceText(run) ?? ''}`,
  };
}

/** 84 s an epoch (71 s to 104 s over the last ones) */
export function paceText(run: Pick<Progress, 'epoch_seconds' | 'epoch_low' | 'epoch_high'>): string | null {
  const { epoch_seconds: median, epoch_low: low, epoch_high: high } = run;
  if (median === null || low === null || high === null) return null;
  const range = low === high ? '' : ` (${formatDuration(low)} to ${formatDuration(high)})`;
  return `${formatDuration(median)}${range}`;
}

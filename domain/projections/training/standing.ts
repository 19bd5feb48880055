import { minuteOf } from '../shared/clock';
import type { TrainingStatus } from './entities';
import type { Run } from './state';

/** A run that nothing was heard of for so long, by event time, was given up somewhere. */
export const SILENT_AFTER_S = 6 * 3_600;

/** From which minute on a run that says nothing more counts as silent: states change with the minute, never within it. */
function silentFrom(run: Run): number {
  return minuteOf(run.at + SILENT_AFTER_S) + 1;
}

/** True when the run fell silent between two readings of the clock. */
export function fellSilent(run: Run, before: number | null, clock: number): boolean {
  const from = silentFrom(run);
  return minuteOf(clock) >= from && (before === null || minuteOf(before) < from);
}

/** True once it completed or failed. One that reports an epoch after its failure lives. */
export function isEnded(run: Run): boolean {
  if (run.outcome.v === 'open') return false;
  return run.outcome.v === 'completed' || run.epoch.t <= run.outcome.t;
}

export function isSilent(run: Run, clock: number | null): boolean {
  return clock !== null && minuteOf(clock) >= silentFrom(run);
}

export function statusOf(run: Run, clock: number | null): TrainingStatus {
  if (isEnded(run)) return run.outcome.v === 'completed' ? 'completed' : 'failed';
  if (isSilent(run, clock)) return 'silent';
  return run.started === null && run.epochs.length === 0 ? 'queued' : 'running';
}

/** When it ended, epoch seconds; null while it has not. */
export function endOf(run: Run): number | null {
  return isEnded(run) ? run.outcome.t : null;
}

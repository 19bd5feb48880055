import { isSilent } from '../shared/silence';
import type { TrainingStatus } from './entities';
import type { Run } from './state';

/** True once it completed or failed. One that reports an epoch after its failure lives. */
export function isEnded(run: Run): boolean {
  if (run.outcome.v === 'open') return false;
  return run.outcome.v === 'completed' || run.epoch.t <= run.outcome.t;
}

export function statusOf(run: Run, clock: number | null): TrainingStatus {
  if (isEnded(run)) return run.outcome.v === 'completed' ? 'completed' : 'failed';
  if (isSilent(run.at, clock)) return 'silent';
  return run.started === null && run.epochs.length === 0 ? 'queued' : 'running';
}

/** When it ended, epoch seconds; null while it has not. */
export function endOf(run: Run): number | null {
  return isEnded(run) ? run.outcome.t : null;
}

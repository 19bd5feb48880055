import { STAGES, type RunEntity, type StageId } from '../../realtime/entities';
import { isSet } from '../shared/order';
import type { Hop, Run } from './run';

/** A run that nothing was heard of for so long, by event time, was given up somewhere. */
export const RUN_STALE_AFTER_S = 6 * 3600;

function isSilent(run: Run, clock: number | null): boolean {
  return clock !== null && clock - run.updatedAt > RUN_STALE_AFTER_S;
}

/** True once a run came to a conclusion, or to nothing. */
export function isEnded(run: Run, clock: number | null): boolean {
  return run.outcome.v !== 'active' || isSilent(run, clock);
}

export function statusOf(run: Run, clock: number | null): RunEntity['status'] {
  return run.outcome.v === 'active' && isSilent(run, clock) ? 'stale' : run.outcome.v;
}

export function runEntity(run: Run, clock: number | null): RunEntity {
  const hops = STAGES.flatMap((stage) => {
    const hop = run.hops.get(stage);
    return hop === undefined ? [] : [hopEntity(stage, hop)];
  });
  return {
    run_id: run.id,
    config: run.config,
    job_id: run.job,
    model_id: run.model,
    node: run.node.v,
    status: statusOf(run, clock),
    stage: hops.at(-1)?.stage ?? 'threshold',
    started_at: run.startedAt,
    updated_at: run.updatedAt,
    epoch: run.epoch.v,
    total_epochs: run.totalEpochs.v,
    hops,
  };
}

function hopEntity(stage: StageId, hop: Hop): RunEntity['hops'][number] {
  const started_at = isSet(hop.start) ? hop.start.t : null;
  if (!isSet(hop.end)) return { stage, started_at, ended_at: null, status: 'active' };
  return { stage, started_at, ended_at: hop.end.t, status: hop.status };
}

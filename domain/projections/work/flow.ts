import { minuteOf } from '../shared/clock';
import { countOf } from './ledger';
import type { FlowVerdict, WorkFlow } from './entities';
import type { WorkProjectionState } from './state';
import { flowSum } from './timeline';

/** Minutes over which it is judged whether work flows. */
export const FLOW_MINUTES = 30;
/** Work that came in just now may well wait while nothing was claimed for long. */
const PATIENCE_S = 300;
/** From so many ends on, their shares mean something; and the share of bad ones from which work is said to fail. */
const ENOUGH_ENDS = 5;
const FAILING_SHARE = 0.25;
/** Work that waits for so long while other work is claimed is passed over: a retry that nobody picks up again, say. */
const PASSED_OVER_S = 2 * 3_600;
/** A queue that grew by this many, and to this many times what is claimed, backs up. */
const GROWTH = 10;
const GROWTH_FACTOR = 1.25;

/**
 * Whether work flows; `oldestWaiting` is since when the longest waiting waits. Depends on the clock by the minute only, so that it changes exactly with an event of work or a new
 * minute.
 */
export function flowOf(state: WorkProjectionState, oldestWaiting: number | null): FlowVerdict {
  if (state.last === null || state.clock === null) return { state: 'none', reason: 'no work seen yet' };
  const flow = flowSum(state.minutes, minuteOf(state.clock), FLOW_MINUTES, null);
  const queued = countOf(state.work, 'queued');
  const retried = countOf(state.work, 'retried');
  const running = countOf(state.work, 'running') + countOf(state.work, 'claimed');
  const ends = flow.completed + flow.failed + flow.timed_out;
  const taken = takenIn(state, flow);
  const bad = flow.failed + flow.timed_out;
  const waited = oldestWaiting === null ? 0 : minuteOf(state.clock) * 60 - oldestWaiting;
  if (taken === 0 && waited > PATIENCE_S)
    return { state: 'stalled', reason: `${queued + retried} waiting, none claimed in ${FLOW_MINUTES} min` };
  if (ends >= ENOUGH_ENDS && bad / ends >= FAILING_SHARE)
    return { state: 'failing', reason: `${bad} of ${ends} ended badly in ${FLOW_MINUTES} min` };
  if (growing(flow, queued + retried))
    return {
      state: 'backing_up',
      reason: `${arrivals(flow)} came in, ${claims(flow)} were claimed in ${FLOW_MINUTES} min`,
    };
  if (waited > PASSED_OVER_S)
    return {
      state: 'starving',
      reason: `${claims(flow)} claimed in ${FLOW_MINUTES} min, others wait for ${Math.floor(waited / 3_600)} h`,
    };
  if (queued + retried + running === 0 && taken + ends === 0)
    return { state: 'idle', reason: `nothing waits or runs, none in ${FLOW_MINUTES} min` };
  const lasting = claims(flow) + flow.completed === 0 && running > 0;
  return {
    state: 'flowing',
    reason: lasting
      ? `${running} in work, none claimed or done in ${FLOW_MINUTES} min`
      : `${claims(flow)} claimed, ${flow.completed} done in ${FLOW_MINUTES} min`,
  };
}

/** What was taken out of the queue; where a cluster never reports that, what it completed. */
function takenIn({ totals }: WorkProjectionState, flow: WorkFlow): number {
  return totals.claimed + totals.started === 0 ? flow.completed : flow.claimed + flow.started;
}

function growing(flow: WorkFlow, waiting: number): boolean {
  const more = arrivals(flow) - claims(flow) - flow.cancelled;
  return waiting >= GROWTH && more >= GROWTH && arrivals(flow) >= claims(flow) * GROWTH_FACTOR;
}

function arrivals({ queued, retried }: WorkFlow): number {
  return queued + retried;
}

/** Starts count where claims are not reported. */
function claims({ claimed, started }: WorkFlow): number {
  return Math.max(claimed, started);
}

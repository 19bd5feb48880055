import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';
import { nameField } from '../shared/fields';
import { insertSorted, refOf } from '../shared/order';
import { SILENT_AFTER_S } from '../shared/silence';
import { runFor } from './tables';
import { endOf } from './standing';
import type { Run, TrainingState } from './state';

/** What is said of a run's last epoch may come a little after its end. */
const GRACE_S = 60;
/** How many runs of a config, back from the time of an event, may be the one it tells of. */
const LOOK_BACK = 64;
const MAX_STRAYS = 50;

/**
 * The run that an event tells of. Its job id decides; else a checkpoint path with a job id among its folders; else the
 * model, where a run gave it; else the run that its config had in progress at the time of the event, because the
 * catalogue promises a job id for few types. Null, and noted as a stray, where there is none.
 *
 * A job id never heard of opens a run: its earlier events may come late, or lie before this history.
 */
export function runOf(state: TrainingState, event: StoredEvent, touch: Touch): Run | null {
  const job = nameField(event.payload, 'job_id');
  if (job !== null) return runFor(state, job, event, touch);
  const named = byPath(state, event) ?? byModel(state, event);
  if (named !== null) return named;
  const run = inProgress(state, event);
  if (run !== null) run.inferred += 1;
  else stray(state, event);
  return run;
}

function byPath(state: TrainingState, event: StoredEvent): Run | null {
  const path = nameField(event.payload, 'checkpoint_path');
  if (path === null) return null;
  for (const part of path.split('/')) {
    const run = state.runs.get(part);
    if (run !== undefined) return run;
  }
  return null;
}

function byModel(state: TrainingState, event: StoredEvent): Run | null {
  const model = nameField(event.payload, 'model_id');
  const job = model === null ? undefined : state.byModel.get(model);
  return (job === undefined ? undefined : state.runs.get(job)) ?? null;
}

/** Of the runs of the config that cover the moment: one that has begun to run, on the node that reports, begun last. */
function inProgress(state: TrainingState, event: StoredEvent): Run | null {
  const runs = event.config === null ? undefined : state.configs.get(event.config)?.runs;
  if (runs === undefined) return null;
  let found: Run | null = null;
  let fit = -1;
  let looked = 0;
  for (let index = firstAfter(runs, event.timestamp) - 1; index >= 0 && looked < LOOK_BACK; index -= 1) {
    const run = runs[index];
    looked += 1;
    if (run === undefined || !covers(run, event.timestamp)) continue;
    const fits =
      (run.started !== null || run.epochs.length > 0 ? 2 : 0) + (nodeOf(run) === event.node ? 1 : 0);
    if (fits > fit) [found, fit] = [run, fits];
    if (fit === 3) break;
  }
  return found;
}

export function nodeOf(run: Run): string | null {
  return run.node.v ?? run.reporter.v;
}

function covers(run: Run, t: number): boolean {
  const end = endOf(run);
  return end === null ? t - run.at <= SILENT_AFTER_S : t <= end + GRACE_S;
}

/** Index of the first run that begins after the moment. */
function firstAfter(runs: readonly Run[], t: number): number {
  let [low, high] = [0, runs.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle]?.begin ?? Infinity) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function stray(state: TrainingState, event: StoredEvent): void {
  state.strayCount += 1;
  insertSorted(state.strays, { t: event.timestamp, s: event.seq, ref: refOf(event) });
  if (state.strays.length > MAX_STRAYS) state.strays.shift();
}

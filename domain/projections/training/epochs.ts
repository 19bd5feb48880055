import { compareStamps } from '../shared/order';
import type { Epoch, Run } from './state';

/** Epochs kept per run. */
const MAX_EPOCHS = 300;
/** The pace is judged by so many of the last epochs. */
const PACE_EPOCHS = 8;

/** What an epoch is measured by: its validation loss, without one its training loss. */
export function lossOf({ val, train }: Epoch): number | null {
  return val ?? train;
}

/** The epoch with the lowest loss; the first of equals. Null before the first loss. */
export function bestEpoch(epochs: readonly Epoch[]): Epoch | null {
  let best: Epoch | null = null;
  let lowest = Infinity;
  for (const each of epochs) {
    const loss = lossOf(each);
    if (loss === null || loss >= lowest) continue;
    best = each;
    lowest = loss;
  }
  return best;
}

/**
 * Puts an epoch at its place. Reported again (a run that went on from a checkpoint), the newer report stays. Past the
 * limit the older half keeps every second epoch, and the first and the best whatever they are, so that a run over
 * thousands of epochs stays bounded yet keeps its shape.
 */
export function addEpoch(run: Run, epoch: Epoch): void {
  const { epochs } = run;
  let index = epochs.length;
  while (index > 0 && (epochs[index - 1]?.e ?? 0) > epoch.e) index -= 1;
  const same = epochs[index - 1];
  if (same?.e === epoch.e) {
    if (compareStamps(same, epoch) <= 0) epochs[index - 1] = epoch;
    return;
  }
  epochs.splice(index, 0, epoch);
  if (epochs.length <= MAX_EPOCHS) return;
  const best = bestEpoch(epochs);
  const half = Math.floor(MAX_EPOCHS / 2);
  run.epochs = epochs.filter((each, at) => at % 2 === 0 || at >= half || each === best);
  run.thinned = true;
}

/** How long an epoch takes: median, shortest and longest of the last eight, seconds. */
export type Pace = { median: number; low: number; high: number; epochs: number };

/** The pace of a run; before its second epoch the first one, from the start, has to do. Null before that. */
export function paceOf(run: Run): Pace | null {
  const seconds = intervals(run.epochs.slice(-PACE_EPOCHS - 1));
  const first = run.epochs[0];
  if (seconds.length === 0 && first !== undefined && run.started !== null && first.e > 0) {
    const took = (first.t - run.started) / first.e;
    if (took > 0) seconds.push(took);
  }
  const sorted = seconds.sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [below, above] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  if (below === undefined || above === undefined) return null;
  return {
    median: (below + above) / 2,
    low: sorted[0] ?? below,
    high: sorted.at(-1) ?? above,
    epochs: sorted.length,
  };
}

/** Seconds per epoch between one that is kept and the next; those whose times run backwards are left out. */
function intervals(epochs: readonly Epoch[]): number[] {
  const seconds: number[] = [];
  for (let index = 1; index < epochs.length; index += 1) {
    const [from, to] = [epochs[index - 1], epochs[index]];
    if (from === undefined || to === undefined || to.t <= from.t) continue;
    seconds.push((to.t - from.t) / (to.e - from.e));
  }
  return seconds;
}

import { STAGES, type StageId } from '../../realtime/entities';
import { endOf, type HopView, type RunView } from './run-view';

/**
 * Spans of a run that durations are told of: a stage's hop, from the end of the stage before it in the same run to its
 * own end; `total`, from the first event of the run to its promotion; `lead`, from the selfplay batch to the promotion.
 */
export type Span = StageId | 'total' | 'lead';
export const SPANS: readonly Span[] = [...STAGES, 'total', 'lead'];

/** How long a hop took and how much of it was waiting for its stage to begin (null where no event tells). Seconds. */
export type HopTime = { stage: StageId; took: number; waited: number | null; at: number };

/** A decision against a model is a decision: it ends the hop as a promotion does. */
function isOver(hop: HopView, view: RunView): boolean {
  return hop.status === 'done' || (hop.stage === 'promotion' && view.status === 'rejected');
}

/**
 * The hops of a run that are over, in order. One after a stage whose end is not known (the first has none before it at all)
 * tells its own work, where that is known.
 */
export function hopTimes(view: RunView): HopTime[] {
  const times: HopTime[] = [];
  let before: number | null = null;
  for (const hop of view.hops) {
    if (hop.ended === null) before = null;
    if (hop.ended === null || !isOver(hop, view)) continue;
    const end: number = hop.ended.t;
    const from: number | null = before ?? hop.started?.t ?? null;
    if (from !== null && end >= from) {
      const begun: number | null = hop.started === null || before === null ? null : hop.started.t - before;
      const waited: number | null = begun === null ? null : Math.min(end - from, Math.max(0, begun));
      times.push({ stage: hop.stage, took: end - from, waited, at: end });
    }
    before = end;
  }
  return times;
}

/** Seconds from the end of the selfplay batch to the promotion; null for a run that lacks either. */
export function leadTime(view: RunView): number | null {
  const [data, promoted] = [endOf(view, 'selfplay'), endOf(view, 'promotion')];
  return data === null || promoted === null || promoted < data ? null : promoted - data;
}

/** Seconds from the first event of the run itself to its promotion. */
export function totalTime(view: RunView): number | null {
  const promoted = endOf(view, 'promotion');
  return promoted === null || promoted < view.startedAt ? null : promoted - view.startedAt;
}

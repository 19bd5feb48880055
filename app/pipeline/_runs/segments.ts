import { DATA_STAGES } from '@/domain/projections/pipeline/run-view';
import type { StageId } from '@/domain/realtime/entities';
import type { HopRow, RunRow } from '@/server/api/pages/pipeline/runs';

/** A hop as a waterfall draws it. Seconds since the run's first moment. */
export interface Segment {
  readonly stage: StageId;
  /** When the stage before it was over. */
  readonly from: number;
  /** When its own work began; null where no event says, so that all of it may have been waiting. */
  readonly start: number | null;
  readonly to: number;
  readonly status: HopRow['status'];
  /** Part of the data that the run's config had, not of the run by an id. */
  readonly data: boolean;
  readonly guessed: boolean;
}

export interface Bar {
  /** Epoch seconds of the first moment. */
  readonly origin: number;
  readonly length: number;
  readonly segments: readonly Segment[];
}

const DATA: ReadonlySet<StageId> = new Set(DATA_STAGES);

/** The bar of a run; what is under way reaches to `now`, the newest event's time. */
export function barOf(run: RunRow, now: number): Bar {
  const first = run.hops[0];
  const origin = first?.started_at ?? first?.ended_at ?? run.started_at;
  const segments: Segment[] = [];
  let before = origin;
  run.hops.forEach((hop, index) => {
    const end = hop.ended_at ?? openEnd(run, index, now) ?? hop.started_at ?? before;
    const { stage, status, guessed } = hop;
    segments.push({
      ...{ stage, status, guessed: guessed || hop.ended_at === null, data: DATA.has(stage) },
      from: Math.min(before, end) - origin,
      start: hop.started_at === null ? null : clamp(hop.started_at, before, end) - origin,
      to: Math.max(before, end) - origin,
    });
    before = Math.max(before, end);
  });
  return { origin, length: before - origin, segments };
}

/** How far a hop without an end reaches: to now while its run is under way, else to what came next. */
function openEnd({ hops, status }: RunRow, index: number, now: number): number | null {
  const [hop, next] = [hops[index], hops[index + 1]];
  if (next !== undefined) return next.started_at ?? next.ended_at;
  const running = hop?.status === 'active' && (status === 'active' || status === 'promoted');
  return running ? now : null;
}

/** More than this many times the usual length would leave no room for the others: longer bars are cut off. */
const LONGEST = 3;

/** Seconds that the width stands for: the longest bar, unless that is far beyond the median. */
export function scaleOf(bars: readonly Bar[]): number {
  const sorted = bars.map(({ length }) => length).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return Math.max(60, Math.min(sorted.at(-1) ?? 0, Math.max(median, 60) * LONGEST));
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

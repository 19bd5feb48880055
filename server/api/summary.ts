import type { EventFilter } from '../../domain/realtime/contract';
import type { Dimension } from '../history/facets/block';
import type { Summary } from '../history/types';
import { services } from '../services';

/** Bars of a histogram that nobody asked a number of. */
export const BUCKETS = 60;
export const MAX_BUCKETS = 500;

/** How far the counts of an answer can be trusted. */
interface Trust {
  total: number;
  /** False: every count is an estimate from the events that were looked at. */
  exact: boolean;
  /** Only on an estimate: so many events were looked at, and they stand for so many. */
  sampled?: { events: number; of: number };
}

export interface FacetsAnswer extends Trust {
  facets: Summary['facets'];
}

export interface HistogramAnswer extends Trust {
  /** Begin of the first bar, epoch seconds; null where there is no event. */
  from: number | null;
  /** Seconds of one bar. */
  width: number;
  buckets: number;
  series: { category: string; counts: readonly number[] }[];
  /** Events in the bars that retention has removed: neither listed nor in `total`. */
  removed: number;
}

const trustOf = ({ total, exact, sampled }: Summary): Trust => ({
  total,
  exact,
  ...(sampled && { sampled }),
});

/** The most frequent values of each field among the matches. */
export async function facetsOf(filter: EventFilter, signal: AbortSignal): Promise<FacetsAnswer> {
  const summary = await services().history.summary(filter, { buckets: 0 }, signal);
  return { ...trustOf(summary), facets: summary.facets };
}

/** Matches over time, by category. */
export async function histogramOf(
  filter: EventFilter,
  buckets: number,
  signal: AbortSignal,
): Promise<HistogramAnswer> {
  return barsOf(await services().history.summary(filter, { buckets }, signal));
}

/** Both of one count, for the page. */
export async function summaryOf(
  filter: EventFilter,
  buckets: number,
  signal: AbortSignal | undefined,
): Promise<HistogramAnswer & { facets: Record<Dimension, Summary['facets'][Dimension]> }> {
  const summary = await services().history.summary(filter, { buckets }, signal);
  return { ...barsOf(summary), facets: summary.facets };
}

function barsOf(summary: Summary): HistogramAnswer {
  const { histogram } = summary;
  return {
    ...trustOf(summary),
    removed: summary.removed,
    from: histogram?.from ?? null,
    width: histogram?.width ?? 0,
    buckets: histogram?.count ?? 0,
    series: (histogram?.series ?? []).map(([category, counts]) => ({ category, counts })),
  };
}

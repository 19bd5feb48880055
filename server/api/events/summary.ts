import type { EventFilter } from '../../../domain/realtime/contract';
import { TOP } from '../../history/facets/summary';
import type { Summary } from '../../history/query-types';
import { services } from '../../services';

/** Bars of a histogram that nobody asked a number of. */
export const BUCKETS = 60;
export const MAX_BUCKETS = 500;
/** Values of each field that nobody asked a number of. */
export const VALUES = 12;
export const MAX_VALUES = TOP;

/** How far the counts of an answer can be trusted. */
interface Trust {
  total: number;
  /** False: every count is an estimate from the events that were looked at. */
  exact: boolean;
  /** Only on an estimate of few: who asks for an exact answer gets one. */
  countable?: true;
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

/** What is asked for: the bars at most, and whether to wait for an exact answer, for up to a minute. */
export interface CountAsk {
  readonly buckets: number;
  readonly exact: boolean;
}

function counted(filter: EventFilter, { buckets, exact }: CountAsk, signal?: AbortSignal): Promise<Summary> {
  const { history } = services();
  return exact
    ? history.exactSummary(filter, { buckets }, signal)
    : history.summary(filter, { buckets }, signal);
}

const trustOf = ({ total, exact, sampled, countable }: Summary): Trust => ({
  total,
  exact,
  ...(countable && { countable }),
  ...(sampled && { sampled }),
});

/** The `values` most frequent values of each field among the matches, and how many there are besides. */
export async function facetsOf(
  filter: EventFilter,
  { exact, values }: { exact: boolean; values: number },
  signal: AbortSignal,
): Promise<FacetsAnswer> {
  const summary = await counted(filter, { buckets: 0, exact }, signal);
  return { ...trustOf(summary), facets: mostFrequent(summary.facets, values) };
}

/** Matches over time, by category. */
export async function histogramOf(
  filter: EventFilter,
  ask: CountAsk,
  signal: AbortSignal,
): Promise<HistogramAnswer> {
  return barsOf(await counted(filter, ask, signal));
}

/** Both of one count, for the page. */
export async function summaryOf(
  filter: EventFilter,
  ask: CountAsk & { values: number },
  signal: AbortSignal | undefined,
): Promise<HistogramAnswer & Pick<FacetsAnswer, 'facets'>> {
  const summary = await counted(filter, ask, signal);
  return { ...barsOf(summary), facets: mostFrequent(summary.facets, ask.values) };
}

function mostFrequent(facets: Summary['facets'], most: number): Summary['facets'] {
  const cut = Object.entries(facets).map(([field, { values, others }]) => [
    field,
    { values: values.slice(0, most), others: others + Math.max(0, values.length - most) },
  ]);
  return Object.fromEntries(cut) as Summary['facets'];
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

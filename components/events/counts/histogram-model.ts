import { CATEGORIES } from '@/domain/events/catalogue/categories';
import type { ChartPoint, ChartSeries } from '../../charts/types';
import { coloursOf } from '../../charts/look/colours';
import { PALETTE_SIZE } from '../../charts/look/look';

/** Matches over time, as the server counts them. */
export interface Histogram {
  /** Begin of the first bar, epoch seconds; null where there is nothing to count. */
  readonly from: number | null;
  readonly width: number;
  readonly buckets: number;
  readonly series: readonly { readonly category: string; readonly counts: readonly number[] }[];
}

const LABELS: ReadonlyMap<string, string> = new Map(CATEGORIES.map(({ id, label }) => [id, label]));
const ORDER: ReadonlyMap<string, number> = new Map(CATEGORIES.map(({ id }, place) => [id, place]));
const orderOf = (category: string): number => ORDER.get(category) ?? CATEGORIES.length;

/**
 * A stack per bar: the most frequent categories in the order of the catalogue, each in a colour that it keeps as far as
 * no other needs it, and the rest as one.
 */
export function histogramSeries({ from, width, buckets, series }: Histogram): ChartSeries[] {
  if (from === null) return [];
  const points = (counts: readonly number[]): ChartPoint[] =>
    Array.from({ length: buckets }, (_, bar) => [from + (bar + 0.5) * width, counts[bar] ?? 0]);
  const largest = [...series].sort((a, b) => sum(b.counts) - sum(a.counts));
  const several = series.length > PALETTE_SIZE;
  const own = largest.slice(0, several ? PALETTE_SIZE - 1 : PALETTE_SIZE);
  const rest = largest.slice(own.length);
  own.sort((a, b) => orderOf(a.category) - orderOf(b.category));
  const colours = categoryColours(own.map(({ category }) => category));
  const stacks = own.map(({ category, counts }, place): ChartSeries => {
    const name = LABELS.get(category) ?? category;
    const colour = colours[place];
    return { id: category, name, kind: 'bars', stacked: true, colour, points: points(counts) };
  });
  if (rest.length === 0) return stacks;
  const counts = Array.from({ length: buckets }, (_, bar) => sum(rest.map((each) => each.counts[bar] ?? 0)));
  const name = `${rest.length} others`;
  return [...stacks, { id: ' rest', name, kind: 'bars', stacked: true, tone: 'off', points: points(counts) }];
}

/** The palette colours of categories drawn together, by index: those of the same categories wherever they are drawn. */
export function categoryColours(categories: readonly string[]): number[] {
  const places = categories.map((category, place) => [orderOf(category), place] as const);
  const sorted = [...places].sort(([a], [b]) => a - b);
  const colours = coloursOf(sorted.map(([order]) => order));
  return places.map((each) => colours[sorted.indexOf(each)] ?? 0);
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

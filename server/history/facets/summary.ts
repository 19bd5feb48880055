import type { Summary } from '../types';
import type { Name } from './block';
import { DIMENSIONS } from './block';
import type { Checked, Scanned } from './counter';
import type { Bins, Tally } from './tally';
import { Tally as NewTally } from './tally';

/** Values that are told of each dimension. */
export const TOP = 12;

/**
 * Puts together what blocks said for certain and what the looks at events showed, each scaled to what it stands for. Removed
 * events stand in the bars only: nothing else is known of them.
 */
export function summaryOf(
  scanned: Scanned,
  checked: Checked,
  bins: Bins | null,
  removed: { readonly tally: Tally; readonly events: number } | null,
): Summary {
  const whole = scanned.visited === scanned.blocks;
  const weight = whole ? 1 : scanned.blocks / scanned.visited;
  const tally = new NewTally(bins);
  tally.merge(scanned.tally, weight);
  if (checked.looked > 0) tally.merge(checked.tally, (weight * checked.of) / checked.looked);
  if (removed !== null) tally.merge(removed.tally, 1);
  const exact = whole && checked.looked === checked.of;
  return {
    total: Math.round(tally.total),
    exact,
    removed: removed?.events ?? 0,
    sampled: exact ? null : sampleOf(scanned, checked, whole, weight),
    facets: Object.fromEntries(
      DIMENSIONS.map((dimension, place) => [dimension, topOf(tally.names[place] ?? new Map<Name, number>())]),
    ) as Summary['facets'],
    histogram: bins && {
      from: bins.from,
      width: bins.width,
      count: bins.count,
      series: seriesOf(tally),
    },
  };
}

function sampleOf(scanned: Scanned, checked: Checked, whole: boolean, weight: number) {
  if (whole || checked.looked < checked.of)
    return { events: checked.looked, of: Math.round(checked.of * weight) };
  return { events: scanned.events, of: Math.round(scanned.events * weight) };
}

function topOf(counts: ReadonlyMap<Name, number>): Summary['facets']['type'] {
  const named = [...counts].flatMap(([name, count]): [string, number][] =>
    name === null || Math.round(count) === 0 ? [] : [[name, Math.round(count)]],
  );
  named.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { values: named.slice(0, TOP), others: Math.max(0, named.length - TOP) };
}

function seriesOf({ bars }: Tally): [string, number[]][] {
  return [...bars]
    .map(([category, counts]): [string, number[]] => [category, Array.from(counts, Math.round)])
    .filter(([, counts]) => counts.some((count) => count > 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

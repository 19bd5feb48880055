import type { Summary } from '../query-types';
import type { Name } from '../blocks/block';
import { DIMENSIONS } from '../blocks/block';
import type { Checked, Counted, Scanned } from './steps/count-steps';
import type { KeptPlace } from './tallies/kept-counts';
import { Tallies } from './tallies/tallies';
import type { Bins, Tally } from './tallies/tally';

/** Values that are told of each dimension at the most; a door may tell fewer. */
export const TOP = 200;

/** Up to so many matches are counted one by one; more are well enough estimated. */
export const EXACT_UP_TO = 100_000;

/** What belongs to a count besides what is counted now. */
export interface Beside {
  /** What an earlier count of the same made of the blocks before. */
  readonly kept: Tally | null;
  readonly removed: { readonly tally: Tally; readonly events: number } | null;
}
interface Found extends Beside {
  readonly scanned: Scanned;
  readonly checked: Checked;
}

/**
 * Puts together what blocks said for certain and what the looks at events showed, each scaled to what it stands for. Removed
 * events stand in the bars only: nothing else is known of them.
 */
export function summaryOf(
  { scanned, checked, kept, removed }: Found,
  bins: Bins | null,
  keep: KeptPlace | null,
): Counted {
  const whole = scanned.visited === scanned.blocks;
  const weight = whole ? 1 : scanned.blocks / scanned.visited;
  const tallies = new Tallies(bins, scanned.end);
  tallies.merge(scanned.tallies, weight);
  if (checked.looked > 0) tallies.merge(checked.tallies, (weight * checked.of) / checked.looked);
  if (kept !== null) tallies.full.merge(kept, 1);
  const { full, newest: told } = tallies;
  const total = Math.round(tallies.total);
  told.merge(full, 1);
  if (removed !== null) told.merge(removed.tally, 1);
  const exact = whole && checked.looked === checked.of;
  const summary: Summary = {
    total,
    exact,
    countable: !exact && total < 2 * EXACT_UP_TO,
    removed: removed?.events ?? 0,
    sampled: exact ? null : sampleOf(scanned, checked, whole, weight),
    facets: Object.fromEntries(
      DIMENSIONS.map((dimension, place) => [dimension, topOf(told.names[place] ?? new Map<Name, number>())]),
    ) as Summary['facets'],
    histogram: bins && {
      from: bins.from,
      width: bins.width,
      count: bins.count,
      series: seriesOf(told),
    },
  };
  return { summary, tally: full, keep };
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

import type { EventFilter } from '../../../../domain/realtime/contract';
import type { Connection } from '../../../../db/client';
import type { Bins } from './tally';
import { Tally } from './tally';

const MINUTE = 60;
const UNITS: readonly number[] = [86_400, 3_600, MINUTE];
/** What the counts of removed events can be asked for: nothing else is left of them. */
const KNOWN: ReadonlySet<string> = new Set<keyof EventFilter>(['type', 'category', 'since', 'until']);

interface Times {
  readonly since: number;
  readonly until: number;
}

/** The counts that retention leaves of events that are gone, for the bars of questions that they can answer. */
export class RemovedCounts {
  constructor(private readonly db: Connection) {}

  /** The begin of the first minute with a removed event that a filter could match; null where none is known. */
  firstAt(filter: EventFilter, { since, until }: Times): number | null {
    if (!answers(filter)) return null;
    const { where, params } = conditions(filter);
    return (
      this.db
        .prepare<unknown[], number | null>(
          `SELECT min(bucket) FROM removed_counts WHERE unit = ${MINUTE} AND bucket >= ? AND bucket <= ?${where}`,
        )
        .pluck()
        .get(since, until, ...params) ?? null
    );
  }

  /**
   * The bars of removed events, and their number. A count stands in the bar where its minute, hour or day begins: the
   * widest of these that is no wider than a bar and lies within the times, of which a minute is part that begins in them.
   */
  bars(
    filter: EventFilter,
    { since, until }: Times,
    bins: Bins,
  ): { readonly tally: Tally; readonly events: number } {
    const tally = new Tally(bins);
    if (!answers(filter)) return { tally, events: 0 };
    const { where, params } = conditions(filter);
    const units = UNITS.filter((width) => width <= bins.width || width === MINUTE);
    const select = this.db.prepare<unknown[], { bucket: number; category: string; events: number }>(
      'SELECT bucket, category, sum(events) AS events FROM removed_counts WHERE unit = ? AND bucket >= ? AND bucket < ?' +
        `${where} GROUP BY 1, 2`,
    );
    const counts = wholes(
      Math.ceil(since / MINUTE) * MINUTE,
      (Math.floor(until / MINUTE) + 1) * MINUTE,
      units,
    )
      .map(({ unit, from, to }) => select.all(unit, from, to, ...params))
      .flat();
    for (const { bucket, category, events } of counts)
      tally.addBar(Math.max(bucket, bins.from), category, events);
    return { tally, events: counts.reduce((sum, { events }) => sum + events, 0) };
  }
}

/** A stretch as whole units: as many as fit of the widest, and what is left at both ends in narrower ones. */
function wholes(
  from: number,
  to: number,
  [unit, ...narrower]: readonly number[],
): { unit: number; from: number; to: number }[] {
  if (unit === undefined || from >= to) return [];
  const [first, last] = [Math.ceil(from / unit) * unit, Math.floor(to / unit) * unit];
  if (first >= last) return wholes(from, to, narrower);
  return [...wholes(from, first, narrower), { unit, from: first, to: last }, ...wholes(last, to, narrower)];
}

function answers(filter: EventFilter): boolean {
  return Object.entries(filter).every(([name, value]) => value === undefined || KNOWN.has(name));
}

function conditions({ type = [], category = [] }: EventFilter): { where: string; params: unknown[] } {
  const lists = [
    ['event_type', type],
    ['category', category],
  ] as const;
  const used = lists.filter(([, values]) => values.length > 0);
  return {
    where: used.map(([column]) => ` AND ${column} IN (SELECT value FROM json_each(?))`).join(''),
    params: used.map(([, values]) => JSON.stringify(values)),
  };
}

import type { EventFilter } from '../../../domain/realtime/contract';
import type { Connection } from '../../../db/client';
import type { Bins } from './tally';
import { Tally } from './tally';

const UNITS = [86_400, 3_600, 60] as const;
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
          `SELECT min(bucket) FROM removed_counts WHERE unit = 60 AND bucket >= ? AND bucket <= ?${where}`,
        )
        .pluck()
        .get(since, until, ...params) ?? null
    );
  }

  /**
   * The bars of removed events, and their number. A count stands in the bar where its minute, hour or day begins: the
   * widest of these that is no wider than a bar.
   */
  bars(
    filter: EventFilter,
    { since, until }: Times,
    bins: Bins,
  ): { readonly tally: Tally; readonly events: number } {
    const tally = new Tally(bins);
    if (!answers(filter)) return { tally, events: 0 };
    const { where, params } = conditions(filter);
    const unit = UNITS.find((width) => width <= bins.width) ?? 60;
    const counts = this.db
      .prepare<unknown[], { bucket: number; category: string; events: number }>(
        'SELECT bucket, category, sum(events) AS events FROM removed_counts WHERE unit = ? AND bucket >= ? AND bucket <= ?' +
          `${where} GROUP BY 1, 2`,
      )
      .all(unit, Math.max(since, bins.from - unit + 1), until, ...params);
    for (const { bucket, category, events } of counts)
      tally.addBar(Math.max(bucket, bins.from), category, events);
    return { tally, events: counts.reduce((sum, { events }) => sum + events, 0) };
  }
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

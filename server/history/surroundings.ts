import type { EventRow } from '../../domain/events/envelope';
import { toRow } from '../../domain/events/row';
import { toStoredEvent, type EventColumns } from './event-columns';
import { filterSql } from './filter-sql';

/** Events listed to each side. */
export const AROUND = 8;
/** The word index gives events in the order of history; so many are put in the order of time. */
const LOOKED_AT = 40;
/** Events next to it that are read through before the word index is asked, which walks through all of history. */
const SCANNED = 3_000;

/** What happened right before and after an event, by event time: oldest first, the event itself among them. */
export type Surroundings = {
  all: EventRow[];
  /** Null for an event without a node or config. */
  node: EventRow[] | null;
  config: EventRow[] | null;
};

type All = <Row>(sql: string, params: readonly unknown[]) => Row[];
interface Place {
  readonly seq: number;
  readonly timestamp: number;
}

export function surroundings(
  all: All,
  event: Place & { config: string | null; node: string | null },
): Surroundings {
  return {
    all: around(event, (side) => nearestInTime(all, event, side)),
    node: alike(all, event, 'node', event.node),
    config: alike(all, event, 'config', event.config),
  };
}

function alike(all: All, event: Place, column: 'node' | 'config', value: string | null): EventRow[] | null {
  if (value === null) return null;
  const { from, where, params, seq } = filterSql({ [column]: [value] });
  return around(event, (side) => {
    const near = nearestInTime(all, event, side, { column, value });
    if (near.length > AROUND) return near;
    const [operator, order] = side === '<' ? ['<=', 'DESC'] : ['>', 'ASC'];
    const sql = `SELECT e.* FROM ${from} WHERE ${where} AND ${seq} ${operator} ? ORDER BY ${seq} ${order} LIMIT ?`;
    return all<EventColumns>(sql, [...params, event.seq, LOOKED_AT]);
  });
}

/** Of all events, or of those with a value among the nearest few thousand. */
function nearestInTime(
  all: All,
  event: Place,
  side: '<' | '>',
  only?: { column: 'node' | 'config'; value: string },
): EventColumns[] {
  const [operator, order] = side === '<' ? ['<=', 'DESC'] : ['>', 'ASC'];
  const nearest = `SELECT e.* FROM events e WHERE (e.timestamp, e.seq) ${operator} (?, ?) ORDER BY e.timestamp ${order}, e.seq ${order} LIMIT ?`;
  const place = [event.timestamp, event.seq];
  if (only === undefined) return all(nearest, [...place, AROUND + 1]);
  return all(`SELECT * FROM (${nearest}) WHERE ${only.column} = ? LIMIT ?`, [
    ...place,
    SCANNED,
    only.value,
    AROUND + 1,
  ]);
}

function around(event: Place, ask: (side: '<' | '>') => EventColumns[]): EventRow[] {
  const rows = [...ask('<'), ...ask('>')]
    .map((columns) => toRow(toStoredEvent(columns)))
    .sort((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
  const own = rows.findIndex(({ seq }) => seq === event.seq);
  return rows.slice(Math.max(0, own - AROUND), own + AROUND + 1);
}

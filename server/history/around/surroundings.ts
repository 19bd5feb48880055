import type { EventRow } from '../../../domain/events/envelope';
import { toRow } from '../../../domain/events/row';
import { toStoredEvent, type EventColumns } from '../sql/event-columns';
import { SLOTS } from '../blocks/block';
import { filterSql } from '../sql/filter-sql';

/** Events listed to each side. */
export const AROUND = 8;
/** Events next to it that are read through before those of a rare config or node are looked up block by block. */
const SCANNED = 3_000;
/** Blocks looked up to each side: those with the value that are nearest in time. */
const BLOCKS = 32;

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

type Side = '<' | '>';
const SIDES: readonly Side[] = ['<', '>'];
/** How SQL walks away from the event; the event itself is among those before it. */
const WALK = { '<': ['<=', 'DESC'], '>': ['>', 'ASC'] } as const;

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
  return around(event, (side) => {
    const near = nearestInTime(all, event, side, { column, value });
    return near.length > AROUND ? near : nearestByBlock(all, event, side, { column, value });
  });
}

type Only = { readonly column: 'config' | 'node'; readonly value: string };

/**
 * The word index finds the events of a rare value, but in the order of history, and that is not the order of time where
 * an older log was imported later. So each block is asked for its nearest, and the nearest of all count.
 */
function nearestByBlock(all: All, event: Place, side: Side, { column, value }: Only): EventColumns[] {
  const [operator, order] = WALK[side];
  const { from, where, params, seq } = filterSql({ [column]: [value] });
  const sql =
    `SELECT * FROM events WHERE seq IN (SELECT e.seq FROM ${from} WHERE ${where} AND ${seq} > ? AND ${seq} <= ? ` +
    `AND (e.timestamp, e.seq) ${operator} (?, ?) ORDER BY e.timestamp ${order}, e.seq ${order} LIMIT ?)`;
  const distance = ({ timestamp }: { timestamp: number }): number => Math.abs(timestamp - event.timestamp);
  let found: EventColumns[] = [];
  for (const { above, upTo, gap } of rangesOf(all, event, side, value)) {
    const farthest = found[AROUND];
    if (farthest !== undefined && gap > distance(farthest)) continue;
    const place = [above, upTo, event.timestamp, event.seq, AROUND + 1];
    found.push(...all<EventColumns>(sql, [...params, ...place]));
    found.sort(
      (a, b) => distance(a) - distance(b) || Math.abs(a.seq - event.seq) - Math.abs(b.seq - event.seq),
    );
    found = found.slice(0, AROUND + 1);
  }
  return found;
}

/** Seqs above one up to another, and how far in time the nearest event of them is at least. */
interface Range {
  readonly above: number;
  readonly upTo: number;
  readonly gap: number;
}

/** Where to look for a value: the newest events, of which there is no block yet, and the blocks with the value, the nearest first. */
function rangesOf(all: All, { timestamp }: Place, side: Side, value: string): Range[] {
  const stored = all<{ n: number }>('SELECT ifnull(max(block) + 1, 0) AS n FROM event_blocks', [])[0]?.n ?? 0;
  const blocks = all<{ block: number; gap: number }>(
    `SELECT block, max(0, first_at - ?, ? - last_at) AS gap FROM event_blocks
     WHERE ${side === '<' ? 'first_at <= ?' : 'last_at >= ?'} AND instr(names, ?) > 0 ORDER BY gap LIMIT ?`,
    [timestamp, timestamp, timestamp, JSON.stringify(value), BLOCKS],
  );
  return [
    { above: stored * SLOTS, upTo: Number.MAX_SAFE_INTEGER, gap: 0 },
    ...blocks.map(({ block, gap }) => ({ above: block * SLOTS, upTo: (block + 1) * SLOTS, gap })),
  ];
}

/** Of all events, or of those with a value among the nearest few thousand. */
function nearestInTime(all: All, event: Place, side: Side, only?: Only): EventColumns[] {
  const [operator, order] = WALK[side];
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

function around(event: Place, ask: (side: Side) => EventColumns[]): EventRow[] {
  const rows = SIDES.flatMap(ask)
    .map((columns) => toRow(toStoredEvent(columns)))
    .sort((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
  const own = rows.findIndex(({ seq }) => seq === event.seq);
  return rows.slice(Math.max(0, own - AROUND), own + AROUND + 1);
}

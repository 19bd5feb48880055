import type { StoredEvent } from '../../events/envelope';
import type { Touch } from '../projection';

/**
 * Keeps a table within its limit: once over, the entries with the lowest `rank` go until a tenth of the room is free, so
 * that the sorting is paid once per many insertions. Years of history and hostile ids must not grow the state.
 */
export function evictLowest<V>(
  table: Map<string, V>,
  limit: number,
  rank: (value: V) => number,
  onEvict?: (key: string, value: V) => void,
): void {
  if (table.size > limit) evict(table, limit, rank, onEvict);
}

function evict<V>(
  table: Map<string, V>,
  limit: number,
  rank: Rank<V>,
  onEvict?: (key: string, value: V) => void,
): void {
  const surplus = table.size - Math.floor(limit * 0.9);
  const lowest = surplus <= FEW ? fewLowest(table, surplus, rank) : manyLowest(table, surplus, rank);
  for (const [key, value] of lowest) {
    table.delete(key);
    onEvict?.(key, value);
  }
}

/** So few are looked for one by one: a table of a dozen entries is evicted from every few events. */
const FEW = 4;

type Rank<V> = (value: V) => number;

/** As `manyLowest`, in one pass. `forEach` makes no pair per entry. */
function fewLowest<V>(table: ReadonlyMap<string, V>, count: number, rank: Rank<V>): [string, V][] {
  const found: [string, V][] = [];
  const ranks: number[] = [];
  table.forEach((value, key) => {
    const own = rank(value);
    let at = found.length;
    // Of equal ranks the one that came first stays before.
    while (at > 0 && own < (ranks[at - 1] ?? -Infinity)) at -= 1;
    if (at >= count) return;
    found.splice(at, 0, [key, value]);
    ranks.splice(at, 0, own);
    if (found.length > count) {
      found.pop();
      ranks.pop();
    }
  });
  return found;
}

/** The entries of the lowest rank, lowest first; of equal ones those that came first. */
function manyLowest<V>(table: ReadonlyMap<string, V>, surplus: number, rank: Rank<V>): [string, V][] {
  // The ranks alone are sorted first, as plain numbers: a sort of all entries calls back for each pair, and took a
  // twentieth of all folding. (`Float64Array.from` is slow with an iterator.)
  const ranks = new Float64Array(table.size);
  let count = 0;
  for (const value of table.values()) ranks[count++] = rank(value);
  const highest = ranks.sort()[surplus - 1] ?? -Infinity;
  const lowest: [string, V][] = [];
  for (const [key, value] of table) if (rank(value) <= highest) lowest.push([key, value]);
  lowest.sort(([, a], [, b]) => rank(a) - rank(b));
  return lowest.slice(0, surplus);
}

/** How a table keyed by name is kept: what an entry begins as, how many there may be, and the topic that shows them. */
export interface Kept<V> {
  readonly make: (at: number) => V;
  readonly limit: number;
  readonly topic: string;
}

/** A table's entry, made on first sight and heard of now; the longest silent go when there are too many. */
export function entryHeard<V extends { at: number }>(
  table: Map<string, V>,
  key: string,
  event: StoredEvent,
  { make, limit, topic }: Kept<V>,
  touch: Touch,
): V {
  const known = table.get(key);
  const entry = known ?? make(event.timestamp);
  entry.at = Math.max(entry.at, event.timestamp);
  if (known === undefined) {
    table.set(key, entry);
    evictLowest(
      table,
      limit,
      (each) => each.at,
      (gone) => touch(topic, gone),
    );
  }
  touch(topic, key);
  return entry;
}

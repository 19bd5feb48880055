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
  if (table.size <= limit) return;
  const surplus = table.size - Math.floor(limit * 0.9);
  // The ranks alone are sorted first, as plain numbers: a sort of all entries calls back for each pair, and took a
  // twentieth of all folding. (`Float64Array.from` is slow with an iterator.)
  const ranks = new Float64Array(table.size);
  let count = 0;
  for (const value of table.values()) ranks[count++] = rank(value);
  const highest = ranks.sort()[surplus - 1] ?? -Infinity;
  const lowest: [string, V][] = [];
  for (const [key, value] of table) if (rank(value) <= highest) lowest.push([key, value]);
  lowest.sort(([, a], [, b]) => rank(a) - rank(b));
  for (const [key, value] of lowest.slice(0, surplus)) {
    table.delete(key);
    onEvict?.(key, value);
  }
}

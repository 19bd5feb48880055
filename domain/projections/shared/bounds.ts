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
  const ranked = [...table].sort(([, a], [, b]) => rank(a) - rank(b));
  const surplus = table.size - Math.floor(limit * 0.9);
  for (const [key, value] of ranked.slice(0, surplus)) {
    table.delete(key);
    onEvict?.(key, value);
  }
}

/** A JSON object from keyed entries. `fromEntries` defines own properties, so a key such as `__proto__` stays a key. */
export function objectOf<V>(entries: Iterable<readonly [string, V]>): Record<string, V> {
  return Object.fromEntries(entries);
}

/** The object of all entities of a table. */
export function objectOfKeys<V>(
  keys: Iterable<string>,
  entity: (key: string) => V | undefined,
): Record<string, V> {
  const entries: [string, V][] = [];
  for (const key of keys) {
    const value = entity(key);
    if (value !== undefined) entries.push([key, value]);
  }
  return objectOf(entries);
}

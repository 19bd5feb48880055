import type { Json, JsonObject } from '../../../domain/json';
import { isJsonObject } from '../../../domain/json';

/** An entity as it was sent: its fields, nested values as JSON text. */
export type Sent = ReadonlyMap<string, Json>;

/** Tells nested values from texts that look like them. */
const NESTED = '\0';

/** Remembers an entity; null for one that has no fields (a number, a list). */
export function remember(entity: Json): Sent | null {
  if (!isJsonObject(entity)) return null;
  return new Map(Object.entries(entity).map(([name, value]) => [name, fixed(value)]));
}

/** The fields that differ from what was sent; null when a field is gone and the whole must be sent again. */
export function changedFields(sent: Sent, now: Sent, entity: JsonObject): JsonObject | null {
  for (const name of sent.keys()) if (!now.has(name)) return null;
  // Entries, not assignments: a field may be called `__proto__`.
  return Object.fromEntries(Object.entries(entity).filter(([name]) => sent.get(name) !== now.get(name)));
}

function fixed(value: Json): Json {
  return typeof value === 'object' && value !== null ? NESTED + JSON.stringify(value) : value;
}

import type { Json, JsonObject } from '../../../domain/json';
import type { PayloadValue } from '../query-types';
import type { SearchScan } from './scan';

/** So many events that have the field are looked at, the newest first, and for no longer than that. */
const EVENTS = 400;
const MS = 120;
const MOST_VALUES = 40;
/** Longer texts are nothing to pick from a list. */
const LONGEST = 80;

/** What a payload field held lately, the commonest first. */
export function payloadValues(
  search: SearchScan,
  path: readonly string[],
  cancelled: () => boolean,
  ms = MS,
): PayloadValue[] {
  // What differs from nothing is there.
  const node = { kind: 'payload', path, operator: '!=', values: [], start: 0, end: 0 } as const;
  const ask = { order: 'desc', after: null, limit: EVENTS, ms, cancelled } as const;
  const { events } = search.find({ asked: { node, now: 0 } }, ask);
  const counts = new Map<PayloadValue[0], number>();
  for (const { payload } of events) {
    const value = valueAt(payload, path);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_VALUES);
}

/** A short value that is no list and no table. */
function valueAt(payload: JsonObject, path: readonly string[]): PayloadValue[0] | undefined {
  let at: Json | undefined = payload;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as JsonObject)[key];
  }
  if (typeof at === 'object' && at !== null) return undefined;
  return typeof at === 'string' && (at === '' || at.length > LONGEST) ? undefined : at;
}

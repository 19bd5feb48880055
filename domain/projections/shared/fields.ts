import type { JsonObject } from '../../json';

/**
 * Defensive readers of payload fields. Payloads drift from every schema, so each reader answers null (or nothing) for
 * what is absent or of another type; none of them throws.
 */

/** Longer texts do not name anything; they would only bloat the tables that they key. */
const MAX_NAME = 200;
const MAX_LINE = 300;

/** A text short enough to be an id or a name. */
export function nameField(payload: JsonObject, key: string): string | null {
  const value = payload[key];
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME ? value : null;
}

/** The first of several fields that holds a name. */
export function firstName(payload: JsonObject, keys: readonly string[]): string | null {
  for (const key of keys) {
    const name = nameField(payload, key);
    if (name !== null) return name;
  }
  return null;
}

/** A text to show, first line only, cut to what a row can carry. */
export function lineField(payload: JsonObject, key: string): string | null {
  const value = payload[key];
  if (typeof value !== 'string' || value === '') return null;
  const line = value.slice(0, MAX_LINE + 1).split('\n', 1)[0] ?? '';
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line;
}

/** A finite number; -0, which JSON can hold and no page should show, is 0. */
export function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value || 0 : null;
}

/** A finite number. */
export function numberField(payload: JsonObject, key: string): number | null {
  return finite(payload[key]);
}

/** Producers exceed 1 by a little now and then, and mean it; twice as much is of another scale, or broken. */
const HIGHEST_SHARE = 2;

/** A figure that is meant to lie in 0..1; null for one that cannot be. */
export function shareField(payload: JsonObject, key: string): number | null {
  const share = numberField(payload, key);
  return share === null || share < 0 || share > HIGHEST_SHARE ? null : share;
}

/** Beyond any rating or difference that games can bring about: a figure gone wrong, which would be a config's best for ever. */
const MAX_ELO = 10_000;

/** A rating, or a difference of ratings, in Elo; null too for what can be neither. */
export function eloField(payload: JsonObject, key: string): number | null {
  const elo = numberField(payload, key);
  return elo !== null && Math.abs(elo) <= MAX_ELO ? elo : null;
}

/** The names in a list field, at most `limit`. */
export function namesField(payload: JsonObject, key: string, limit: number): string[] {
  const value = payload[key];
  if (!Array.isArray(value)) return [];
  const names: string[] = [];
  for (const item of value as readonly unknown[]) {
    if (names.length >= limit) break;
    if (typeof item === 'string' && item !== '' && item.length <= MAX_NAME) names.push(item);
  }
  return names;
}

/** True when the payload says in so many words that the step did not succeed. */
export function saysFailed(payload: JsonObject): boolean {
  return payload['success'] === false;
}

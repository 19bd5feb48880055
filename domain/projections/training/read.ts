import type { Json, JsonObject } from '../../json';
import type { StoredEvent } from '../../events/envelope';
import { lineField, numberField } from '../shared/fields';
import type { Stamp } from '../shared/order';

const MAX_VALUE = 80;

/** What every list of a run keeps of an event: where it stands in time, and its id for links. */
export function told(event: StoredEvent): Stamp & { id: string } {
  return { t: event.timestamp, s: event.seq, id: event.eventId };
}

/** An epoch's number, or a count: whole and not negative. */
export function wholeField(payload: JsonObject, key: string): number | null {
  const value = numberField(payload, key);
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** What went wrong, in one line: the error, else the last line of the traceback, which says the same. */
export function errorLine(payload: JsonObject): string {
  const details = payload['error_details'];
  const lines = typeof details === 'string' ? details.trimEnd().slice(-2_000).split('\n') : [];
  return (
    lineField(payload, 'error') ??
    lineField({ line: lines.at(-1)?.trim() ?? '' }, 'line') ??
    'no reason given'
  );
}

/** A value of any type as a short text; null where there is none. */
export function valueText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE - 1)}…` : text;
}

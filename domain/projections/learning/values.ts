import { isJsonObject, type Json, type JsonObject } from '../../json';

const MAX_TEXT = 80;
const MAX_FIELDS = 6;
const MAX_NAME = 200;

/** A payload value as a short text: `0.0003`, `conv`, `blocks 12, channels 128`; null for none. Reads a few fields only. */
export function sayValue(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (isJsonObject(value)) return sayList(firstMembers(value, MAX_FIELDS + 1).map(sayMember));
  if (typeof value === 'object') return sayList(value.slice(0, MAX_FIELDS + 1).map(sayScalar));
  return cut(String(value));
}

function sayMember([name, value]: readonly [string, Json]): string {
  return `${name} ${sayScalar(value)}`;
}

/** What is nested deeper is left to the event's own page. */
function sayScalar(value: Json): string {
  return typeof value === 'object' && value !== null ? '…' : String(value);
}

function sayList(parts: string[]): string | null {
  if (parts.length > MAX_FIELDS) parts[MAX_FIELDS] = '…';
  return parts.length === 0 ? null : cut(parts.join(', '));
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}

function firstMembers(object: JsonObject, limit: number): [string, Json][] {
  const members: [string, Json][] = [];
  for (const name in object) {
    if (members.length >= limit) break;
    const member = object[name];
    if (name !== '' && name.length <= MAX_NAME && member !== undefined) members.push([name, member]);
  }
  return members;
}

/** The members of a payload field that is an object, at most `limit`; none when it is anything else. */
export function membersOf(payload: JsonObject, key: string, limit: number): [string, Json][] {
  const value = payload[key];
  return isJsonObject(value) ? firstMembers(value, limit) : [];
}

import type { Json, JsonObject } from '../../json';
import { definitionOf } from '../catalogue';

const MAX_LENGTH = 120;
const MAX_PART_LENGTH = 60;

/** Fields that name a thing: shown bare, since the value says what it is. The first one present leads the line. */
const SUBJECTS = [
  'model_id',
  'work_id',
  'task_id',
  'run_id',
  'game_id',
  'lock_name',
  'coordinator_name',
] as const;
const PLACES = [
  'node_id',
  'node_name',
  'host',
  'config_key',
  'config',
  'leader_id',
  'previous_leader',
] as const;
const BARE: ReadonlySet<string> = new Set<string>([...SUBJECTS, ...PLACES]);

const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/** Units that field names carry at their end, and how they are shown. */
const UNITS: readonly (readonly [suffix: string, unit: string])[] = [
  ['_seconds', ' s'],
  ['_hours', ' h'],
  ['_pct', ' %'],
];

/**
 * An event in one line of text of at most 120 characters, without control characters: what it is about, then its key
 * fields, e.g. `hex8_2p_v43 · elo 1500.8 → 1543.2`.
 */
export function summarise(eventType: string, payload: JsonObject): string {
  const parts: string[] = [];
  let length = 0;
  for (const field of fieldsToShow(eventType, payload)) {
    const part = partOf(field, payload);
    if (part === '' || parts.includes(part)) continue;
    length += part.length + 3;
    parts.push(part);
    if (length > MAX_LENGTH) break;
  }
  return shorten(parts.join(' · '), MAX_LENGTH);
}

/** The subject and the key fields; where a payload has none of them, its first few fields, whatever they are. */
function fieldsToShow(eventType: string, payload: JsonObject): readonly string[] {
  const subject = SUBJECTS.find((field) => payload[field] !== undefined);
  const keyFields = definitionOf(eventType)?.keyFields ?? [];
  const known = keyFields.some((field) => field !== subject && payload[field] !== undefined);
  const shown =
    known || (subject !== undefined && keyFields[0] === subject) ? keyFields : firstKeys(payload, 6);
  return subject === undefined ? shown : [subject, ...shown];
}

function firstKeys(payload: JsonObject, count: number): readonly string[] {
  const keys: string[] = [];
  for (const key in payload) {
    if (keys.push(key) >= count) break;
  }
  return keys;
}

/** `old_x` and `new_x` are told as one change; the second of them says nothing more. */
function partOf(field: string, payload: JsonObject): string {
  if (field === 'success' && payload[field] === true) return '';
  if (field.startsWith('new_') && payload[`old_${field.slice(4)}`] !== undefined) return '';
  const said = sayField(field, payload);
  if (said === '') return '';
  if (BARE.has(field)) return said;
  const [suffix, unit] = UNITS.find(([ending]) => field.endsWith(ending)) ?? ['', ''];
  const name = field.slice(0, field.length - suffix.length);
  const after = field.startsWith('old_') ? sayField(`new_${field.slice(4)}`, payload) : '';
  if (after !== '') return `${sayName(name.slice(4))} ${said} → ${after}${unit}`;
  return `${sayName(name)} ${said}${unit}`;
}

const MOMENTS = /(_at|_time|_until|heartbeat|timestamp|deadline)$/;

function sayField(field: string, payload: JsonObject): string {
  const value = payload[field];
  return isMoment(field, value) ? sayMoment(value) : sayValue(value);
}

/** Epoch seconds since 2001 in a field that is named for a moment; durations are shorter by far. */
function isMoment(field: string, value: Json | undefined): value is number {
  return typeof value === 'number' && value >= 1e9 && value < 1e10 && MOMENTS.test(field);
}

/** To the second: `2025-12-26 05:00:02 UTC`. Whoever reads the line may be in any zone. */
function sayMoment(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A field as its value's name in a line: no underscores, no control characters, at most 60 characters. */
export function sayName(field: string): string {
  return shorten(field.replaceAll('_', ' ').replace(UNSEEN, ' ').trim(), MAX_PART_LENGTH);
}

/** A value in at most 60 characters; lists and objects by their size. Empty where there is nothing to say. */
export function sayValue(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return sayNumber(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return sayText(value);
  return Array.isArray(value) ? sayList(value as readonly Json[]) : sayObject(value as JsonObject);
}

/** Whole numbers as they are, others to a precision that a reader can use: 1994.6, 0.509, 1.5e-7. */
function sayNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value * 10) / 10);
  return String(Number(value.toPrecision(3)));
}

function sayText(value: string): string {
  const head = value.length > MAX_PART_LENGTH * 4 ? value.slice(0, MAX_PART_LENGTH * 4) : value;
  return shorten(head.replace(UNSEEN, ' ').trim(), MAX_PART_LENGTH);
}

function sayList(values: readonly Json[]): string {
  const first = values[0];
  if (values.length <= 2 && typeof first === 'string')
    return shorten(values.map(sayValue).join(', '), MAX_PART_LENGTH);
  if (values.length === 0) return '';
  return values.length === 1 ? '1 item' : `${values.length} items`;
}

function sayObject(value: JsonObject): string {
  const count = Object.keys(value).length;
  return count === 0 ? '' : `${count} ${count === 1 ? 'field' : 'fields'}`;
}

/** Cuts by whole characters, so that no half of a surrogate pair is left behind. */
function shorten(said: string, limit: number): string {
  if (said.length <= limit) return said;
  const cut = said.slice(0, limit - 1);
  const last = cut.charCodeAt(cut.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}

import * as crypto from 'node:crypto';

import type { Json, JsonObject } from '../../domain/json';

/** Quoted keys with their colon. Keys recur by the million, so each is escaped once; bounded because producers choose them. */
const quotedKeys = new Map<string, string>();
const QUOTED_KEYS_MAX = 4096;
const INSERTION_SORT_MAX = 24;
/** Longer keys are not kept: a producer may write a megabyte of key. */
const SHORT_KEY = 100;
const isShort = (key: string): boolean => key.length <= SHORT_KEY;

/**
 * JSON text in the canonical form of RFC 8785: keys sorted by UTF-16 code units, no white space, ECMAScript numbers.
 *
 * One extension: RFC 8785 refuses lone surrogates, but Python producers do write them. Here they stay as the escapes
 * (`\ud800`) that `JSON.stringify` gives them, so that such an event is kept and different strings never become equal.
 * The value must be plain JSON (see `payloadProblem`).
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  // Template conversion of a number is the ECMAScript form that the RFC demands; -0 becomes 0.
  if (typeof value === 'number') return `${value}`;
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return isArray(value) ? canonicalArray(value) : canonicalObject(value);
}

/** Printable ASCII without quote and backslash: JSON text as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Most texts of a payload are plain names, for which this takes a third of the time of `JSON.stringify`. */
function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** `Array.isArray` does not narrow readonly arrays away. */
function isArray(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}

function canonicalArray(items: readonly Json[]): string {
  let text = '[';
  for (const item of items) text += text === '[' ? canonicalJson(item) : `,${canonicalJson(item)}`;
  return `${text}]`;
}

function canonicalObject(object: JsonObject): string {
  return textOf(object, sortKeys(Object.keys(object)));
}

function textOf(object: JsonObject, keys: readonly string[]): string {
  let text = '';
  for (const key of keys) {
    const value = object[key];
    if (value === undefined) continue;
    text += text === '' ? quotedKey(key) : `,${quotedKey(key)}`;
    text += canonicalJson(value);
  }
  return `{${text}}`;
}

function quotedKey(key: string): string {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  const quoted = `${JSON.stringify(key)}:`;
  if (quotedKeys.size < QUOTED_KEYS_MAX && isShort(key)) quotedKeys.set(key, quoted);
  return quoted;
}

/** In place. Payloads have a handful of keys, for which insertion beats the general sort by far. */
function sortKeys(keys: string[]): string[] {
  if (keys.length > INSERTION_SORT_MAX) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] ?? '';
    let at = i - 1;
    for (let before = keys[at]; before !== undefined && before > key; before = keys[at]) {
      keys[at + 1] = before;
      at--;
    }
    keys[at + 1] = key;
  }
  return keys;
}

/** How the payloads of a type are written: producers build them alike. */
interface Layout {
  /** As they came, and sorted. */
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  /** What stands before the value of each key but the first in JSON text, in the order in which they came. */
  readonly marks: readonly string[];
  /** The place of each sorted key among those that came. */
  readonly order: readonly number[];
}

/** That of the last payload of each type. */
const layouts = new Map<string, Layout>();

function layoutOf(eventType: string, payload: JsonObject): Layout {
  const last = layouts.get(eventType);
  if (last !== undefined && hasKeys(payload, last.keys)) return last;
  const keys = Object.keys(payload);
  const sorted = sortKeys([...keys]);
  const layout = {
    ...{ keys, sorted, marks: keys.slice(1).map((key) => `,${quotedKey(key)}`) },
    order: sorted.map((key) => keys.indexOf(key)),
  };
  const room = last !== undefined || layouts.size < QUOTED_KEYS_MAX;
  if (room && keys.length <= INSERTION_SORT_MAX && keys.every(isShort)) layouts.set(eventType, layout);
  return layout;
}

/** Own keys, in this order. `for … in` makes no list of them. */
function hasKeys(payload: JsonObject, keys: readonly string[]): boolean {
  let at = 0;
  for (const key in payload) if (key !== keys[at++]) return false;
  return at === keys.length;
}

/** Where the parts of the text in work begin; the end is that of the last. */
const starts = new Uint32Array(INSERTION_SORT_MAX + 1);

/**
 * The canonical form of a payload made from its JSON text, whose parts only stand in another order; null where objects
 * within it have an order of their own. Numbers and texts are written the same way in both, so they need not be written
 * again. A mark begins with a comma and a quote, which no text holds unescaped and no list has before a colon.
 */
function rearranged(text: string, { marks, order }: Layout): string | null {
  if (order.length === 0 || order.length > INSERTION_SORT_MAX || text.includes('{', 1)) return null;
  starts[0] = 0;
  for (let at = 0; at < marks.length; at++) {
    const start = text.indexOf(marks[at] ?? '', (starts[at] ?? 0) + 1);
    if (start < 0) return null;
    starts[at + 1] = start;
  }
  starts[order.length] = text.length - 1;
  let canonical = '{';
  for (let at = 0; at < order.length; at++) {
    const part = order[at] ?? 0;
    // Each part but the one that came first brings its comma.
    const from = (starts[part] ?? 0) + (at === 0 || part === 0 ? 1 : 0);
    if (part === 0 && at > 0) canonical += ',';
    canonical += text.slice(from, starts[part + 1]);
  }
  return `${canonical}}`;
}

/** `crypto.hash` (Node 20.12 and later) needs no hash object per call. */
const sha256Hex: (text: string) => string =
  typeof crypto.hash === 'function'
    ? (text) => crypto.hash('sha256', text, 'hex')
    : (text) => crypto.createHash('sha256').update(text).digest('hex');

/**
 * Identity of what an event says: SHA-256 (64 lower-case hex digits) over the canonical JSON of `[eventType, payload]`.
 * Hashing a JSON array, not joined strings, keeps `"ab" + "c"` and `"a" + "bc"` apart.
 *
 * @param text the JSON text of the payload, where it is at hand
 */
export function contentHash(eventType: string, payload: JsonObject, text?: string): string {
  const layout = layoutOf(eventType, payload);
  const canonical = text === undefined ? null : rearranged(text, layout);
  return sha256Hex(`[${quoted(eventType)},${canonical ?? textOf(payload, layout.sorted)}]`);
}

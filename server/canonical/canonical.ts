import { hasKeys, type Json, type JsonObject } from '../../domain/json';
import { cutsOf, MOST_KEYS, rearranged, type Cuts } from './rearrange';
import { sha256Hex } from './sha256';

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

/** Keys of a payload as they came, and sorted. */
interface Layout {
  /** What stands before the payload: `["TYPE",`. */
  readonly head: string;
  readonly keys: readonly string[];
  readonly sorted: readonly string[];
  /** Known once two payloads of the type came one after the other with these keys. */
  cuts: Cuts | null;
}

/** That of the last payload of each type: producers build the payloads of a type alike. */
const layouts = new Map<string, Layout>();

function layoutOf(eventType: string, payload: JsonObject): Layout {
  const last = layouts.get(eventType);
  if (last !== undefined && hasKeys(payload, last.keys)) {
    last.cuts ??= cutsOf(last.keys, last.keys.map(quotedKey), last.sorted);
    return last;
  }
  const keys = Object.keys(payload);
  const head = last?.head ?? `[${quoted(eventType)},`;
  const layout = { head, keys, sorted: sortKeys([...keys]), cuts: null };
  const room = last !== undefined || layouts.size < QUOTED_KEYS_MAX;
  if (room && keys.length > 0 && keys.length <= MOST_KEYS && keys.every(isShort))
    layouts.set(eventType, layout);
  return layout;
}

/**
 * Identity of what an event says: SHA-256 (64 lower-case hex digits) over the canonical JSON of `[eventType, payload]`.
 * Hashing a JSON array, not joined strings, keeps `"ab" + "c"` and `"a" + "bc"` apart.
 *
 * @param text the JSON text of the payload, where it is at hand: numbers and texts need not be written again
 */
export function contentHash(eventType: string, payload: JsonObject, text?: string): string {
  const { head, cuts, sorted } = layoutOf(eventType, payload);
  const canonical = text === undefined || cuts === null ? null : rearranged(text, cuts);
  return sha256Hex(`${head}${canonical ?? textOf(payload, sorted)}]`);
}

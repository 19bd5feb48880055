import { isJsonObject } from '../../../domain/json';

/** Limits of the design for what a publisher or a log may hand in. */
export const MAX_PAYLOAD_BYTES = 1024 * 1024;
export const MAX_PAYLOAD_DEPTH = 64;
export const MAX_NAME_LENGTH = 200;

/** Why something was refused; `code` is stable, `message` is for people. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

const TOO_LARGE: Refusal = {
  code: 'payload_too_large',
  message: 'The payload is larger than 1 MiB as JSON; send a reference to the data instead.',
};
const TOO_DEEP: Refusal = {
  code: 'payload_too_deep',
  message: `The payload is nested deeper than ${String(MAX_PAYLOAD_DEPTH)} levels; flatten it.`,
};
const NOT_OBJECT: Refusal = {
  code: 'payload_not_object',
  message: 'The payload must be a JSON object.',
};

/** What could not be written as JSON, and where it was found. */
class Finding {
  constructor(readonly what: string) {}
}

/** Every JSON value takes a byte at least, so more nodes than bytes allowed need not be walked (nor could a cycle go on). */
interface Budget {
  nodes: number;
}

/**
 * Why this value cannot be a payload, or null when it can: it must be an object of nothing but JSON (no NaN, undefined,
 * functions, dates, holes), nested at most 64 deep. The payload itself is level 1. Size is checked by `payloadTextProblem`.
 */
export function payloadProblem(payload: unknown): Refusal | null {
  if (!isJsonObject(payload)) return NOT_OBJECT;
  const found = walk(payload, 1, { nodes: MAX_PAYLOAD_BYTES });
  if (found === null) return null;
  if (!(found instanceof Finding)) return found;
  return { code: 'payload_not_json', message: `The payload holds ${found.what}, which is not JSON.` };
}

/** Refuses JSON text of more than 1 MiB in UTF-8. */
export function payloadTextProblem(text: string): Refusal | null {
  // A UTF-16 unit becomes 3 bytes at most, so short texts need no count.
  if (text.length * 3 <= MAX_PAYLOAD_BYTES) return null;
  return Buffer.byteLength(text) > MAX_PAYLOAD_BYTES ? TOO_LARGE : null;
}

function walk(value: unknown, depth: number, budget: Budget): Refusal | Finding | null {
  if (--budget.nodes < 0) return TOO_LARGE;
  // One test after the other, not a `switch`: V8 knows these without asking for the name of the type.
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : new Finding(String(value));
  if (typeof value === 'object') return walkObject(value, depth, budget);
  return new Finding(typeof value);
}

function walkObject(value: object, depth: number, budget: Budget): Refusal | Finding | null {
  if (depth > MAX_PAYLOAD_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return walkArray(value as readonly unknown[], depth, budget);
  if (!isPlain(value)) return new Finding(`a ${value.constructor.name} object`);
  // This also meets an own `__proto__`, and reading that key reads the own property. Unlike `Object.keys` it makes no list.
  for (const key in value) {
    const found = walk((value as Readonly<Record<string, unknown>>)[key], depth + 1, budget);
    if (found !== null) return found;
  }
  return null;
}

function walkArray(items: readonly unknown[], depth: number, budget: Budget): Refusal | Finding | null {
  // By index, not `for … of`, so that holes are seen as undefined and nothing is allocated.
  for (let index = 0; index < items.length; index++) {
    const found = walk(items[index], depth + 1, budget);
    if (found !== null) return found;
  }
  return null;
}

/** Made by a literal or by JSON.parse, in whatever realm: class instances would change their meaning as JSON. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

const UNPRINTABLE = /\p{C}/u;

/** Refuses an event type that is empty, longer than 200 characters or not printable. */
export function typeProblem(eventType: unknown): Refusal | null {
  if (typeof eventType === 'string' && isName(eventType)) return null;
  return {
    code: 'event_type_invalid',
    message: `The event type must be a printable name of 1 to ${String(MAX_NAME_LENGTH)} characters.`,
  };
}

/** Refuses an optional text of the envelope that is empty where given, too long or not printable. */
export function textProblem(field: string, value: unknown, allowEmpty: boolean): Refusal | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && ((allowEmpty && value === '') || isName(value))) return null;
  return {
    code: 'envelope_invalid',
    message: `\`${field}\` must be printable text of at most ${String(MAX_NAME_LENGTH)} characters.`,
  };
}

/** Names that passed: types, sources and hosts recur by the million. Bounded, because producers choose them. */
const soundNames = new Set<string>();
const SOUND_NAMES_MAX = 4_096;

function isName(text: string): boolean {
  if (soundNames.has(text)) return true;
  const sound = text.length <= MAX_NAME_LENGTH && text.trim() !== '' && !UNPRINTABLE.test(text);
  if (sound && soundNames.size < SOUND_NAMES_MAX) soundNames.add(text);
  return sound;
}

/** After the year 2286 a 10-digit count of seconds overflows; larger values are milliseconds by mistake. */
const MAX_TIMESTAMP = 10_000_000_000;

export const TIMESTAMP_INVALID: Refusal = {
  code: 'timestamp_invalid',
  message:
    '`timestamp` must be epoch seconds, above 0 and below 10,000,000,000 (not milliseconds, not text).',
};

/** Refuses a timestamp that is not epoch seconds. */
export function timestampProblem(timestamp: unknown): Refusal | null {
  if (timestamp === undefined) return null;
  const seconds = typeof timestamp === 'number' && timestamp >= 0 && timestamp < MAX_TIMESTAMP;
  return seconds ? null : TIMESTAMP_INVALID;
}

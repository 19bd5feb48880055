import { parse } from 'secure-json-parse';
import type { JsonObject } from '../../../../domain/json';
import { isJsonObject } from '../../../../domain/json';
import { MAX_PAYLOAD_DEPTH } from '../../../router/prepare/payload-limits';

export type ParsedPayload =
  | { readonly ok: true; readonly payload: JsonObject }
  | { readonly ok: false; readonly reason: string };

/** A string, or a whole number; strings come first so that digits inside them are left alone. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const STRING_OR_NON_JSON = /"[^"\\]*(?:\\.[^"\\]*)*"|(-?Infinity|NaN)/g;

/**
 * Payload text of the shared log to a payload, or one line that says why not.
 *
 * - `__proto__` keys (and `constructor.prototype`) are left out; the rest of the payload stays.
 * - A whole number that a double cannot hold exactly becomes a string of its digits: Python writes such numbers, and a
 *   rounded seed or job id would be a different one.
 */
export function parsePayload(text: string): ParsedPayload {
  let value: unknown;
  try {
    value = parse(keepBigIntegers(text), undefined, { protoAction: 'remove', constructorAction: 'remove' });
  } catch (error) {
    return { ok: false, reason: whyNotJson(text, error) };
  }
  if (!isJsonObject(value))
    return { ok: false, reason: `the payload is ${kindOf(value)}, not a JSON object` };
  const fault = faultIn(value);
  return fault === null ? { ok: true, payload: value } : { ok: false, reason: fault };
}

function keepBigIntegers(text: string): string {
  if (!/\d{16}/.test(text)) return text;
  return text.replace(STRING_OR_NUMBER, (token) => (isExact(token) ? token : `"${token}"`));
}

function isExact(token: string): boolean {
  if (token.length < 16 || !/^-?\d+$/.test(token)) return true;
  const value = Number(token);
  return Number.isSafeInteger(value) || (Number.isFinite(value) && BigInt(value) === BigInt(token));
}

function whyNotJson(text: string, error: unknown): string {
  for (const match of text.matchAll(STRING_OR_NON_JSON)) {
    if (match[1] !== undefined) return `the payload holds ${match[1]}, which is not JSON`;
  }
  // V8 quotes the text in its message; the content is kept beside the reason already.
  const message = error instanceof Error ? (error.message.split(/, (?="|\.\.\.)/)[0] ?? '') : String(error);
  return text.trim() === ''
    ? 'the payload is empty'
    : `the payload is not valid JSON: ${message.slice(0, 120)}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

/** Depth and numbers out of range; walks with a list of its own, because a hostile depth would overflow the stack. */
function faultIn(root: JsonObject): string | null {
  let level: unknown[] = [root];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_PAYLOAD_DEPTH) return `the payload is nested deeper than ${MAX_PAYLOAD_DEPTH} levels`;
    const below: unknown[] = [];
    for (const container of level) {
      for (const value of Object.values(container as object) as unknown[]) {
        if (typeof value === 'object' && value !== null) below.push(value);
        else if (typeof value === 'number' && !Number.isFinite(value)) {
          return 'the payload holds a number beyond the range of a double';
        }
      }
    }
    level = below;
  }
  return null;
}

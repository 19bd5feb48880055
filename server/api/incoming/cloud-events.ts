import { createHash } from 'node:crypto';
import { CloudEvent, ValidationError } from 'cloudevents';
import type { Scope } from '../../../domain/access/principal';
import { isJsonObject } from '../../../domain/json';
import { malformed, taking, type Taken } from './event';

const SPEC = '1.0';
/** Without these the SDK makes up a value of its own, so that a repetition would be another event. */
const REQUIRED = ['id', 'source', 'type', 'specversion'];
const BINARY_PREFIX = 'ce-';
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** How a request carries CloudEvents; null when it carries none. */
export function cloudEventMode(headers: Headers): 'structured' | 'batch' | 'binary' | null {
  const type = (headers.get('content-type') ?? '').toLowerCase();
  if (type.startsWith('application/cloudevents-batch')) return 'batch';
  if (type.startsWith('application/cloudevents')) return 'structured';
  return headers.has('ce-specversion') || headers.has('ce-id') ? 'binary' : null;
}

/** The event of binary mode: its attributes are headers, `data` is the body. */
export function binaryEvent(headers: Headers, data: unknown): Record<string, unknown> {
  const attributes = [...headers]
    .filter(([name]) => name.startsWith(BINARY_PREFIX))
    .map(([name, value]) => [name.slice(BINARY_PREFIX.length), unescaped(value)]);
  return { ...(Object.fromEntries(attributes) as Record<string, unknown>), data };
}

/** A header's value as its sender meant it: quotes around it off, one round of percent-decoding. */
function unescaped(value: string): string {
  const bare = /^".*"$/s.test(value) ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

/** A CloudEvent in JSON form, checked by the official SDK, as the event that it stands for. Never throws. */
export function takingCloudEvent(value: unknown, scope: Scope | undefined): Taken {
  if (!isJsonObject(value)) return { rejected: malformed('a CloudEvent is a JSON object') };
  // An attribute that is null is one that is not there.
  const given = Object.fromEntries(Object.entries(value).filter(([, attribute]) => attribute !== null));
  const missing = REQUIRED.find((name) => !Object.hasOwn(given, name) || given[name] === '');
  if (missing !== undefined) return { rejected: malformed(`${missing} is missing`) };
  if (given['specversion'] !== SPEC) return { rejected: malformed(`specversion must be ${SPEC}`) };
  const { data_base64: packed } = given;
  // Both are forbidden, and the SDK would take one and drop the other.
  if (packed !== undefined && Object.hasOwn(given, 'data'))
    return { rejected: malformed('data and data_base64: a CloudEvent has one of them, not both') };
  // The SDK would say no more than that a character is invalid.
  if (packed !== undefined && (typeof packed !== 'string' || !BASE64.test(packed)))
    return { rejected: malformed('data_base64: must be text in base64') };
  try {
    return taking(eventOf(new CloudEvent(given), given), scope);
  } catch (error) {
    return { rejected: malformed(faultOf(error)) };
  }
}

function eventOf(event: CloudEvent<unknown>, given: Readonly<Record<string, unknown>>): unknown {
  return {
    event_type: event.type,
    source: event.source,
    payload: dataOf(event),
    idempotency_key: identity(event),
    // The SDK puts the present where there is no time.
    ...(Object.hasOwn(given, 'time') ? { timestamp: secondsOf(event.time ?? '') } : {}),
    ...extension(event, 'hostname', 'hostname'),
    ...extension(event, 'correlationid', 'correlation_id'),
    ...extension(event, 'causationid', 'parent_event_id'),
  };
}

function extension(event: CloudEvent<unknown>, name: string, field: string): Record<string, unknown> {
  return event[name] === undefined ? {} : { [field]: event[name] };
}

function dataOf(event: CloudEvent<unknown>): unknown {
  const packed = event.data_base64;
  const data = packed === undefined ? event.data : unpacked(packed);
  if (!isJsonObject(data)) throw new ValidationError('data: must be a JSON object');
  return data;
}

function unpacked(packed: string): unknown {
  try {
    return JSON.parse(Buffer.from(packed, 'base64').toString('utf8'));
  } catch (error) {
    throw new ValidationError(`data_base64: not valid JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

/** By the specification an event is told by its source and id together: two producers may both count from 1. */
function identity({ source, id }: CloudEvent<unknown>): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([source, id]))
    .digest('base64url');
  return `cloudevent:${hash}`;
}

const TIME = 'time: give a time of RFC 3339, such as 2026-11-27T10:00:00Z';

/** RFC 3339 to epoch seconds, with all of its fraction: a Date would cut it to milliseconds. */
function secondsOf(time: string): number {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '0';
  const whole = Date.parse(time.replace(/\.\d+/, '')) / 1000;
  if (Number.isNaN(whole)) throw new ValidationError(TIME);
  return Number(`${whole}.${fraction}`);
}

/** What the SDK found, as one line. */
function faultOf(error: unknown): string {
  const found = error instanceof ValidationError ? error.errors?.[0] : undefined;
  if (typeof found === 'object' && 'message' in found) {
    const place = 'instancePath' in found ? found.instancePath.slice(1) : '';
    if (place === 'time') return TIME;
    return place === '' ? String(found.message) : `${place}: ${String(found.message)}`;
  }
  const line = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
  return line === '' ? 'not a CloudEvent' : line.slice(0, 200);
}

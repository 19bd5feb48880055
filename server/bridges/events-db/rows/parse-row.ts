import { MAX_LETTER_CONTENT, type NewDeadLetter } from '../../../history/letters/letter-types';
import type { LogRow } from '../../../router/types';
import { MAX_PAYLOAD_BYTES } from '../../../router/prepare/payload-limits';
import { parsePayload } from './payload-text';
import { rowEventId } from './row-identity';

/** One row of `events` as SQLite hands it out: any column of a damaged or foreign file may hold any type. */
export interface RawRow {
  readonly event_id: number;
  readonly event_type: unknown;
  /** Cut by the query when `payload_bytes` is above the limit. */
  readonly payload: unknown;
  readonly payload_bytes: number | null;
  readonly source: unknown;
  readonly hostname: unknown;
  readonly created_at: unknown;
}

/** Columns for a query on `events`; a payload above the limit is not even loaded whole. */
export const RAW_COLUMNS = `event_id, event_type, source, hostname, created_at,
  octet_length(payload) AS payload_bytes,
  CASE WHEN octet_length(payload) > ${MAX_PAYLOAD_BYTES} THEN substr(payload, 1, ${MAX_LETTER_CONTENT}) ELSE payload END AS payload`;

export type ParsedRow =
  | { readonly ok: true; readonly row: LogRow }
  | { readonly ok: false; readonly deadLetter: NewDeadLetter };

/** End of the year 9999; a larger "epoch seconds" is milliseconds or damage. */
const MAX_EPOCH_SECONDS = 253_402_300_800;

/** A row becomes an event, or a dead letter that says why; `now` (epoch seconds) dates the letter. */
export function parseRow(raw: RawRow, now: number): ParsedRow {
  const { event_type: eventType, payload, source, hostname, created_at: createdAt } = raw;
  const refuse = (reason: string): ParsedRow => ({ ok: false, deadLetter: deadLetterOf(raw, reason, now) });
  if (typeof eventType !== 'string' || eventType.trim() === '')
    return refuse(`the event type is ${nameOf(eventType)}`);
  if (typeof createdAt !== 'number' || !Number.isFinite(createdAt)) {
    return refuse(`created_at is ${nameOf(createdAt)}, not epoch seconds`);
  }
  if (createdAt < 0 || createdAt >= MAX_EPOCH_SECONDS)
    return refuse(`created_at ${createdAt} is no time in epoch seconds`);
  if (typeof source !== 'string') return refuse(`the source is ${nameOf(source)}`);
  if (typeof hostname !== 'string') return refuse(`the hostname is ${nameOf(hostname)}`);
  if ((raw.payload_bytes ?? 0) > MAX_PAYLOAD_BYTES) {
    return refuse(`the payload has ${raw.payload_bytes ?? 0} bytes, more than 1 MiB`);
  }
  if (typeof payload !== 'string') return refuse(`the payload is ${nameOf(payload)}`);
  const parsed = parsePayload(payload);
  if (!parsed.ok) return refuse(parsed.reason);
  const eventId = rowEventId({
    rowId: raw.event_id,
    eventType,
    payloadText: payload,
    source,
    hostname,
    createdAt,
  });
  return {
    ok: true,
    row: {
      rowId: raw.event_id,
      eventType,
      payload: parsed.payload,
      eventId,
      source,
      hostname,
      timestamp: createdAt,
    },
  };
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'missing';
  if (typeof value === 'string') return value.trim() === '' ? 'empty' : 'text';
  if (Buffer.isBuffer(value)) return 'a BLOB';
  return typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`;
}

function deadLetterOf(raw: RawRow, reason: string, now: number): NewDeadLetter {
  const content = cut(textOf(raw.payload));
  const identity = {
    rowId: raw.event_id,
    eventType: textOf(raw.event_type),
    payloadText: content,
    source: textOf(raw.source),
    hostname: textOf(raw.hostname),
    createdAt: typeof raw.created_at === 'number' ? raw.created_at : 0,
  };
  return {
    kind: 'row',
    reason: `Row ${raw.event_id} of events.db: ${reason}.`,
    content,
    eventType: typeof raw.event_type === 'string' && raw.event_type !== '' ? raw.event_type : null,
    // Also a bad row has an identity, so that reading the file again does not repeat the letter.
    eventId: rowEventId(identity),
    source: identity.source,
    reference: String(raw.event_id),
    at: now,
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (Buffer.isBuffer(value)) return `0x${value.subarray(0, MAX_LETTER_CONTENT / 2 - 1).toString('hex')}`;
  return typeof value === 'number' ? String(value) : '';
}

function cut(text: string): string {
  const bytes = Buffer.from(text);
  // A character cut in half at the end would decode as a replacement character.
  return bytes.length <= MAX_LETTER_CONTENT
    ? text
    : bytes
        .subarray(0, MAX_LETTER_CONTENT)
        .toString()
        .replace(/\uFFFD+$/, '');
}

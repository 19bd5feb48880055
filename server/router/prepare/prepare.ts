import { configOf, driftOf, modelOf, nodeOf, severityOf } from '../../../domain/events';
import type { Origin } from '../../../domain/events/envelope';
import type { ImportedEvent } from '../../../domain/export';
import type { JsonObject } from '../../../domain/json';
import type { NewEvent } from '../../history/types';
import { contentHash } from '../../canonical/canonical';
import { isUuid } from './event-ids';
import type { Refusal } from './payload-limits';
import {
  payloadProblem,
  payloadTextProblem,
  textProblem,
  TIMESTAMP_INVALID,
  timestampProblem,
  typeProblem,
} from './payload-limits';
import { typeInfo } from './type-table';
import type { LogRow, PublishRequest } from '../types';

/**
 * An event that passed every check, not yet compared with earlier ones. `duplicateOf` is still null. This very object
 * goes on to sinks and subscribers once history has told its place: a copy costs as much as two projections.
 */
export interface PreparedEvent extends NewEvent {
  /** 0 until it is committed. */
  seq: number;
  /** NaN until it is committed. */
  receivedAt: number;
}

/** What the router adds where a publisher says nothing. */
export interface Defaults {
  readonly source: string;
  readonly hostname: string;
  /** Given the time, epoch milliseconds. */
  readonly newEventId: (ms: number) => string;
}

export type Preparation =
  | { readonly ok: true; readonly event: PreparedEvent }
  | { readonly ok: false; readonly refusal: Refusal; readonly eventType: string | null };

/** Fields that differ between a publisher's event and a row of a log. */
interface Envelope {
  readonly eventId: string;
  readonly source: string;
  readonly hostname: string;
  readonly timestamp: number;
  readonly origin: Origin | undefined;
  readonly correlationId: string | null;
  readonly parentEventId: string | null;
  readonly queueEventId: number | null;
  readonly idempotencyKey: string | null;
  readonly outbound: boolean;
}

/** Checks what a publisher handed in at a time and completes its envelope. Never throws, whatever the request holds. */
export function prepareRequest(request: PublishRequest, defaults: Defaults, at: number): Preparation {
  const refusal = requestProblem(request);
  if (refusal !== null) return refused(refusal, request.eventType);
  const prepared = prepare(request.eventType, request.payload, {
    eventId: request.eventId?.toLowerCase() ?? defaults.newEventId(at * 1000),
    source: request.source ?? defaults.source,
    hostname: request.hostname ?? defaults.hostname,
    timestamp: request.timestamp ?? at,
    origin: request.origin,
    correlationId: request.correlationId ?? null,
    parentEventId: request.parentEventId ?? null,
    queueEventId: null,
    idempotencyKey: request.idempotencyKey ?? null,
    outbound: true,
  });
  if (!prepared.ok || request.action === undefined) return prepared;
  return { ok: true, event: { ...prepared.event, action: request.action } };
}

/** Checks a row that a bridge or an import parsed. Its names may be empty: the queue's columns default to that. */
export function prepareRow(row: LogRow): Preparation {
  const refusal = typeProblem(row.eventType) ?? timestampProblem(row.timestamp);
  if (refusal !== null) return refused(refusal, row.eventType);
  return prepare(row.eventType, row.payload, {
    eventId: row.eventId,
    source: row.source,
    hostname: row.hostname,
    timestamp: row.timestamp,
    origin: 'cross_process',
    correlationId: null,
    parentEventId: null,
    queueEventId: row.rowId,
    idempotencyKey: null,
    outbound: false,
  });
}

/** Checks an event of another history's export, which says itself whether it repeats another one. */
export function prepareImported(imported: ImportedEvent): Preparation {
  const name = importedName(imported);
  const refusal = typeProblem(name) ?? timestampProblem(imported.timestamp);
  if (refusal !== null) return refused(refusal, name);
  const prepared = prepare(name, imported.payload, {
    eventId: imported.event_id,
    source: imported.source,
    hostname: imported.hostname,
    timestamp: imported.timestamp,
    origin: imported.origin,
    correlationId: imported.correlation_id ?? null,
    parentEventId: imported.parent_event_id ?? null,
    queueEventId: imported.queue_event_id ?? null,
    idempotencyKey: null,
    outbound: false,
  });
  const repeats = imported.duplicate_of ?? null;
  return prepared.ok ? { ok: true, event: { ...prepared.event, duplicateOf: repeats } } : prepared;
}

/** The name as its producer wrote it, as long as it still stands for the type that the export says. */
function importedName({ event_type: type, wire_type: written }: ImportedEvent): string {
  const same = typeof written === 'string' && typeInfo(written).eventType === typeInfo(type).eventType;
  return same ? written : type;
}

function requestProblem(request: PublishRequest): Refusal | null {
  return (
    typeProblem(request.eventType) ??
    // A row of a log may be of second 0; a publisher that says so has not set its clock.
    (request.timestamp === 0 ? TIMESTAMP_INVALID : timestampProblem(request.timestamp)) ??
    eventIdProblem(request.eventId) ??
    textProblem('source', request.source, true) ??
    textProblem('hostname', request.hostname, true) ??
    textProblem('idempotency_key', request.idempotencyKey, false) ??
    textProblem('correlation_id', request.correlationId, false) ??
    textProblem('parent_event_id', request.parentEventId, false)
  );
}

function eventIdProblem(eventId: unknown): Refusal | null {
  if (eventId === undefined) return null;
  if (typeof eventId === 'string' && isUuid(eventId.toLowerCase())) return null;
  return {
    code: 'event_id_invalid',
    message: '`event_id` must be a UUID; leave it out to have one assigned.',
  };
}

function prepare(wireType: string, payload: JsonObject, envelope: Envelope): Preparation {
  const problem = payloadProblem(payload);
  if (problem !== null) return refused(problem, wireType);
  const payloadText = JSON.stringify(payload);
  const tooLarge = payloadTextProblem(payloadText);
  if (tooLarge !== null) return refused(tooLarge, wireType);
  const type = typeInfo(wireType);
  return { ok: true, event: complete(type, payload, payloadText, envelope) };
}

/** One literal, so that every event has the same hidden class. */
function complete(
  type: ReturnType<typeof typeInfo>,
  payload: JsonObject,
  payloadText: string,
  envelope: Envelope,
): PreparedEvent {
  const { eventType } = type;
  return {
    eventId: envelope.eventId,
    seq: 0,
    receivedAt: Number.NaN,
    eventType,
    wireType: type.wireType,
    payload,
    payloadText,
    source: envelope.source,
    hostname: envelope.hostname,
    origin: envelope.origin ?? type.origin,
    timestamp: envelope.timestamp,
    contentHash: contentHash(eventType, payload, payloadText),
    correlationId: envelope.correlationId,
    parentEventId: envelope.parentEventId,
    duplicateOf: null,
    queueEventId: envelope.queueEventId,
    idempotencyKey: envelope.idempotencyKey,
    outbound: envelope.outbound,
    category: type.category,
    severity: severityOf(eventType, payload),
    config: configOf(payload),
    node: nodeOf(payload, envelope.hostname),
    model: modelOf(payload),
    drift: driftOf(eventType, payload),
  };
}

function refused(refusal: Refusal, eventType: unknown): Preparation {
  return { ok: false, refusal, eventType: typeof eventType === 'string' ? eventType.slice(0, 200) : null };
}

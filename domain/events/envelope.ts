import type { JsonObject } from '../json';

/** Which bus an event entered through. */
export const ORIGINS = ['data_bus', 'stage_bus', 'cross_process', 'router'] as const;
export type Origin = (typeof ORIGINS)[number];

/** How loudly an event asks for attention; ordered from quiet to loud. */
export const SEVERITIES = ['debug', 'info', 'warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One way in which a payload differs from its catalogue schema. Advice for operators, never a refusal. */
export interface DriftFinding {
  /** Dotted path within the payload, e.g. `metrics.elo`; empty for the payload as a whole. */
  readonly path: string;
  readonly kind: 'missing' | 'wrong_type' | 'unexpected';
  readonly message: string;
}

/**
 * An event as history holds it and as every subscriber, reducer and page receives it.
 * `timestamp` and `receivedAt` are epoch seconds (fractions allowed); `contentHash` is 64 lower-case hex digits.
 */
export interface StoredEvent {
  /** UUID v7: identity for links and idempotency. */
  readonly eventId: string;
  /** Position in this server's history; monotonic, never reused. */
  readonly seq: number;
  /** Canonical name, UPPER_SNAKE_CASE. */
  readonly eventType: string;
  /** The name as the producer wrote it, when it differs from `eventType`; else null. */
  readonly wireType: string | null;
  readonly payload: JsonObject;
  readonly source: string;
  readonly hostname: string;
  readonly origin: Origin;
  /** When it happened. */
  readonly timestamp: number;
  /** When this server committed it. */
  readonly receivedAt: number;
  readonly contentHash: string;
  readonly correlationId: string | null;
  readonly parentEventId: string | null;
  /** Event id of the first event that this row of a shared log repeats; null for a first. */
  readonly duplicateOf: string | null;
  /** Row id in the cluster's events.db, for a row that came from or went to it. */
  readonly queueEventId: number | null;
  readonly category: string;
  readonly severity: Severity;
  readonly config: string | null;
  readonly node: string | null;
  readonly model: string | null;
  readonly drift: readonly DriftFinding[];
}

/** A whole event on the wire (REST, exports, event page): snake_case envelope, payload keys untouched. */
export interface WireEvent {
  readonly event_id: string;
  readonly seq: number;
  readonly event_type: string;
  readonly wire_type: string | null;
  readonly payload: JsonObject;
  readonly source: string;
  readonly hostname: string;
  readonly origin: Origin;
  readonly timestamp: number;
  readonly received_at: number;
  readonly content_hash: string;
  readonly correlation_id: string | null;
  readonly parent_event_id: string | null;
  readonly duplicate_of: string | null;
  readonly queue_event_id: number | null;
  readonly category: string;
  readonly severity: Severity;
  readonly config: string | null;
  readonly node: string | null;
  readonly model: string | null;
  readonly drift: readonly DriftFinding[];
}

/** One line of a live feed: enough for a row and its filters; the payload is fetched when someone opens it. */
export interface EventRow {
  readonly seq: number;
  readonly event_id: string;
  readonly event_type: string;
  readonly category: string;
  readonly severity: Severity;
  readonly source: string;
  readonly origin: Origin;
  readonly node: string | null;
  readonly config: string | null;
  readonly model: string | null;
  readonly timestamp: number;
  readonly received_at: number;
  readonly duplicate: boolean;
  /** Number of drift findings. */
  readonly drift: number;
  /** The key fields in one line of text, e.g. `hex8_2p_v43 · elo 1994.6`. */
  readonly summary: string;
  /** What a query found in the payload and nothing else of the row shows, e.g. `components elo`. */
  readonly found?: string;
}

/** One dot of the river: `[seq, timestamp, event_type, severity]`. */
export type EventDot = readonly [seq: number, timestamp: number, eventType: string, severity: Severity];

/** Envelope to its wire form; the payload object is shared, not copied. */
export function toWire(event: StoredEvent): WireEvent {
  return {
    event_id: event.eventId,
    seq: event.seq,
    event_type: event.eventType,
    wire_type: event.wireType,
    payload: event.payload,
    source: event.source,
    hostname: event.hostname,
    origin: event.origin,
    timestamp: event.timestamp,
    received_at: event.receivedAt,
    content_hash: event.contentHash,
    correlation_id: event.correlationId,
    parent_event_id: event.parentEventId,
    duplicate_of: event.duplicateOf,
    queue_event_id: event.queueEventId,
    category: event.category,
    severity: event.severity,
    config: event.config,
    node: event.node,
    model: event.model,
    drift: event.drift,
  };
}

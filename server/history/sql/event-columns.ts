import type { DriftFinding, Origin, Severity, StoredEvent } from '../../../domain/events/envelope';
import type { JsonObject } from '../../../domain/json';
import { bytesToUuid } from './uuid-bytes';

/** A row of `events` as better-sqlite3 returns it. */
export type EventColumns = {
  seq: number;
  event_id: Buffer;
  event_type: string;
  wire_type: string | null;
  payload: string;
  source: string;
  hostname: string;
  origin: Origin;
  timestamp: number;
  received_at: number;
  content_hash: Buffer;
  correlation_id: string | null;
  parent_event_id: string | null;
  duplicate_of: Buffer | null;
  queue_event_id: number | null;
  category: string;
  severity: Severity;
  config: string | null;
  node: string | null;
  model: string | null;
  drift: string | null;
};

const NO_DRIFT: readonly DriftFinding[] = [];

/** A row back to the event it was. */
export function toStoredEvent(row: EventColumns): StoredEvent {
  return {
    eventId: bytesToUuid(row.event_id),
    seq: row.seq,
    eventType: row.event_type,
    wireType: row.wire_type,
    payload: JSON.parse(row.payload) as JsonObject,
    source: row.source,
    hostname: row.hostname,
    origin: row.origin,
    timestamp: row.timestamp,
    receivedAt: row.received_at,
    contentHash: row.content_hash.toString('hex'),
    correlationId: row.correlation_id,
    parentEventId: row.parent_event_id,
    duplicateOf: row.duplicate_of === null ? null : bytesToUuid(row.duplicate_of),
    queueEventId: row.queue_event_id,
    category: row.category,
    severity: row.severity,
    config: row.config,
    node: row.node,
    model: row.model,
    drift: row.drift === null ? NO_DRIFT : (JSON.parse(row.drift) as DriftFinding[]),
  };
}

import type { EventRow, StoredEvent } from './envelope';
import { summarise } from './text/summarise';

/** A stored event as one line of a live feed. */
export function toRow(event: StoredEvent): EventRow {
  return {
    seq: event.seq,
    event_id: event.eventId,
    event_type: event.eventType,
    category: event.category,
    severity: event.severity,
    source: event.source,
    origin: event.origin,
    node: event.node,
    config: event.config,
    model: event.model,
    timestamp: event.timestamp,
    received_at: event.receivedAt,
    duplicate: event.duplicateOf !== null,
    drift: event.drift.length,
    summary: summarise(event.eventType, event.payload),
  };
}

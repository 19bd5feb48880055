import type { StoredEvent } from '../../../../domain/events/envelope';
import { crossProcessNameOf } from '../../../../domain/events/names/names';
import { RETENTION_SECONDS } from '../queue/queue-types';
import type { OutRow } from '../worker/protocol';

/** Clocks of publishers may run ahead a little; a row from further in the future would outlive its retention. */
const FUTURE_SECONDS = 60;

/**
 * An event as a row for RingRift's processes. It carries the name of the catalogue's cross-process map: pollers that
 * filter by type ask for those names, and RingRift's own router normalises them like any other.
 *
 * `created_at` is the time of the event, unless that lies outside what a RingRift poll would return; then the time of
 * publishing. Both depend on the event alone, so that a row can be found again after a crash.
 */
export function toOutRow(event: StoredEvent): OutRow {
  const { timestamp, receivedAt } = event;
  const polled = timestamp > receivedAt - RETENTION_SECONDS / 2 && timestamp < receivedAt + FUTURE_SECONDS;
  return {
    seq: event.seq,
    eventType: crossProcessNameOf(event.eventType),
    payloadText: JSON.stringify(event.payload),
    source: event.source,
    hostname: event.hostname,
    createdAt: polled ? timestamp : receivedAt,
  };
}

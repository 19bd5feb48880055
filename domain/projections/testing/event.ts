import { categoryOf, configOf, modelOf, nodeOf, normaliseEventType } from '../../events';
import type { StoredEvent } from '../../events/envelope';
import type { JsonObject } from '../../json';

/** An arbitrary moment that tests count from. */
export const T0 = 1_766_700_000;

let nextSeq = 1;

/** An event as the router would store it, `seconds` after T0; each gets the next seq unless one is given. */
export function event(
  type: string,
  payload: JsonObject = {},
  seconds = 0,
  envelope: Partial<StoredEvent> = {},
): StoredEvent {
  const seq = envelope.seq ?? nextSeq++;
  const eventType = normaliseEventType(type);
  const hostname = envelope.hostname ?? 'coordinator';
  return {
    eventId: `event-${seq}`,
    seq,
    eventType,
    wireType: type === eventType ? null : type,
    payload,
    source: 'test',
    hostname,
    origin: 'cross_process',
    timestamp: T0 + seconds,
    receivedAt: T0 + seconds + 1,
    contentHash: '',
    correlationId: null,
    parentEventId: null,
    duplicateOf: null,
    queueEventId: seq,
    category: categoryOf(eventType),
    severity: 'info',
    config: configOf(payload),
    node: nodeOf(payload, hostname),
    model: modelOf(payload),
    drift: [],
    ...envelope,
  };
}

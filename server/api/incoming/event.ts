import * as z from 'zod';
import { outOfScope, type Scope } from '../../../domain/access/principal';
import { KEY_PREFIX } from '../../../domain/actions';
import { normaliseEventType } from '../../../domain/events';
import type { JsonObject } from '../../../domain/json';
import { isJsonObject } from '../../../domain/json';
import type { PublishRequest } from '../../router/types';
import { lineOf } from '../refusals/said';

const incoming = z.strictObject({
  event_type: z.string(),
  payload: z.custom<JsonObject>(isJsonObject, 'must be a JSON object'),
  source: z.string().max(200).optional(),
  hostname: z.string().max(200).optional(),
  event_id: z.string().optional(),
  idempotency_key: z
    .string()
    .min(1)
    .max(200)
    .refine(
      (key) => !key.startsWith(KEY_PREFIX),
      `keys that begin with ${KEY_PREFIX} belong to operators’ actions`,
    )
    .optional(),
  timestamp: z.number().optional(),
  correlation_id: z.string().max(200).optional(),
  parent_event_id: z.string().max(200).optional(),
});

/** Why one event of a call is not taken. */
export interface Rejected {
  readonly status: 'rejected';
  readonly error: { readonly code: string; readonly message: string };
}

/** An event as the router takes it, or why it goes no further. */
export type Taken = { readonly request: PublishRequest } | { readonly rejected: Rejected };

/** Looks at one event as it came, whatever it is, and at what its key may publish. Never throws. */
export function taking(event: unknown, scope: Scope | undefined): Taken {
  const parsed = incoming.safeParse(event);
  if (!parsed.success) return { rejected: malformed(lineOf(parsed.error)) };
  const request = toRequest(parsed.data, scope?.sources?.[0] ?? 'api');
  const { source } = request;
  const message = outOfScope(scope, { source, eventType: normaliseEventType(request.eventType) });
  return message === null
    ? { request }
    : { rejected: { status: 'rejected', error: { code: 'forbidden', message } } };
}

/** What every door answers for something that is no event. */
export function malformed(message: string): Rejected {
  return { status: 'rejected', error: { code: 'malformed_event', message } };
}

function toRequest(event: z.infer<typeof incoming>, source: string): PublishRequest & { source: string } {
  return {
    eventType: event.event_type,
    payload: event.payload,
    source: event.source ?? source,
    ...(event.hostname === undefined ? {} : { hostname: event.hostname }),
    ...(event.event_id === undefined ? {} : { eventId: event.event_id }),
    ...(event.idempotency_key === undefined ? {} : { idempotencyKey: event.idempotency_key }),
    ...(event.timestamp === undefined ? {} : { timestamp: event.timestamp }),
    ...(event.correlation_id === undefined ? {} : { correlationId: event.correlation_id }),
    ...(event.parent_event_id === undefined ? {} : { parentEventId: event.parent_event_id }),
  };
}

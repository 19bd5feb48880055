import { z } from 'zod';
import { KEY_PREFIX } from '../../domain/actions';
import type { JsonObject } from '../../domain/json';
import { isJsonObject } from '../../domain/json';
import type { PublishRequest, PublishResult } from '../router/types';
import { services } from '../services';
import { ApiError } from './errors';

/** At most so many events in one call, and so many bytes. */
export const MAX_BATCH = 1_000;
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

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
  timestamp: z.number().positive().max(1e11).optional(),
  correlation_id: z.string().max(200).optional(),
  parent_event_id: z.string().max(200).optional(),
});

/** Answer to `POST /api/events`; results stand in the order of the request. */
export interface PublishAnswer {
  accepted: number;
  duplicates: number;
  rejected: number;
  results: (
    | { event_id: string; seq: number; status: 'stored' | 'duplicate' }
    | { status: 'rejected'; error: { code: string; message: string } }
  )[];
}

/**
 * Publishes one event or an array of them and answers once all are durable. A malformed event is rejected by itself and
 * leaves the others alone. Throws ApiError when the body as a whole is unusable.
 */
export async function publishBody(body: unknown): Promise<PublishAnswer> {
  const events: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (events.length > MAX_BATCH)
    throw new ApiError(
      'too_large',
      `a call takes at most ${MAX_BATCH} events; this one has ${events.length}`,
    );
  const parsed = events.map((event) => incoming.safeParse(event));
  const requests = parsed.flatMap((result) => (result.success ? [toRequest(result.data)] : []));
  const published = [...(await services().router.publishBatch(requests))];
  const results = parsed.map((result) =>
    result.success ? toResult(published.shift()) : malformed(result.error),
  );
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  return { accepted: count('stored'), duplicates: count('duplicate'), rejected: count('rejected'), results };
}

function toRequest(event: z.infer<typeof incoming>): PublishRequest {
  return {
    eventType: event.event_type,
    payload: event.payload,
    source: event.source ?? 'api',
    ...(event.hostname === undefined ? {} : { hostname: event.hostname }),
    ...(event.event_id === undefined ? {} : { eventId: event.event_id }),
    ...(event.idempotency_key === undefined ? {} : { idempotencyKey: event.idempotency_key }),
    ...(event.timestamp === undefined ? {} : { timestamp: event.timestamp }),
    ...(event.correlation_id === undefined ? {} : { correlationId: event.correlation_id }),
    ...(event.parent_event_id === undefined ? {} : { parentEventId: event.parent_event_id }),
  };
}

function toResult(result: PublishResult | undefined): PublishAnswer['results'][number] {
  if (!result) throw new Error('the router answered fewer results than it was given events');
  if (result.status === 'rejected') return { status: 'rejected', error: result.error };
  return { event_id: result.eventId, seq: result.seq, status: result.status };
}

function malformed(error: z.ZodError): PublishAnswer['results'][number] {
  const issue = error.issues[0];
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return {
    status: 'rejected',
    error: { code: 'malformed_event', message: `${place}${issue?.message ?? 'not valid'}` },
  };
}

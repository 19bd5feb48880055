import { z } from 'zod';
import { outOfScope, type Principal, type Scope } from '../../domain/access/principal';
import { normaliseEventType } from '../../domain/events';
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
 * leaves the others alone, and so is one outside the scope of a producer's key. Throws ApiError when the body as a whole
 * is unusable.
 */
export async function publishBody(
  body: unknown,
  { scope }: Pick<Principal, 'scope'> = {},
): Promise<PublishAnswer> {
  const events: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (events.length > MAX_BATCH)
    throw new ApiError(
      'too_large',
      `a call takes at most ${MAX_BATCH} events; this one has ${events.length}`,
    );
  const taken = events.map((event) => taking(event, scope));
  const requests = taken.flatMap((each) => ('request' in each ? [each.request] : []));
  const published = [...(await services().router.publishBatch(requests))];
  const results = taken.map((each) => ('request' in each ? toResult(published.shift()) : each.rejected));
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  return { accepted: count('stored'), duplicates: count('duplicate'), rejected: count('rejected'), results };
}

type Result = PublishAnswer['results'][number];

/** An event as the router takes it, or why it goes no further. */
function taking(
  event: unknown,
  scope: Scope | undefined,
): { request: PublishRequest } | { rejected: Result } {
  const parsed = incoming.safeParse(event);
  if (!parsed.success) return { rejected: malformed(parsed.error) };
  const request = toRequest(parsed.data, scope?.sources?.[0] ?? 'api');
  const { source } = request;
  const message = outOfScope(scope, { source, eventType: normaliseEventType(request.eventType) });
  return message === null
    ? { request }
    : { rejected: { status: 'rejected', error: { code: 'forbidden', message } } };
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

function toResult(result: PublishResult | undefined): Result {
  if (!result) throw new Error('the router answered fewer results than it was given events');
  if (result.status === 'rejected') return { status: 'rejected', error: result.error };
  return { event_id: result.eventId, seq: result.seq, status: result.status };
}

function malformed(error: z.ZodError): Result {
  const issue = error.issues[0];
  const place = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  return {
    status: 'rejected',
    error: { code: 'malformed_event', message: `${place}${issue?.message ?? 'not valid'}` },
  };
}

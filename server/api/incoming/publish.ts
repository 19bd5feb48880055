import type { Principal, Scope } from '../../../domain/access/principal';
import type { PublishAnswer, PublishedEvent } from '../../../domain/realtime/producers';
import { callerOf } from '../../producers/caller';
import type { PublishRequest, PublishResult } from '../../router/types';
import { services } from '../../services';
import { ApiError } from '../refusals/errors';
import { taking, type Taken } from './event';

/** At most so many events in one call, and so many bytes. */
export const MAX_BATCH = 1_000;
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** What a door knows of whoever publishes. */
export interface Publisher {
  /** On whose share its events are counted. */
  readonly caller: string;
  readonly scope?: Scope | undefined;
}

/** `socket`: the id of the connection, where there is one that lasts. */
export function publisherOf(principal: Principal, socket?: string): Publisher {
  return { caller: callerOf(principal, socket), scope: principal.scope };
}

/**
 * Publishes one event or an array of them and answers once all are durable. A malformed event is rejected by itself and
 * leaves the others alone, and so is one outside the scope of a producer's key. Throws ApiError when the body as a whole
 * is unusable.
 */
export async function publishBody(body: unknown, publisher: Publisher): Promise<PublishAnswer> {
  const events = asBatch(body);
  return publishTaken(
    events.map((event) => taking(event, publisher.scope)),
    publisher,
  );
}

/** A body as the events that it holds. Throws ApiError when they are too many. */
export function asBatch(body: unknown): readonly unknown[] {
  const events: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (events.length > MAX_BATCH)
    throw new ApiError(
      'too_large',
      `a call takes at most ${MAX_BATCH} events; this one has ${events.length}`,
    );
  return events;
}

/** Publishes what was taken and answers for all of it, in order, once it is durable. */
export async function publishTaken(taken: readonly Taken[], { caller }: Publisher): Promise<PublishAnswer> {
  return answerFor(taken, await services().producers.publish(caller, requestsOf(taken), taken.length));
}

export function requestsOf(taken: readonly Taken[]): PublishRequest[] {
  return taken.flatMap((each) => ('request' in each ? [each.request] : []));
}

/** What the router said of those that were taken, among the others, which count as refused from now on. */
export function answerFor(taken: readonly Taken[], outcomes: readonly PublishResult[]): PublishAnswer {
  const published = [...outcomes];
  for (const each of taken) if ('rejected' in each) services().router.refused(each.rejected.error.code);
  const results = taken.map((each) => ('request' in each ? toResult(published.shift()) : each.rejected));
  const count = (status: string): number => results.filter((result) => result.status === status).length;
  return { accepted: count('stored'), duplicates: count('duplicate'), rejected: count('rejected'), results };
}

function toResult(result: PublishResult | undefined): PublishedEvent {
  if (!result) throw new Error('the router answered fewer results than it was given events');
  if (result.status === 'rejected') return { status: 'rejected', error: result.error };
  return { event_id: result.eventId, seq: result.seq, status: result.status };
}

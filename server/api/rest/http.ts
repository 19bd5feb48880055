import { may } from '../../../domain/access/permissions';
import type { Principal } from '../../../domain/access/principal';
import { ADDRESS_HEADER } from '../../http/address';
import { isLoopback } from '../../http/client-address';
import { services } from '../../services';
import { DOORS, type Door } from './doors';
import { ApiError } from '../refusals/errors';
import { accessRefusal, permitted } from '../refusals/permitted';
import { whyUnavailable } from '../refusals/unavailable';

/**
 * Runs a door's work for a caller who may, and answers as `answer` does. The door is named as in the table of doors, which
 * says what it asks for; `instead` may know the caller by something else than a session or a key.
 */
export function door(
  request: Request,
  name: Door,
  work: (principal: Principal) => Promise<unknown>,
  instead: (headers: Headers) => Principal | null = () => null,
): Promise<Response> {
  return answer(async () => work(instead(request.headers) ?? (await admitted(request, name))));
}

/** A scraper on this machine needs no key. */
export function metricsReader(headers: Headers): Principal | null {
  const address = headers.get(ADDRESS_HEADER) ?? '';
  if (!isLoopback(address)) return null;
  return { kind: 'local', id: 'metrics', name: 'scraper', role: 'viewer', via: 'loopback', address };
}

/** Who asks at a door. Throws ApiError `unauthorized` or `forbidden`. */
export async function admitted(request: Request, name: Door): Promise<Principal> {
  const principal = await services().access.principal(request.headers);
  permitted(principal, DOORS[name]);
  return principal;
}

/** Whether whoever asks may read; without an error where they may not. */
export async function mayRead(headers: Headers): Promise<boolean> {
  const principal = await services()
    .access.principal(headers)
    .catch(() => null);
  return principal !== null && may(principal.role, 'read');
}

/** Runs a door's work and translates its outcome once: values to JSON, errors to `{error: {code, message}}`. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    const result = await work();
    return result instanceof Response ? result : Response.json(result);
  } catch (error) {
    return errorResponse(error);
  }
}

/**
 * An error as the contract has it, beside what else the answer says. Whatever is not ours to explain is logged and told as
 * "internal". `then`: what became of the call where history or router refused it, and what to do.
 */
export function errorResponse(error: unknown, beside: object = {}, then?: string): Response {
  // Whoever asked is gone: nobody reads this, and nothing went wrong.
  if (error instanceof Error && error.name === 'CancelledError') return new Response(null, { status: 499 });
  const { code, message, status, headers } = explained(error, then);
  return Response.json({ error: { code, message }, ...beside }, { status, headers });
}

/** What a caller is told of an error, over HTTP or a socket. */
export function explained(
  error: unknown,
  then?: string,
): {
  code: string;
  message: string;
  status: number;
  headers: Record<string, string>;
} {
  const known = toApiError(error, then);
  if (known)
    return {
      code: known.code,
      message: known.message,
      status: known.status,
      headers: headersOf(error, known),
    };
  services().log.error({ err: error }, 'a request failed unexpectedly');
  return {
    code: 'internal',
    message: 'the request failed; the server log says why',
    status: 500,
    headers: {},
  };
}

function headersOf(error: unknown, { code }: ApiError): Record<string, string> {
  if (code === 'unavailable') return { 'Retry-After': '1' };
  if (code === 'unauthorized') return { 'WWW-Authenticate': 'Bearer' };
  const wait = code === 'too_many_requests' && error instanceof Error && 'retryAfter' in error;
  return wait ? { 'Retry-After': String(error.retryAfter) } : {};
}

function toApiError(error: unknown, then?: string): ApiError | null {
  if (error instanceof ApiError) return error;
  const name = error instanceof Error ? error.name : '';
  // By name, not by class: pages and server are separate bundles, so each has its own copy of a class.
  if (error instanceof Error && name === 'BadQueryError') return new ApiError('bad_request', error.message);
  if (error instanceof Error && name === 'AccessError') return accessRefusal(error);
  if (error instanceof Error && name === 'ProducerLimitError')
    return new ApiError('too_many_requests', error.message);
  if (error instanceof Error && name === 'PartlyStoredError')
    return toApiError(error.cause, then ?? `${error.message}. ${AGAIN}`);
  const why = whyUnavailable(error);
  return why === null
    ? null
    : new ApiError('unavailable', `${why}. ${then ?? 'Nothing was stored: try again'}`);
}

/** How a repeated call stores only what is missing. */
export const AGAIN = 'Try again with the same event_ids or idempotency_keys';

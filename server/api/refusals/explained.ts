import { services } from '../../services';
import { ApiError } from './errors';
import { accessRefusal } from './permitted';
import { whyUnavailable } from './unavailable';

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

import { services } from '../services';
import { ApiError } from './errors';

/** Runs a door's work and translates its outcome once: values to JSON, errors to `{error: {code, message}}`. */
export async function answer(work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work());
  } catch (error) {
    return errorResponse(error);
  }
}

/** An error as the contract has it. Whatever is not ours to explain is logged and told as "internal". */
export function errorResponse(error: unknown): Response {
  const known = toApiError(error);
  if (!known) {
    services().log.error({ err: error }, 'a request failed unexpectedly');
    return body('internal', 'the request failed; the server log says why', 500);
  }
  return body(
    known.code,
    known.message,
    known.status,
    known.code === 'unavailable' ? { 'Retry-After': '1' } : {},
  );
}

function toApiError(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  const name = error instanceof Error ? error.name : '';
  // By name, not by class: pages and server are separate bundles, so each has its own copy of a class.
  if (error instanceof Error && name === 'BadQueryError') return new ApiError('bad_request', error.message);
  if (name === 'HistoryUnavailableError')
    return new ApiError('unavailable', 'history cannot be reached right now; nothing was stored, try again');
  if (name === 'RouterOverloadedError')
    return new ApiError('unavailable', 'more events wait to be committed than the server holds; try again');
  if (name === 'RouterStoppedError') return new ApiError('unavailable', 'the server is stopping; try again');
  return null;
}

function body(code: string, message: string, status: number, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { code, message } }, { status, headers });
}

import { may } from '../../../domain/access/permissions';
import type { Principal } from '../../../domain/access/principal';
import { ADDRESS_HEADER } from '../../callers/headers';
import { isLoopback } from '../../callers/client-address';
import { services } from '../../services';
import { DOORS, type Door } from './doors';
import { explained } from '../refusals/explained';
import { permitted } from '../refusals/permitted';

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

import { holdersOf, may, type Permission } from '../../../domain/access/permissions';
import type { Principal } from '../../../domain/access/principal';
import { ApiError } from './errors';

/** What nobody known is told. */
export const NOBODY =
  'sign in, or send a key as Authorization: Bearer <key>; npx ringside keys create makes one';

/** Throws ApiError `unauthorized` when nobody is known to ask, `forbidden` when their role does not allow it. */
export function permitted(
  principal: Principal | null,
  permission: Permission,
): asserts principal is Principal {
  if (principal === null) throw new ApiError('unauthorized', NOBODY);
  if (may(principal.role, permission)) return;
  const roles = holdersOf(permission).join(' or ');
  throw new ApiError('forbidden', `this needs the role ${roles}; ${principal.name} is ${principal.role}`);
}

/** An error of access, which comes from the other bundle, as ours. */
export function accessRefusal(error: Error): ApiError {
  return new ApiError((error as Error & { code: ApiError['code'] }).code, error.message);
}

import type { Actor } from '../../domain/actions/actor';
import { ADDRESS_HEADER, CLI_HEADER } from '../http/address';

/** What every procedure knows of its caller. */
export interface Context {
  readonly actor: Actor;
}

const MOST = 100;

/**
 * Who asks. Until there are accounts, the guard lets in this machine only, and everybody on it is the local operator;
 * access control fills the actor here, and nowhere else.
 */
export function contextOf(headers: Headers): Context {
  const address = headers.get(ADDRESS_HEADER) ?? 'unknown';
  const user = headers.get(CLI_HEADER)?.trim().slice(0, MOST) ?? '';
  return {
    actor:
      user === '' ? { kind: 'local', name: 'local operator', address } : { kind: 'cli', name: user, address },
  };
}

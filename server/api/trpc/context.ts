import type { Principal } from '../../../domain/access/principal';
import type { Actor } from '../../../domain/actions/actor';
import { services } from '../../services';

/** What every procedure knows of its caller. */
export interface Context {
  /** Null when nobody is known to ask; procedures refuse then. */
  readonly principal: Principal | null;
  /** Why it could not be found out: the key is not good, or accounts cannot be read. Procedures fail with it. */
  readonly refusal: Error | null;
}

/** Who asks: the only place where a procedure's caller comes from. */
export async function contextOf(headers: Headers): Promise<Context> {
  try {
    return { principal: await services().access.principal(headers), refusal: null };
  } catch (error) {
    return { principal: null, refusal: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Whom the log of actions names. */
export function actorOf({ kind, name, email, address }: Principal): Actor {
  return { kind, name: email === undefined ? name : `${name} (${email})`, address };
}

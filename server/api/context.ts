import type { Principal } from '../../domain/access/principal';
import { services } from '../services';

/** What every procedure knows of its caller. */
export interface Context {
  /** Null when nobody is known to ask; procedures refuse then. */
  readonly principal: Principal | null;
  /** Why a key that was sent is not taken. */
  readonly refusal: Error | null;
}

/** Who asks: the only place where a procedure's caller comes from. */
export async function contextOf(headers: Headers): Promise<Context> {
  try {
    return { principal: await services().access.principal(headers), refusal: null };
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AccessError')) throw error;
    return { principal: null, refusal: error };
  }
}

import { may } from '../../../domain/access/permissions';
import type { Principal } from '../../../domain/access/principal';
import { services } from '../../services';

/** How often a long answer's caller is looked at; a change of access is looked at at once. */
const LOOK_MS = 3_000;

/** Ends a long answer whose caller may not have it any more. */
export class AccessEndedError extends Error {
  override readonly name = 'AccessEndedError';
  constructor() {
    super('the access of whoever asked has ended');
  }
}

/** Tells once when the caller may not read any more. Answers what ends the watch. */
export function watchAccess(principal: Principal, onEnded: (error: AccessEndedError) => void): () => void {
  // Neither a visitor without accounts nor the data folder's own token can end while the server runs.
  if (principal.kind !== 'user' && principal.kind !== 'key') return () => undefined;
  const { access } = services();
  let watching = true;
  const stop = (): void => {
    watching = false;
    clearInterval(timer);
    forget();
  };
  const look = async (): Promise<void> => {
    // While accounts cannot be read nothing is known to have ended.
    const [now] = await access.refresh([principal]).catch(() => [principal]);
    if (!watching || (now != null && may(now.role, 'read'))) return;
    stop();
    onEnded(new AccessEndedError());
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  const forget = access.onChange(() => void look());
  return stop;
}

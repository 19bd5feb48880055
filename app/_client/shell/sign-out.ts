import type { LiveClient } from '../live/live-client';

/** Ends the session and leaves for the sign-in page as a new document: nothing that was shown stays. */
export async function signOut(client: LiveClient): Promise<void> {
  client.leave();
  await fetch('/api/auth/sign-out', { method: 'POST' }).catch(() => undefined);
  window.location.assign('/sign-in');
}

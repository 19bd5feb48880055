/** Ends the session and leaves for the sign-in page as a new document: nothing that was shown stays. */
export async function signOut(): Promise<void> {
  await fetch('/api/auth/sign-out', { method: 'POST' }).catch(() => undefined);
  window.location.assign('/sign-in');
}

/** By what better-auth knows the one provider. */
export const OIDC_ID = 'oidc';
/** Where the provider sends people back to. */
export const OIDC_CALLBACK = '/api/auth/oidc/callback';
/** Where they end who may not come in, or who did not finish. */
export const OIDC_REFUSED = '/sign-in?refused';

/** The same, for who was on the way to a page: there they go on once they are in. */
export function refusedUrl(back: string): string {
  return back === '/' ? OIDC_REFUSED : `${OIDC_REFUSED}&${new URLSearchParams({ back }).toString()}`;
}

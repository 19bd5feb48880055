import { genericOAuth } from 'better-auth/plugins';
import type { OidcProvider } from '../config';

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

/**
 * The provider of the settings. It vouches for an email that it has verified, and only people who have an account here come
 * in by it: nobody becomes a user by having an account there. What it tells is checked by the keys that it publishes.
 */
export function oidcPlugin({ issuer, clientId, clientSecret, name }: OidcProvider, url: string) {
  return genericOAuth({
    config: [
      {
        ...{ providerId: OIDC_ID, name, clientId, clientSecret },
        discoveryUrl: `${issuer}/.well-known/openid-configuration`,
        requireIdTokenVerification: true,
        redirectURI: url + OIDC_CALLBACK,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        disableSignUp: true,
        overrideUserInfo: false,
      },
    ],
  });
}

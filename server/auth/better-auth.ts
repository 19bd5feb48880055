import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins';
import type { OidcProvider } from '../config';
import { ADDRESS_HEADER } from '../callers/headers';
import { recordsAdapter } from './adapter';
import { OIDC_CALLBACK, OIDC_ID, OIDC_REFUSED } from './oidc';
import { cookiePrefix } from './secrets';
import { LONGEST_PASSWORD, SESSION_SECONDS, SHORTEST_PASSWORD, type PeopleOptions } from './terms';

/** better-auth as it is set up here. Its own doors stay shut: what may be done is what `People` does. */
export function createAuth(
  { records, secret, secure, log }: PeopleOptions,
  plugins: ReturnType<typeof oidcPlugin>[],
) {
  return betterAuth({
    // Only for links and redirects of its own, of which none is used.
    baseURL: 'http://localhost',
    secret,
    database: recordsAdapter(records),
    user: { additionalFields: { role: { type: 'string', required: true, input: false } } },
    session: { expiresIn: SESSION_SECONDS, cookieCache: { enabled: false } },
    emailAndPassword: {
      enabled: true,
      // No door leads to better-auth's own sign-up (server/http/no-door.ts). This stays for whoever opens one: its default lets everybody in.
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    plugins,
    // Nobody acts at the provider for them: its tokens are not kept.
    databaseHooks: {
      account: {
        create: {
          before: (account) =>
            Promise.resolve({
              data: { ...account, accessToken: null, refreshToken: null, idToken: null },
            }),
        },
      },
    },
    account: { updateAccountOnSignIn: false },
    onAPIError: { errorURL: OIDC_REFUSED },
    // Ours counts by an address that no header can change (server/auth/limits.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: {
      cookiePrefix: cookiePrefix(secret),
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    logger: {
      // Its errors are what a visitor or the provider did; what is wrong here is thrown.
      log: (level, message) => {
        if (level === 'error') log.warn(`better-auth: ${message}`);
        else log.debug(`better-auth: ${message}`);
      },
    },
  });
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

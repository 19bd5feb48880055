import { betterAuth } from 'better-auth';
import type { Logger } from 'pino';
import { isRole, type Role } from '../../domain/access/permissions';
import type { Records } from '../history/records';
import { ADDRESS_HEADER } from '../http/address';
import type { OidcProvider } from '../config';
import { recordsAdapter } from './adapter';
import { AccessError } from './errors';
import { OIDC_ID, OIDC_REFUSED, oidcPlugin, refusedUrl } from './oidc';
import { cookiePrefix } from './secrets';

export const SESSION_SECONDS = 7 * 24 * 3_600;
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 200;

export interface SessionUser {
  readonly sessionId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export interface PeopleOptions {
  readonly records: Records;
  readonly secret: string;
  /** Browsers come over TLS, so cookies may be Secure. */
  readonly secure: boolean;
  readonly oidc: OidcProvider | null;
  /** Where browsers reach the server: known once it listens. */
  readonly url: () => string;
  readonly log: Logger;
}

/** Where a browser goes on, and the cookies that it takes along. */
export interface Step {
  readonly location: string;
  readonly cookies: readonly string[];
}

/** Passwords and sessions, by better-auth. None of its own doors is open: what may be done is what is here. */
export class People {
  readonly #auth: ReturnType<typeof createAuth>;
  #withProvider: ReturnType<typeof createAuth> | null = null;

  constructor(private readonly options: PeopleOptions) {
    this.#auth = createAuth(options, []);
  }

  /**
   * Made when it is first asked: by then the server knows where it is reached. Apart from the other one, which must not
   * wait for a provider that does not answer; both have the same sessions.
   */
  get #byProvider(): ReturnType<typeof createAuth> {
    const { oidc, url } = this.options;
    this.#withProvider ??= createAuth(this.options, oidc === null ? [] : [oidcPlugin(oidc, url())]);
    return this.#withProvider;
  }

  /** The way to the provider; `back`: a path of this server. Throws AccessError `unavailable` while it cannot be reached. */
  async oidcStart(back: string, headers: Headers): Promise<Step> {
    const answer = await this.#byProvider.api.signInSocial({
      body: {
        provider: OIDC_ID,
        callbackURL: back,
        errorCallbackURL: refusedUrl(back),
        disableRedirect: true,
      },
      headers,
      asResponse: true,
    });
    const { url } = (await answer.json()) as { url?: string };
    if (!answer.ok || url === undefined)
      throw new AccessError('unavailable', 'the sign-in provider cannot be reached right now: try again');
    return { location: url, cookies: answer.headers.getSetCookie() };
  }

  /** What the provider said of a visitor: a session and the way back, or the way to a refusal. */
  async oidcCallback(query: Readonly<Record<string, string>>, headers: Headers): Promise<Step> {
    const answer = await this.#byProvider.api.callbackOAuth({
      ...{ method: 'GET', params: { id: OIDC_ID }, query, headers, asResponse: true },
    });
    return {
      location: answer.headers.get('location') ?? OIDC_REFUSED,
      cookies: answer.headers.getSetCookie(),
    };
  }

  /** Checks a password and begins a session. Answers the cookies; throws AccessError that does not say what was wrong. */
  async signIn(email: string, password: string, headers: Headers): Promise<readonly string[]> {
    const answer = await this.#auth.api
      .signInEmail({ body: { email, password }, headers, returnHeaders: true })
      .catch((error: unknown) => {
        if (isRefusal(error)) throw new AccessError('unauthorized', 'the email or the password is not right');
        throw error;
      });
    return answer.headers.getSetCookie();
  }

  /** Ends the session of this request; answers the cookies that say so. */
  async signOut(headers: Headers): Promise<readonly string[]> {
    const answer = await this.#auth.api.signOut({ headers, returnHeaders: true });
    return answer.headers.getSetCookie();
  }

  /** Who has the session that the cookies name; null when none, ended or expired. */
  async session(headers: Headers): Promise<SessionUser | null> {
    const found = await this.#auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (!found || !isRole(found.user.role)) return null;
    const { id: userId, name, email, role } = found.user;
    return { sessionId: found.session.id, userId, name, email, role };
  }

  hash(password: string): Promise<string> {
    if (password.length < SHORTEST_PASSWORD)
      throw new AccessError('bad_request', `the password needs at least ${SHORTEST_PASSWORD} characters`);
    if (password.length > LONGEST_PASSWORD)
      throw new AccessError('bad_request', `the password has more than ${LONGEST_PASSWORD} characters`);
    return this.#auth.$context.then(({ password: passwords }) => passwords.hash(password));
  }
}

/** Exported for its test: none but `People` uses it. */
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

/** better-auth's own refusals have a status below 500. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  );
}

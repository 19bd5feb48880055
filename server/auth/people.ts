import { isRole, type Role } from '../../domain/access/permissions';
import { AccessError } from './errors';
import { OIDC_ID, OIDC_REFUSED, refusedUrl } from './oidc';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD, type PeopleOptions } from './terms';

export interface SessionUser {
  readonly sessionId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** Where a browser goes on, and the cookies that it takes along. */
export interface Step {
  readonly location: string;
  readonly cookies: readonly string[];
}

/** Two fifths of the server's code, and of no use where nobody has an account. */
const loadBetterAuth = () => import('./better-auth');
type Auth = ReturnType<Awaited<ReturnType<typeof loadBetterAuth>>['createAuth']>;

/** Passwords and sessions, by better-auth. None of its own doors is open: what may be done is what is here. */
export class People {
  readonly #own: () => Promise<Auth>;
  /**
   * Made when it is first asked: by then the server knows where it is reached. Apart from the other one, which must not
   * wait for a provider that does not answer; both have the same sessions.
   */
  readonly #byProvider: () => Promise<Auth>;

  constructor(options: PeopleOptions, load = loadBetterAuth) {
    const { oidc, url } = options;
    this.#own = once(async () => (await load()).createAuth(options, []));
    this.#byProvider = once(async () => {
      const { createAuth, oidcPlugin } = await load();
      return createAuth(options, oidc === null ? [] : [oidcPlugin(oidc, url())]);
    });
  }

  /** Loads what sign-ins need: later it might be there in another version, of a build under the running server. */
  async prepare(): Promise<void> {
    await this.#own();
  }

  /** The way to the provider; `back`: a path of this server. Throws AccessError `unavailable` while it cannot be reached. */
  async oidcStart(back: string, headers: Headers): Promise<Step> {
    const auth = await this.#byProvider();
    const answer = await auth.api.signInSocial({
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
    const auth = await this.#byProvider();
    const answer = await auth.api.callbackOAuth({
      ...{ method: 'GET', params: { id: OIDC_ID }, query, headers, asResponse: true },
    });
    return {
      location: answer.headers.get('location') ?? OIDC_REFUSED,
      cookies: answer.headers.getSetCookie(),
    };
  }

  /** Checks a password and begins a session. Answers the cookies; throws AccessError that does not say what was wrong. */
  async signIn(email: string, password: string, headers: Headers): Promise<readonly string[]> {
    const auth = await this.#own();
    const answer = await auth.api
      .signInEmail({ body: { email, password }, headers, returnHeaders: true })
      .catch((error: unknown) => {
        if (isRefusal(error)) throw new AccessError('unauthorized', 'the email or the password is not right');
        throw error;
      });
    return answer.headers.getSetCookie();
  }

  /** Ends the session of this request; answers the cookies that say so. */
  async signOut(headers: Headers): Promise<readonly string[]> {
    const auth = await this.#own();
    const answer = await auth.api.signOut({ headers, returnHeaders: true });
    return answer.headers.getSetCookie();
  }

  /** Who has the session that the cookies name; null when none, ended or expired. */
  async session(headers: Headers): Promise<SessionUser | null> {
    const auth = await this.#own();
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    if (!found || !isRole(found.user.role)) return null;
    const { id: userId, name, email, role } = found.user;
    return { sessionId: found.session.id, userId, name, email, role };
  }

  async hash(password: string): Promise<string> {
    if (password.length < SHORTEST_PASSWORD)
      throw new AccessError('bad_request', `the password needs at least ${SHORTEST_PASSWORD} characters`);
    if (password.length > LONGEST_PASSWORD)
      throw new AccessError('bad_request', `the password has more than ${LONGEST_PASSWORD} characters`);
    const auth = await this.#own();
    const { password: passwords } = await auth.$context;
    return passwords.hash(password);
  }
}

/** Makes it when it is first asked for, and tries again after it failed. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () =>
    (made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    }));
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

import type { Logger } from 'pino';
import type { Role } from '../../domain/access/permissions';
import type { Principal } from '../../domain/access/principal';
import type { OidcProvider } from '../config';
import type { Records } from '../history/records';
import { ADDRESS_HEADER, CLI_HEADER } from '../callers/headers';
import { AccessError } from './errors';
import { Keys } from './keys';
import { GuessLimits } from './limits';
import { Links } from './links';
import { People, type Step } from './people';
import { cookiePrefix, sameSecret } from './secrets';
import { Users, type Acceptance } from './users';

export type AccessMode = 'open' | 'accounts';

export interface AccessOptions {
  readonly mode: AccessMode;
  /** Where else people may sign in; null for nowhere. */
  readonly oidc: OidcProvider | null;
  readonly records: Records;
  readonly secret: string;
  /** Where browsers reach the server: known once it listens. */
  readonly url: () => string;
  /** Browsers come over TLS, so cookies may be Secure. */
  readonly secure: boolean;
  /** Hash of what commands of this machine show; null where none may. */
  readonly localToken: string | null;
  readonly log: Logger;
  readonly now?: () => number;
}

const MOST_NAME = 100;
/** What the holder of a key that is not good is told. */
export const BAD_KEY = 'this key is not known, has expired or was revoked';

/** Who may come in: finds out who asks, keeps accounts and keys, and tells when something of it changed. */
export class Access {
  readonly mode: AccessMode;
  readonly keys: Keys;
  readonly users: Users;
  readonly links: Links;
  readonly #people: People;
  readonly #limits = new GuessLimits();
  /** What the session cookie's name ends with; before it `__Secure-` may stand. */
  readonly #cookie: string;
  readonly #listeners = new Set<() => void>();
  #claimed = false;

  constructor(private readonly options: AccessOptions) {
    const { records, now = () => Date.now() / 1000 } = options;
    this.mode = options.mode;
    this.#cookie = `${cookiePrefix(options.secret)}.session_token=`;
    this.keys = new Keys(records, now);
    this.links = new Links(records, now);
    this.#people = new People(options);
    this.users = new Users({ records, links: this.links, people: this.#people, now });
  }

  /** Whether nobody has an account yet. Once somebody has one, there is always an admin left. */
  async unclaimed(): Promise<boolean> {
    this.#claimed ||= (await this.users.count()) > 0;
    return !this.#claimed;
  }

  /** Reads the keys and forgets what has expired. Rejects with HistoryUnavailableError. */
  async start(): Promise<void> {
    const { records, now = () => Date.now() / 1000 } = this.options;
    const expired = { conditions: [{ field: 'expiresAt', operator: 'lte' as const, value: now() }] };
    await records.change(
      { change: 'delete', table: 'sessions', where: expired },
      { change: 'delete', table: 'accessLinks', where: expired },
    );
    await this.keys.load();
    if (this.mode === 'accounts') await this.#people.prepare();
  }

  /**
   * Who asks; null when nobody did say. Throws AccessError `unauthorized` for a key that is not good: silently falling
   * back to a session would hide that.
   */
  async principal(headers: Headers): Promise<Principal | null> {
    const address = headers.get(ADDRESS_HEADER) ?? 'unknown';
    const authorization = headers.get('authorization');
    if (authorization !== null) return this.#bearer(authorization, headers, address);
    if (this.mode === 'open') return localOperator(headers, address);
    if (!headers.get('cookie')?.includes(this.#cookie)) return null;
    const user = await this.#people.session(headers);
    if (!user) return null;
    const { userId: id, name, email, role, sessionId } = user;
    return { kind: 'user', id, name, email, role, via: 'session', address, sessionId };
  }

  /** Whose key a request shows, without counting that as a use; null for none that is good. */
  keyShown(authorization: string | undefined): string | null {
    return this.keys.find(bearerOf(authorization ?? ''))?.id ?? null;
  }

  /** Why a request that shows this can be nobody's, as `principal` would find, but at once; null when it may be somebody's. */
  stranger(authorization: string | undefined, cookie: string | undefined): 'bad key' | 'nobody' | null {
    if (authorization !== undefined) {
      const secret = bearerOf(authorization);
      return this.#isLocal(secret) || this.keys.find(secret) ? null : 'bad key';
    }
    return this.mode === 'open' || cookie?.includes(this.#cookie) === true ? null : 'nobody';
  }

  #isLocal(secret: string): boolean {
    const { localToken } = this.options;
    return localToken !== null && sameSecret(secret, localToken);
  }

  #bearer(authorization: string, headers: Headers, address: string): Principal {
    const secret = bearerOf(authorization);
    if (this.#isLocal(secret)) {
      const name = claimedName(headers) || 'command line';
      return { kind: 'cli', id: 'cli', name, role: 'admin', via: 'data folder', address };
    }
    const key = this.keys.find(secret);
    if (!key) throw new AccessError('unauthorized', BAD_KEY);
    this.keys.used(key);
    const { id, name, role, scope } = key;
    return { kind: 'key', id, name, role, via: 'key', address, scope };
  }

  /** The principals of open connections as they are now; null for those whose access has ended. */
  async refresh(principals: readonly Principal[]): Promise<(Principal | null)[]> {
    const ids = [...new Set(principals.flatMap(({ sessionId }) => sessionId ?? []))];
    const roles = ids.length === 0 ? new Map<string, Role>() : await this.users.rolesOfSessions(ids);
    return principals.map((principal) => {
      if (principal.kind === 'key') {
        const key = this.keys.alive(principal.id);
        return key && { ...principal, role: key.role };
      }
      if (principal.kind !== 'user') return principal;
      const role = roles.get(principal.sessionId ?? '');
      return role === undefined ? null : { ...principal, role };
    });
  }

  /** Begins a session; answers its cookies. Throws AccessError. */
  async signIn(email: string, password: string, headers: Headers): Promise<readonly string[]> {
    const account = email.trim().toLowerCase();
    const address = headers.get(ADDRESS_HEADER) ?? 'unknown';
    await this.#limits.spend(address, account);
    const cookies = await this.#people.signIn(account, password, headers);
    await this.#limits.succeeded(address, account);
    this.options.log.info({ account, address }, 'signed in');
    return cookies;
  }

  /** What the button of the sign-in page calls the provider; null where there is none. */
  get oidcName(): string | null {
    return this.mode === 'accounts' ? (this.options.oidc?.name ?? null) : null;
  }

  /** The way to the provider, and later back to `back`. Throws AccessError. */
  async oidcStart(back: string, headers: Headers): Promise<Step> {
    if (this.oidcName === null) throw new AccessError('not_found', 'no sign-in provider is set up');
    await this.#limits.spend(headers.get(ADDRESS_HEADER) ?? 'unknown', null);
    return this.#people.oidcStart(back, headers);
  }

  /** Begins a session for whom the provider vouches, if they have an account; else leads back to the sign-in page. */
  async oidcCallback(query: Readonly<Record<string, string>>, headers: Headers): Promise<Step> {
    if (this.oidcName === null) throw new AccessError('not_found', 'no sign-in provider is set up');
    const address = headers.get(ADDRESS_HEADER) ?? 'unknown';
    const step = await this.#people.oidcCallback(query, headers);
    const came = step.cookies.some((cookie) => cookie.includes(this.#cookie));
    if (came) await this.#limits.succeeded(address, null);
    this.options.log.info(
      { address },
      came ? 'signed in by the provider' : 'the provider’s word was refused',
    );
    return step;
  }

  async signOut(headers: Headers): Promise<readonly string[]> {
    const cookies = await this.#people.signOut(headers);
    this.changed();
    return cookies;
  }

  /** What a one-time link is for. Throws AccessError. */
  async lookAtLink(
    secret: string,
    headers: Headers,
  ): Promise<{ purpose: string; email: string | null; role: string | null }> {
    const address = headers.get(ADDRESS_HEADER) ?? 'unknown';
    await this.#limits.spend(address, null);
    const { purpose, email, role } = await this.links.look(secret);
    await this.#limits.succeeded(address, null);
    return { purpose, email, role };
  }

  /** Uses a one-time link and signs its visitor in; answers the cookies. Throws AccessError. */
  async accept(given: Acceptance, headers: Headers): Promise<readonly string[]> {
    const address = headers.get(ADDRESS_HEADER) ?? 'unknown';
    await this.#limits.spend(address, null);
    const email = await this.users.accept(given);
    await this.#limits.succeeded(address, null);
    this.options.log.info({ account: email, address }, 'a one-time link was used');
    this.changed();
    return this.#people.signIn(email, given.password, headers);
  }

  /** The address to hand over for a link's secret. */
  linkUrl(secret: string): string {
    return `${this.options.url()}/welcome#${secret}`;
  }

  /** Called after each change of a role, a key or a session. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function bearerOf(authorization: string): string {
  return /^Bearer\s+(\S+)$/i.exec(authorization)?.[1] ?? '';
}

/** Without accounts: whoever is there. A command line may say who runs it; that is a claim. */
function localOperator(headers: Headers, address: string): Principal {
  const claimed = claimedName(headers);
  const common = { role: 'operator', via: 'loopback', address } as const;
  if (claimed !== '') return { kind: 'cli', id: 'cli', name: claimed, ...common };
  return { kind: 'local', id: 'local', name: 'local operator', ...common };
}

function claimedName(headers: Headers): string {
  return headers.get(CLI_HEADER)?.trim().slice(0, MOST_NAME) ?? '';
}

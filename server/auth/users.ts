import { randomUUID } from 'node:crypto';
import type { Role, UserRole } from '../../domain/access/permissions';
import { matching, type Records } from '../history/records';
import { AccessError } from './errors';
import type { Link, Links } from './links';
import type { People } from './people';

export interface UserInfo {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: number;
  readonly sessions: number;
}

export interface SessionInfo {
  readonly id: string;
  readonly userId: string;
  readonly user: string;
  readonly address: string | null;
  readonly agent: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What the visitor of a one-time link fills in. */
export interface Acceptance {
  readonly secret: string;
  readonly email?: string;
  readonly name?: string;
  readonly password: string;
}

export interface UsersOptions {
  readonly records: Records;
  readonly links: Links;
  readonly people: People;
  readonly now: () => number;
}

/** Accounts of people. Changes run one after the other, so that there is always an admin left. */
export class Users {
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: UsersOptions) {}

  count(): Promise<number> {
    return this.options.records.count('users');
  }

  async list(): Promise<UserInfo[]> {
    const { records } = this.options;
    const orderBy = { field: 'createdAt', direction: 'asc' } as const;
    const [users, sessions] = await Promise.all([
      records.find({ table: 'users', where: { conditions: [] }, orderBy }),
      this.sessions(),
    ]);
    return users.map(({ id, name, email, role, createdAt }) => ({
      id,
      name,
      email,
      role: role as Role,
      createdAt,
      sessions: sessions.filter(({ userId }) => userId === id).length,
    }));
  }

  /** Sessions that have not ended, the newest first; of one user, or of all. */
  async sessions(userId?: string): Promise<SessionInfo[]> {
    const { records, now } = this.options;
    const conditions = [
      { field: 'expiresAt', operator: 'gt' as const, value: now() },
      ...(userId === undefined ? [] : [{ field: 'userId', operator: 'eq' as const, value: userId }]),
    ];
    const orderBy = { field: 'createdAt', direction: 'desc' } as const;
    const [found, users] = await Promise.all([
      records.find({ table: 'sessions', where: { conditions }, orderBy }),
      records.find({ table: 'users', where: { conditions: [] } }),
    ]);
    const emails = new Map(users.map(({ id, email }) => [id, email]));
    return found.map((session) => ({
      id: session.id,
      userId: session.userId,
      user: emails.get(session.userId) ?? 'removed',
      address: session.ipAddress,
      agent: session.userAgent,
      createdAt: session.createdAt,
      expiresAt: session.expiresAt,
    }));
  }

  /** The present role behind each of these sessions, as far as they have not ended. */
  async rolesOfSessions(ids: readonly string[]): Promise<Map<string, Role>> {
    const { records, now } = this.options;
    const found = await records.find({
      table: 'sessions',
      where: {
        conditions: [
          { field: 'id', operator: 'in', value: ids },
          { field: 'expiresAt', operator: 'gt', value: now() },
        ],
      },
      limit: ids.length,
    });
    const userIds = [...new Set(found.map(({ userId }) => userId))];
    const where = { conditions: [{ field: 'id', operator: 'in' as const, value: userIds }] };
    const users = await records.find({ table: 'users', where, limit: ids.length });
    const roles = new Map(users.map(({ id, role }) => [id, role as Role]));
    return new Map(
      found.flatMap(({ id, userId }) => {
        const role = roles.get(userId);
        return role ? [[id, role] as const] : [];
      }),
    );
  }

  /** Ends a session; with `userId`, only one of this user's. Throws AccessError `not_found`. */
  async endSession(id: string, userId?: string): Promise<void> {
    const where = matching({ id, ...(userId === undefined ? {} : { userId }) });
    const [changed] = await this.options.records.change({ change: 'delete', table: 'sessions', where });
    if (changed !== 1) throw new AccessError('not_found', 'this session has ended already');
  }

  /** A link by which the first admin makes their account. Throws AccessError `conflict` when somebody has one. */
  async setup(createdBy: string): Promise<{ secret: string; expiresAt: number }> {
    if ((await this.count()) > 0)
      throw new AccessError(
        'conflict',
        'somebody has an account already: `users invite EMAIL` makes another one, `users reset USER` a new password',
      );
    return this.options.links.create({ purpose: 'setup', createdBy });
  }

  /** A link by which somebody makes an account of this role. Throws AccessError `conflict` when the email has one. */
  async invite(
    email: string,
    role: UserRole,
    createdBy: string,
  ): Promise<{ secret: string; expiresAt: number }> {
    const address = email.trim().toLowerCase();
    if (await this.options.records.one('users', { email: address }))
      throw new AccessError('conflict', `${address} has an account already: change its role instead`);
    return this.options.links.create({ purpose: 'invite', email: address, role, createdBy });
  }

  /** A link by which a user sets a new password. The old one holds until then. */
  async reset(idOrEmail: string, createdBy: string): Promise<{ secret: string; expiresAt: number }> {
    const { id, email } = await this.#user(idOrEmail);
    return this.options.links.create({ purpose: 'reset', userId: id, email, createdBy });
  }

  setRole(idOrEmail: string, role: UserRole): Promise<void> {
    return this.#inTurn(async () => {
      const user = await this.#user(idOrEmail);
      if (user.role === 'admin' && role !== 'admin') await this.#needsAnotherAdmin();
      await this.options.records.change({
        change: 'update',
        table: 'users',
        fields: { role, updatedAt: this.options.now() },
        where: matching({ id: user.id }),
      });
    });
  }

  /** Deletes an account with its sessions and passwords. */
  remove(idOrEmail: string): Promise<void> {
    return this.#inTurn(async () => {
      const { id, role } = await this.#user(idOrEmail);
      if (role === 'admin') await this.#needsAnotherAdmin();
      await this.options.records.change(
        { change: 'delete', table: 'sessions', where: matching({ userId: id }) },
        { change: 'delete', table: 'accounts', where: matching({ userId: id }) },
        { change: 'delete', table: 'accessLinks', where: matching({ userId: id }) },
        { change: 'delete', table: 'users', where: matching({ id }) },
      );
    });
  }

  /** Uses a one-time link: makes the account, or sets its password and ends its sessions. Answers the email to sign in with. */
  accept(given: Acceptance): Promise<string> {
    return this.#inTurn(async () => {
      const { links, people } = this.options;
      const seen = await links.look(given.secret);
      const password = await people.hash(given.password);
      if (seen.purpose === 'reset') return this.#setPassword(await links.consume(given.secret), password);
      const person = await this.#person(seen, given);
      await links.consume(given.secret);
      return this.#createUser(person, password);
    });
  }

  async #person(link: Link, given: Acceptance): Promise<{ name: string; email: string; role: string }> {
    const email = (link.email ?? given.email ?? '').trim().toLowerCase();
    const name = (given.name ?? '').trim() || email;
    if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 200)
      throw new AccessError('bad_request', 'give an email address');
    if (link.purpose === 'setup' && (await this.count()) > 0)
      throw new AccessError('conflict', 'the first admin exists already: ask them for an invitation');
    if (await this.options.records.one('users', { email }))
      throw new AccessError('conflict', 'this email has an account already: sign in');
    return {
      name: name.slice(0, 100),
      email,
      role: link.purpose === 'setup' ? 'admin' : (link.role ?? 'viewer'),
    };
  }

  async #createUser(
    person: { name: string; email: string; role: string },
    password: string,
  ): Promise<string> {
    const id = randomUUID();
    const at = this.options.now();
    const times = { createdAt: at, updatedAt: at };
    await this.options.records.change(
      {
        change: 'insert',
        table: 'users',
        fields: { id, ...person, emailVerified: 1, image: null, ...times },
      },
      {
        change: 'insert',
        table: 'accounts',
        fields: { id: randomUUID(), userId: id, accountId: id, providerId: 'credential', password, ...times },
      },
    );
    return person.email;
  }

  async #setPassword({ userId, email }: Link, password: string): Promise<string> {
    const { records, now } = this.options;
    await records.change(
      {
        change: 'update',
        table: 'accounts',
        fields: { password, updatedAt: now() },
        where: matching({ userId, providerId: 'credential' }),
      },
      { change: 'delete', table: 'sessions', where: matching({ userId }) },
    );
    return email ?? '';
  }

  async #user(idOrEmail: string) {
    const { records } = this.options;
    const found =
      (await records.one('users', { id: idOrEmail })) ??
      (await records.one('users', { email: idOrEmail.trim().toLowerCase() }));
    if (!found) throw new AccessError('not_found', 'no user has this id or email');
    return found;
  }

  async #needsAnotherAdmin(): Promise<void> {
    if ((await this.options.records.count('users', matching({ role: 'admin' }))) < 2)
      throw new AccessError('conflict', 'this is the only admin: make another user admin first');
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

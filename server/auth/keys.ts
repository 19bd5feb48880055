import { randomUUID } from 'node:crypto';
import type { Role } from '../../domain/access/permissions';
import type { Scope } from '../../domain/access/principal';
import { normaliseEventType } from '../../domain/events';
import type { RecordOf } from '../../db/records';
import { matching, type Records } from '../history/records';
import { AccessError } from './errors';
import { hashSecret, newSecret } from './secrets';

/** By which a key is known as one of ours, in a log or a leaked file. */
const PREFIX = 'rsk_';
const HINT_LENGTH = PREFIX.length + 6;
/** A key's last use is written at most so often. */
const TOUCH_SECONDS = 60;
const MAX_KEYS = 1_000;
/** Revoked keys are kept so long that their names in the record can be looked up. */
const REVOKED_SECONDS = 365 * 86_400;

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly sources?: readonly string[] | null;
  readonly types?: readonly string[] | null;
  readonly expiresAt?: number | null;
}

/** What is shown of a key: never its secret, never its hash. */
export interface KeyInfo {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly hint: string;
  readonly scope: Scope;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
  readonly revokedAt: number | null;
}

type KeyRecord = RecordOf<'apiKeys'>;

/**
 * API keys. They are few and asked for with every request, so all are held in memory, by the hash of their secret; every
 * change goes through here.
 */
export class Keys {
  readonly #byHash = new Map<string, KeyInfo>();
  readonly #hashes = new Map<string, string>();

  constructor(
    private readonly records: Records,
    private readonly now: () => number,
  ) {}

  async load(): Promise<void> {
    const forgotten = this.now() - REVOKED_SECONDS;
    await this.records.change({
      change: 'delete',
      table: 'apiKeys',
      where: { conditions: [{ field: 'revokedAt', operator: 'lte', value: forgotten }] },
    });
    const all = await this.records.find({ table: 'apiKeys', where: { conditions: [] }, limit: 100_000 });
    for (const record of all) this.#remember(record);
  }

  /** Makes a key; the secret is in this answer and nowhere else. Throws AccessError. */
  async create(key: NewKey, createdBy: string): Promise<{ secret: string; key: KeyInfo }> {
    checkScope(key);
    const inUse = this.list().filter(({ revokedAt }) => revokedAt === null);
    if (inUse.length >= MAX_KEYS)
      throw new AccessError('conflict', `there are ${MAX_KEYS} keys in use: revoke some first`);
    if (inUse.some(({ name }) => name === key.name))
      throw new AccessError(
        'conflict',
        `a key named "${key.name}" exists: revoke it, or choose another name`,
      );
    const secret = PREFIX + newSecret();
    const record: KeyRecord = {
      id: randomUUID(),
      name: key.name,
      role: key.role,
      hash: hashSecret(secret),
      hint: secret.slice(0, HINT_LENGTH),
      sources: key.sources ? JSON.stringify(key.sources) : null,
      types: key.types ? JSON.stringify(key.types.map(normaliseEventType)) : null,
      createdBy,
      createdAt: this.now(),
      expiresAt: key.expiresAt ?? null,
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.records.change({ change: 'insert', table: 'apiKeys', fields: record });
    return { secret, key: this.#remember(record) };
  }

  /** The key of this secret, if it is good now. Looked up by hash: how long that takes tells nothing of the secret. */
  find(secret: string): KeyInfo | null {
    const key = this.#byHash.get(hashSecret(secret));
    return key && this.#good(key) ? key : null;
  }

  /** The key as it is now; null when it is not good any more. */
  alive(id: string): KeyInfo | null {
    const key = this.#byHash.get(this.#hashes.get(id) ?? '');
    return key && this.#good(key) ? key : null;
  }

  /** Notes that a key was used; written down at most once a minute. */
  used(key: KeyInfo): void {
    const now = this.now();
    if (key.lastUsedAt !== null && now - key.lastUsedAt < TOUCH_SECONDS) return;
    this.#replace(key.id, { lastUsedAt: now });
    this.records
      .change({
        change: 'update',
        table: 'apiKeys',
        fields: { lastUsedAt: now },
        where: matching({ id: key.id }),
      })
      // Only a note: the history writer's own trouble is told elsewhere.
      .catch(() => undefined);
  }

  /** By id or by name. Throws AccessError `not_found`. */
  async revoke(idOrName: string): Promise<KeyInfo> {
    const key = this.list().find(
      ({ id, name, revokedAt }) => revokedAt === null && (id === idOrName || name === idOrName),
    );
    if (!key) throw new AccessError('not_found', 'no key that is in use has this id or name');
    const revokedAt = this.now();
    await this.records.change({
      change: 'update',
      table: 'apiKeys',
      fields: { revokedAt },
      where: matching({ id: key.id }),
    });
    return this.#replace(key.id, { revokedAt });
  }

  /** All keys, the newest first. */
  list(): KeyInfo[] {
    return [...this.#byHash.values()].sort((a, b) => b.createdAt - a.createdAt);
  }

  #good({ revokedAt, expiresAt }: KeyInfo): boolean {
    return revokedAt === null && (expiresAt === null || expiresAt > this.now());
  }

  #remember({ hash, sources, types, role, ...rest }: KeyRecord): KeyInfo {
    const list = (text: string | null): string[] | null =>
      text === null ? null : (JSON.parse(text) as string[]);
    const key = { ...rest, role: role as Role, scope: { sources: list(sources), types: list(types) } };
    this.#byHash.set(hash, key);
    this.#hashes.set(key.id, hash);
    return key;
  }

  #replace(id: string, change: Partial<KeyInfo>): KeyInfo {
    const hash = this.#hashes.get(id) ?? '';
    const key = this.#byHash.get(hash);
    if (!key) throw new AccessError('not_found', 'no key has this id');
    const changed = { ...key, ...change };
    this.#byHash.set(hash, changed);
    return changed;
  }
}

function checkScope({ role, sources, types }: NewKey): void {
  if (role !== 'producer' && ((sources?.length ?? 0) > 0 || (types?.length ?? 0) > 0))
    throw new AccessError('bad_request', 'only a producer can be limited to sources and types');
}

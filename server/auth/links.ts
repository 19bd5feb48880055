import { randomUUID } from 'node:crypto';
import type { UserRole } from '../../domain/access/permissions';
import type { RecordOf } from '../../db/records';
import { matching, type Records } from '../history/records';
import { AccessError } from './errors';
import { hashSecret, newSecret } from './secrets';

export type LinkPurpose = 'setup' | 'invite' | 'reset';

/** How long a link can be used, seconds. */
const LIFE: Readonly<Record<LinkPurpose, number>> = {
  setup: 24 * 3_600,
  invite: 3 * 24 * 3_600,
  reset: 24 * 3_600,
};

export interface NewLink {
  readonly purpose: LinkPurpose;
  readonly email?: string;
  readonly role?: UserRole;
  readonly userId?: string;
  readonly createdBy: string;
}

export type Link = RecordOf<'accessLinks'>;

const USED_UP = 'this link does not exist, has been used or has expired: ask for a new one';

/** One-time links. The secret is in the fragment of the address, which browsers send to nobody. */
export class Links {
  constructor(
    private readonly records: Records,
    private readonly now: () => number,
  ) {}

  /** Makes a link and voids the earlier ones for the same purpose and person. Answers its secret. */
  async create(link: NewLink): Promise<{ secret: string; expiresAt: number }> {
    const { purpose, createdBy } = link;
    const [email, role, userId] = [link.email ?? null, link.role ?? null, link.userId ?? null];
    const secret = newSecret();
    const createdAt = this.now();
    const expiresAt = createdAt + LIFE[purpose];
    const hash = hashSecret(secret);
    const fields = { id: randomUUID(), hash, purpose, email, role, userId, createdBy, createdAt, expiresAt };
    await this.records.change(
      { change: 'delete', table: 'accessLinks', where: matching({ purpose, email, userId }) },
      { change: 'insert', table: 'accessLinks', fields: { ...fields, usedAt: null } },
    );
    return { secret, expiresAt };
  }

  /** What a link is for. Throws AccessError `not_found` for one that cannot be used. */
  async look(secret: string): Promise<Link> {
    const link = await this.records.one('accessLinks', { hash: hashSecret(secret) });
    if (!link || link.usedAt !== null || link.expiresAt <= this.now())
      throw new AccessError('not_found', USED_UP);
    return link;
  }

  /** Uses a link up: of several who try at once, one succeeds. Throws AccessError `not_found` for the others. */
  async consume(secret: string): Promise<Link> {
    const link = await this.look(secret);
    const [changed] = await this.records.change({
      change: 'update',
      table: 'accessLinks',
      fields: { usedAt: this.now() },
      where: matching({ id: link.id, usedAt: null }),
    });
    if (changed !== 1) throw new AccessError('not_found', USED_UP);
    return link;
  }

  /** Invitations that wait to be accepted, the newest first. */
  invitations(): Promise<Link[]> {
    return this.records.find({
      table: 'accessLinks',
      where: {
        conditions: [
          { field: 'purpose', operator: 'eq', value: 'invite' },
          { field: 'usedAt', operator: 'eq', value: null },
          { field: 'expiresAt', operator: 'gt', value: this.now() },
        ],
      },
      orderBy: { field: 'createdAt', direction: 'desc' },
      limit: 200,
    });
  }

  async withdraw(id: string): Promise<void> {
    const [changed] = await this.records.change({
      change: 'delete',
      table: 'accessLinks',
      where: matching({ id, purpose: 'invite', usedAt: null }),
    });
    if (changed !== 1) throw new AccessError('not_found', 'no open invitation has this id');
  }
}

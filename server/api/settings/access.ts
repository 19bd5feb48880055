import * as z from 'zod';
import { USER_ROLES } from '../../../domain/access/permissions';
import type { KeyInfo } from '../../auth/keys';
import type { SessionInfo, UserInfo } from '../../auth/users';
import { services } from '../../services';
import { invitationInput, newKeyInput } from './access-wishes';
import { ApiError } from '../refusals/errors';
import { adminProcedure, procedure, router } from '../trpc/trpc';

const id = z.string().min(1).max(200);
const role = z.enum(USER_ROLES);

export interface LinkAnswer {
  readonly url: string;
  readonly expires_at: number;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly createdBy: string;
  readonly expiresAt: number;
}

/** What the settings page shows. */
export interface AccessOverview {
  readonly users: UserInfo[];
  readonly invitations: Invitation[];
  readonly keys: KeyInfo[];
  readonly sessions: SessionInfo[];
}

export async function accessOverview(): Promise<AccessOverview> {
  const { users, links, keys } = services().access;
  const [people, open, sessions] = await Promise.all([users.list(), links.invitations(), users.sessions()]);
  const invitations = open.map((link) => ({
    id: link.id,
    email: link.email ?? '',
    role: link.role ?? 'viewer',
    createdBy: link.createdBy,
    expiresAt: link.expiresAt,
  }));
  return { users: people, invitations, keys: keys.list(), sessions };
}

/** Runs a change and tells the open connections to look whether it concerns them. */
async function changing<Result>(work: () => Promise<Result>): Promise<Result> {
  const result = await work();
  services().access.changed();
  return result;
}

function linkAnswer({ secret, expiresAt }: { secret: string; expiresAt: number }): LinkAnswer {
  return { url: services().access.linkUrl(secret), expires_at: expiresAt };
}

const users = router({
  list: adminProcedure.query(() => services().access.users.list()),
  invite: adminProcedure
    .input(invitationInput)
    .mutation(async ({ input, ctx }) =>
      linkAnswer(await services().access.users.invite(input.email, input.role, ctx.principal.name)),
    ),
  /** A link for the first admin, as a start shows it. */
  setup: adminProcedure.mutation(async ({ ctx }) =>
    linkAnswer(await services().access.users.setup(ctx.principal.name)),
  ),
  withdraw: adminProcedure
    .input(z.strictObject({ id }))
    .mutation(({ input }) => services().access.links.withdraw(input.id)),
  /** A link by which the user sets a new password. */
  reset: adminProcedure
    .input(z.strictObject({ user: id }))
    .mutation(async ({ input, ctx }) =>
      linkAnswer(await services().access.users.reset(input.user, ctx.principal.name)),
    ),
  setRole: adminProcedure
    .input(z.strictObject({ user: id, role }))
    .mutation(({ input }) => changing(() => services().access.users.setRole(input.user, input.role))),
  remove: adminProcedure
    .input(z.strictObject({ user: id }))
    .mutation(({ input }) => changing(() => services().access.users.remove(input.user))),
});

const keys = router({
  list: adminProcedure.query(() => services().access.keys.list()),
  /** The only answer that ever holds the secret. */
  create: adminProcedure.input(newKeyInput).mutation(({ input, ctx }) => {
    const { expires_in: seconds, ...key } = input;
    const expiresAt = seconds ? Date.now() / 1000 + seconds : null;
    return services().access.keys.create({ ...key, expiresAt }, ctx.principal.name);
  }),
  /** By id or name. */
  revoke: adminProcedure
    .input(z.strictObject({ key: id }))
    .mutation(({ input }) => changing(() => services().access.keys.revoke(input.key))),
});

const sessions = router({
  /** Of the caller alone. */
  mine: procedure.query(({ ctx: { principal } }) =>
    principal.kind === 'user' ? services().access.users.sessions(principal.id) : [],
  ),
  endMine: procedure.input(z.strictObject({ id })).mutation(({ input, ctx }) => {
    const { kind, id: userId } = ctx.principal;
    if (kind !== 'user') throw new ApiError('bad_request', 'only a user has sessions');
    return changing(() => services().access.users.endSession(input.id, userId));
  }),
  end: adminProcedure
    .input(z.strictObject({ id }))
    .mutation(({ input }) => changing(() => services().access.users.endSession(input.id))),
});

/** Users, keys and sessions: the settings page and the commands `users` and `keys`. */
export const accessProcedures = router({
  overview: adminProcedure.query(() => accessOverview()),
  users,
  keys,
  sessions,
});

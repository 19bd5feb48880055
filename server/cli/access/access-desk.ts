import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { z } from 'zod';
import type { Role, UserRole } from '../../../domain/access/permissions';
import { invitationInput, newKeyInput } from '../../api/settings/access-wishes';
import type { AppRouter } from '../../api/router';
import { lineOf } from '../../api/refusals/said';
import { openAccess } from '../../auth/open-access';
import type { KeyInfo } from '../../auth/keys';
import { removeLocalToken } from '../../auth/secrets';
import type { UserInfo } from '../../auth/users';
import { readConfig, type Config } from '../../config';
import { openCore } from '../../core';
import { claimInstance } from '../../process/instance-lock';
import { createLog } from '../../process/log';
import { CliError } from '../common/cli-error';
import { credentials, runningUrl, userName } from '../common/target';

export interface KeyWish {
  readonly name: string;
  readonly role: Role;
  readonly sources: string[] | null;
  readonly types: string[] | null;
  /** Seconds from now. */
  readonly expiresIn: number | null;
}

/** What the commands `keys` and `users` can do, with a running server or without one. */
export interface AccessDesk {
  createKey(wish: KeyWish): Promise<string>;
  keys(): Promise<readonly KeyInfo[]>;
  revokeKey(key: string): Promise<void>;
  users(): Promise<readonly UserInfo[]>;
  /** The link for the first admin. */
  setup(): Promise<string>;
  /** The link to hand over; so does `reset`. */
  invite(email: string, role: UserRole): Promise<string>;
  reset(user: string): Promise<string>;
  setRole(user: string, role: UserRole): Promise<void>;
  remove(user: string): Promise<void>;
}

/** Does `work` through the running server, or on the data folder itself when none runs. Throws CliError, AccessError. */
export async function atDesk<Result>(work: (desk: AccessDesk) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env);
  const url = runningUrl(config);
  if (url === null) return offline(config, work);
  try {
    return await work(throughServer(config, url));
  } catch (error) {
    if (error instanceof TRPCClientError) throw new CliError(error.message);
    throw error;
  }
}

function throughServer(config: Config, url: string): AccessDesk {
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/api/trpc`, headers: credentials(config) })],
  });
  const { keys, users } = client.access;
  return {
    createKey: async ({ name, role, sources, types, expiresIn }) =>
      (await keys.create.mutate({ name, role, sources, types, expires_in: expiresIn })).secret,
    keys: () => keys.list.query(),
    revokeKey: async (key) => {
      await keys.revoke.mutate({ key });
    },
    users: () => users.list.query(),
    setup: async () => (await users.setup.mutate()).url,
    invite: async (email, role) => (await users.invite.mutate({ email, role })).url,
    reset: async (user) => (await users.reset.mutate({ user })).url,
    setRole: (user, role) => users.setRole.mutate({ user, role }),
    remove: (user) => users.remove.mutate({ user }),
  };
}

/** Whoever can open the database may do everything. */
async function offline<Result>(config: Config, work: (desk: AccessDesk) => Promise<Result>): Promise<Result> {
  const claim = claimInstance(config.dataDir);
  const log = createLog('warn');
  const core = await openCore(config, log);
  try {
    const port = config.port === 0 ? 3000 : config.port;
    const access = await openAccess(config, core.history.records, log, () => `http://${config.host}:${port}`);
    const by = userName() ?? 'command line';
    const { users, keys } = access;
    return await work({
      createKey: async ({ expiresIn, ...wish }) => {
        const { expires_in: seconds, ...key } = checked(newKeyInput, { ...wish, expires_in: expiresIn });
        const expiresAt = seconds ? Date.now() / 1000 + seconds : null;
        return (await keys.create({ ...key, expiresAt }, by)).secret;
      },
      keys: () => Promise.resolve(keys.list()),
      revokeKey: async (key) => {
        await keys.revoke(key);
      },
      users: () => users.list(),
      setup: async () => access.linkUrl((await users.setup(by)).secret),
      invite: async (given, wanted) => {
        const { email, role } = checked(invitationInput, { email: given, role: wanted });
        return access.linkUrl((await users.invite(email, role, by)).secret);
      },
      reset: async (user) => access.linkUrl((await users.reset(user, by)).secret),
      setRole: (user, role) => users.setRole(user, role),
      remove: (user) => users.remove(user),
    });
  } finally {
    removeLocalToken(config.dataDir);
    await core.close();
    claim.release();
  }
}

/** What the server's door would let pass. Throws CliError. */
function checked<Wish>(input: z.ZodType<Wish>, given: unknown): Wish {
  const { success, data, error } = input.safeParse(given);
  if (!success) throw new CliError(lineOf(error));
  return data;
}

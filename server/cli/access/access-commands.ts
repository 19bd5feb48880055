import { Option, type Command } from 'commander';
import { ROLES, USER_ROLES, type Role, type UserRole } from '../../../domain/access/permissions';
import type { KeyInfo } from '../../auth/keys';
import type { AccessDesk } from './access-desk';
import { CliError } from '../common/cli-error';

/** Loaded when a command comes to it, as `loaded` does. */
const atDesk = async <Result>(work: (desk: AccessDesk) => Promise<Result>): Promise<Result> =>
  (await import('./access-desk')).atDesk(work);

/** Control characters of a name must not reach the terminal. */
const say = (line: string): void => void process.stdout.write(`${line.replace(/\p{Cc}/gu, ' ')}\n`);
const day = (at: number | null): string =>
  at === null ? '-' : new Date(at * 1000).toISOString().slice(0, 16);

const SECONDS = { m: 60, h: 3_600, d: 86_400, w: 7 * 86_400 } as const;

/** `30d`, `12h` … to seconds. Throws CliError. */
export function parseSpan(text: string): number {
  const [, count, unit] = /^(\d+)([mhdw])$/.exec(text.trim()) ?? [];
  const seconds = Number(count) * SECONDS[(unit ?? 'd') as keyof typeof SECONDS];
  if (unit === undefined || seconds <= 0)
    throw new CliError(`--expires: give a number with m, h, d or w, such as 30d, not "${text}"`);
  return seconds;
}

const list = (text: string | undefined): string[] | null =>
  text === undefined
    ? null
    : text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');

/** Adds the commands `keys` and `users`. */
export function accessCommands(root: Command): void {
  keyCommands(root.command('keys').description('keys of producers and scripts'));
  userCommands(root.command('users').description('accounts of people'));
}

function keyCommands(keys: Command): void {
  keys
    .command('create')
    .description('make a key and print it; it is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--role <role>', 'what it may do').choices([...ROLES]).makeOptionMandatory(true))
    .option('--sources <names>', 'a producer may publish only as these sources, separated by commas')
    .option('--types <names>', 'a producer may publish only these event types')
    .option('--expires <span>', 'how long it holds, such as 30d; without it until it is revoked')
    .action(
      async (given: { name: string; role: Role; sources?: string; types?: string; expires?: string }) => {
        const { name, role, expires } = given;
        const expiresIn = expires === undefined ? null : parseSpan(expires);
        const wish = { name, role, sources: list(given.sources), types: list(given.types), expiresIn };
        say(await atDesk((desk) => desk.createKey(wish)));
      },
    );
  keys
    .command('list')
    .description('all keys, with their last use')
    .action(async () => (await atDesk((desk) => desk.keys())).forEach((key) => say(keyLine(key))));
  keys
    .command('revoke')
    .description('end a key, also on open connections')
    .argument('<key>', 'its name or id')
    .action((key: string) => atDesk((desk) => desk.revokeKey(key)));
}

function keyLine(key: KeyInfo): string {
  const state = key.revokedAt === null ? '' : `revoked ${day(key.revokedAt)}`;
  const scope = [...(key.scope.sources ?? []), ...(key.scope.types ?? [])].join(',') || '-';
  return [
    key.name,
    key.role,
    `${key.hint}…`,
    scope,
    `used ${day(key.lastUsedAt)}`,
    `until ${day(key.expiresAt)}`,
    state,
  ]
    .join('  ')
    .trimEnd();
}

function userCommands(users: Command): void {
  const role = (): Option => new Option('--role <role>', 'what they may do').choices([...USER_ROLES]);
  users
    .command('list')
    .description('all accounts')
    .action(async () => {
      for (const user of await atDesk((desk) => desk.users()))
        say(
          [
            user.email,
            user.role,
            user.name,
            `${user.sessions} ${user.sessions === 1 ? 'session' : 'sessions'}`,
          ].join('  '),
        );
    });
  users
    .command('setup')
    .description('print the link by which the first admin makes their account; it works once')
    .action(async () => say(await atDesk((desk) => desk.setup())));
  users
    .command('invite')
    .description('print a link by which somebody makes an account; it works once')
    .argument('<email>')
    .addOption(role().default('viewer'))
    .action(async (email: string, given: { role: UserRole }) =>
      say(await atDesk((desk) => desk.invite(email, given.role))),
    );
  users
    .command('reset')
    .description('print a link by which a user sets a new password; it works once')
    .argument('<user>', 'email or id')
    .action(async (user: string) => say(await atDesk((desk) => desk.reset(user))));
  users
    .command('role')
    .description('change what a user may do')
    .argument('<user>', 'email or id')
    .argument('<role>', USER_ROLES.join(', '))
    .action((user: string, wanted: string) => {
      const known = USER_ROLES.find((each) => each === wanted);
      if (!known) throw new CliError(`the role is one of ${USER_ROLES.join(', ')}, not "${wanted}"`);
      return atDesk((desk) => desk.setRole(user, known));
    });
  users
    .command('remove')
    .description('delete an account and end its sessions')
    .argument('<user>', 'email or id')
    .action((user: string) => atDesk((desk) => desk.remove(user)));
}

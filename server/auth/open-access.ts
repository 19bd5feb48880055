import type { Logger } from 'pino';
import type { Config } from '../config';
import type { Records } from '../history/records';
import { Access } from './access';
import { removeLocalToken, signingSecret, writeLocalToken } from './secrets';

/** Access for this data folder, with the keys read. `url` is asked when a link is made. Rejects with HistoryUnavailableError. */
export async function openAccess(
  config: Config,
  records: Records,
  log: Logger,
  url: () => string,
): Promise<Access> {
  const access = new Access({
    mode: config.access,
    oidc: config.oidc,
    records,
    secret: signingSecret(config.dataDir),
    secure: config.publicUrl?.startsWith('https:') ?? false,
    url: () => config.publicUrl ?? url(),
    localToken: writeLocalToken(config.dataDir),
    log,
  });
  await access.start();
  return access;
}

export function closeAccess(config: Config): void {
  removeLocalToken(config.dataDir);
}

/** While nobody has an account, says by which link the first admin makes theirs: whoever reads this log runs the server. */
export async function offerSetup(access: Access, log: Logger): Promise<void> {
  if (access.mode === 'open' || (await access.users.count()) > 0) return;
  const { secret } = await access.links.create({ purpose: 'setup', createdBy: 'start' });
  log.info(
    { setup_link: access.linkUrl(secret) },
    'nobody has an account yet: open the link within 24 h to become the first admin; each start makes a new one',
  );
}

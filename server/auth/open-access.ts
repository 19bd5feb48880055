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

import os from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Logger } from 'pino';
import type { StoredEvent } from '../domain/events/envelope';
import type { Config } from './config';
import { SqliteHistory } from './history/history';
import { migrationsFolder } from './process/paths';
import { UnifiedEventRouter } from './router/router';

/** The parts that every command needs: the durable record, and the one way in. */
export interface Core {
  readonly history: SqliteHistory;
  readonly router: UnifiedEventRouter;
  close(): Promise<void>;
}

/**
 * Opens history and router over a data folder. `sink` gets every committed event, in order, from the first on.
 * Rejects with DatabaseError when the history cannot be opened.
 */
export async function openCore(
  config: Config,
  log: Logger,
  sink?: (events: readonly StoredEvent[]) => void,
): Promise<Core> {
  const core = await openCold(config, log);
  if (sink) core.router.addSink(sink);
  await core.router.warm();
  return core;
}

/** The same, whose router has yet to be warmed before its first event: whoever has more to read can do both at once. */
export async function openCold(
  config: Config,
  log: Logger,
  onTrouble?: (line: string | null) => void,
): Promise<Core> {
  letEventsDieYoung();
  const history = await SqliteHistory.open({
    file: path.join(config.dataDir, 'ringside.db'),
    migrations: migrationsFolder(),
    ...(onTrouble && { onTrouble }),
  });
  const router = new UnifiedEventRouter({
    history,
    hostname: os.hostname(),
    log,
    duplicates: {
      windowSeconds: config.duplicateWindow,
      windowByType: new Map(Object.entries(config.duplicateWindows)),
    },
  });
  return {
    history,
    router,
    close: async () => {
      await router.stop();
      await history.close();
    },
  };
}

/**
 * At the start the young generation is so small that every event outlives a collection of it, and V8 makes such objects in
 * the old one from then on. They die there as soon as all others do, and what dead ones refer to is taken for alive until
 * the next large collection (decision 0076).
 */
function letEventsDieYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}

import os from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import type { StoredEvent } from '../domain/events/envelope';
import type { Config } from './config';
import { SqliteHistory } from './history/history';
import { migrationsFolder } from './paths';
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
  const history = await SqliteHistory.open({
    file: path.join(config.dataDir, 'ringside.db'),
    migrations: migrationsFolder(),
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
  if (sink) router.addSink(sink);
  await router.warm();
  return {
    history,
    router,
    close: async () => {
      await router.stop();
      await history.close();
    },
  };
}

import path from 'node:path';
import type { Logger } from 'pino';
import { readConfig, type Config } from '../../config';
import { setupNotice } from '../../auth/setup';
import { createLog } from '../../process/log';
import { startServer, type RunningServer } from '../../main';
import { claimDemoFolder, demoCoordination, startDemoCluster } from '../../simulator/demo/demo-cluster';
import { unknownSettings } from '../common/unknown-settings';
import { positive } from './positive';

/** Stops on the first signal and waits for it; a second signal leaves at once. */
function stopOnSignal(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping: what was accepted is being finished');
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

/** The server's log, which begins with the settings that nobody reads. */
function beginLog(config: Config): Logger {
  const log = createLog(config.logLevel);
  for (const line of unknownSettings(process.env)) log.warn(line);
  return log;
}

async function serve(
  config: Config,
  log: Logger,
  options: { demo: boolean; dev?: boolean },
): Promise<RunningServer> {
  const server = await startServer(config, log, options);
  const notice = server.setup === null ? null : setupNotice(server.setup);
  const terminal = process.stdout.isTTY;
  if (notice !== null && !terminal) log.warn({ setup_link: server.setup?.link }, notice.line);
  if (config.access === 'open' && !options.demo)
    log.warn('RINGSIDE_ACCESS=open: whoever uses this machine is operator here, without an account or a key');
  log.info({ data: config.dataDir, events_db: config.eventsDb.file }, `Ringside is ready: ${server.url}`);
  // Last, where somebody looks.
  if (notice !== null && terminal) log.warn(notice.block);
  return server;
}

/** Builds the pages as far as they are not up to date. */
export type BuildPages = () => Promise<void>;

export async function start(options: { dev?: boolean }, buildPages: BuildPages): Promise<void> {
  const config = readConfig(process.env);
  const log = beginLog(config);
  await buildPages();
  const server = await serve(config, log, { demo: false, dev: options.dev ?? false });
  stopOnSignal(log, () => server.stop());
}

/** RingRift keeps its rows for 24 h, and the demo's cluster is as old as its backlog. */
const MOST_BACKLOG_HOURS = 23;
const MOST_SPEED = 100_000;

export interface DemoOptions {
  readonly speed: string;
  readonly seed: string;
  readonly backlog: string;
  readonly fresh?: boolean;
}

/** The simulated cluster and a Ringside that watches it, in a folder that nothing else uses. */
export async function demo(options: DemoOptions, buildPages: BuildPages): Promise<void> {
  // Before anything is touched: `--fresh` forgets the last demo.
  const world = {
    speed: positive('--speed', options.speed, MOST_SPEED),
    seed: positive('--seed', options.seed),
    backlogHours: positive('--backlog', options.backlog, MOST_BACKLOG_HOURS),
  };
  const dataDir = path.resolve(process.env['RINGSIDE_DATA_DIR'] ?? path.join('data', 'demo'));
  const coordination = demoCoordination(dataDir);
  const config = readConfig(
    {
      ...process.env,
      RINGSIDE_DATA_DIR: dataDir,
      RINGRIFT_COORDINATION_DIR: undefined,
      XDG_RUNTIME_DIR: undefined,
    },
    { demo: true },
  );
  const own: Config = {
    ...config,
    eventsDb: { file: path.join(coordination, 'events.db'), create: 'folder' },
  };
  const log = beginLog(config);
  await buildPages();
  claimDemoFolder(dataDir, options.fresh ?? false);
  const cluster = await startDemoCluster({ dir: coordination, ...world }, (message) =>
    process.stderr.write(`ringside: ${message}\n`),
  );
  const server = await serve(own, log, { demo: true });
  const visitors =
    config.access === 'open' ? ': whoever opens it on this machine is its operator, without an account' : '';
  log.info(
    { speed: options.speed, seed: options.seed },
    `this is a simulated cluster${visitors}; stop it with Ctrl+C`,
  );
  stopOnSignal(log, async () => {
    await cluster.stop();
    await server.stop();
  });
}

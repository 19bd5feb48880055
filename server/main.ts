import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import type { ServerStatus, TopicSnapshot } from '../domain/realtime/contract';
import type { Access } from './auth/access';
import { closeAccess, openAccess } from './auth/open-access';
import { offerSetup, type SetupOffer } from './auth/setup';
import type { Config } from './config';
import { actionServices } from './action-services';
import { openCold } from './core';
import { openEngine, type Engine } from './engine';
import { healthReport, serverStatus } from './health';
import { keepHeapCompact } from './process/heap-keeper';
import { RequestGuard } from './http/guard';
import { RetentionKeeper } from './history/retention/keeper';
import type { Doorkeeper } from './http/early-refusals';
import { createPageServer, listen } from './http/server';
import { claimInstance } from './process/instance-lock';
import { Gateway } from './live/gateway';
import { listStart } from './live/feeds/list-start';
import { createMetrics } from './live/metrics';
import { createSocketServer } from './live/socket-server';
import { routerReport } from './live/runtime/router-report';
import { stateDocument } from './live/state-document';
import { builtPages, projectRoot } from './process/paths';
import { ProducerGateway } from './producers/gateway';
import { addSearchMetrics } from './history/metrics';
import { addProducerMetrics } from './producers/metrics';
import { Producers } from './producers/producers';
import { provideServices, type Services } from './services';

export interface RunningServer {
  readonly url: string;
  /** While nobody has an account: how the first admin makes theirs. */
  readonly setup: SetupOffer | null;
  /** Stops taking events, finishes what was taken, saves the state. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly demo: boolean;
  /** Serve pages from sources, rebuilt as they change. */
  readonly dev?: boolean;
}

/**
 * The composition root: the only place that knows all parts. Resolves when events can be published and pages show
 * current state. Rejects with ConfigError or DatabaseError, whose message is one line for an operator.
 */
export async function startServer(
  config: Config,
  log: Logger,
  options: ServerOptions,
): Promise<RunningServer> {
  const claim = claimInstance(config.dataDir);
  const cleanUp: (() => unknown)[] = [() => claim.release()];
  const stop = async (): Promise<void> => {
    for (let step = cleanUp.pop(); step; step = cleanUp.pop()) await step();
  };
  try {
    const { port, setup } = await open(config, log, options, cleanUp);
    claim.announce({ host: config.host, port });
    return { url: urlOf(config.host, port), setup, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Opens part after part, each with its closing, which run in reverse: doors first, history last. */
async function open(
  config: Config,
  log: Logger,
  options: ServerOptions,
  cleanUp: (() => unknown)[],
): Promise<{ port: number; setup: SetupOffer | null }> {
  let gateway: Gateway | null = null;
  let serving = false;
  cleanUp.push(keepHeapCompact());
  let opened: { access: Access; producers: Producers } | null = null;
  const guard = guardOf(config);
  const pages = createPageServer({
    root: projectRoot(),
    host: config.host,
    port: config.port,
    guard,
    dev: options.dev ?? false,
    behindProxy: config.publicUrl !== null,
    keeper: doorkeeper(() => opened),
  });
  const core = await openCold(config, log, (line) => {
    if (line === null) log.info('history takes events again');
    else log.error(`history takes no events: ${line}`);
  });
  const opening = openEngine(core, config, log, () => gateway);
  // Once the engine has asked for what it needs: the main thread loads the pages while threads of history read.
  const loading = pages.prepare();
  // Awaited below; until then a failure must not count as unhandled.
  loading.catch(() => undefined);
  const engine = await opening;
  cleanUp.push(() => closeEngine(engine, log));
  let url = urlOf(config.host, config.port);
  const access = await openAccess(config, engine.history.records, log, () => url);
  cleanUp.push(() => closeAccess(config));
  const retention = new RetentionKeeper(engine.history.retention, log);
  cleanUp.push(() => retention.stop());
  const producers = new Producers({
    publish: (requests) => engine.router.publishBatch(requests),
    perSecond: config.publishRate,
  });
  opened = { access, producers };
  const { demo, dev = false } = options;
  const build = dev ? 'dev' : (builtPages() ?? '');
  const status = (): ServerStatus => serverStatus(engine, { demo, build });
  provideServices(
    servicesOf(engine, log, { demo, status, serving: () => serving, retention, access, producers }),
  );

  const behindProxy = config.publicUrl !== null;
  const io = createSocketServer({
    http: pages.http,
    guard,
    produces: (connection) => doorOfProducers.produces(connection),
  });
  const doorOfProducers = new ProducerGateway(io, { access, behindProxy, log });
  cleanUp.push(() => doorOfProducers.close());
  const live = new Gateway({
    io,
    hub: engine.hub,
    history: engine.history,
    access,
    behindProxy,
    status,
    log,
  });
  gateway = live;
  cleanUp.push(async () => {
    serving = false;
    for (const bridge of engine.bridges) await bridge.stop();
    // Together: the gateway, too, waits for the HTTP server, which the pages close.
    await Promise.all([pages.close(), live.close()]);
  });
  const ticker = setInterval(() => {
    engine.hub.touch('router.status', 'router');
    void engine.letters.refresh();
    engine.parts.arrivals.tick(Date.now() / 1000);
  }, 1_000);
  cleanUp.push(() => clearInterval(ticker));

  // Not before: a page that finds the server again asks at once, and would be told to come back.
  await loading;
  const port = await listen(pages.http, config.host, config.port);
  url = urlOf(config.host, port);
  await Promise.all([...engine.bridges.map((bridge) => bridge.start()), retention.start(), pages.warm(url)]);
  serving = true;
  return { port, setup: await offerSetup(access, engine.history.headSeq) };
}

/** Before it is open no request is let through. */
function doorkeeper(opened: () => { access: Access; producers: Producers } | null): Doorkeeper {
  return {
    keyShown: (authorization) => opened()?.access.keyShown(authorization) ?? null,
    stranger: (authorization, cookie) => opened()?.access.stranger(authorization, cookie) ?? null,
    heldBack: (caller) => opened()?.producers.heldBack(caller) ?? 0,
  };
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** By which names the server is served: loopback, its own address, and the one that browsers use. */
function guardOf({ host, publicUrl, access }: Config): RequestGuard {
  const names = [host, ...(publicUrl === null ? [] : [new URL(publicUrl).hostname])];
  return new RequestGuard(names, access === 'accounts');
}

async function closeEngine(engine: Engine, log: Logger): Promise<void> {
  await engine.router.stop();
  await engine.state
    .stop()
    .catch((error: unknown) =>
      log.warn({ err: error }, 'the state was not saved; the next start folds it anew'),
    );
  await engine.close();
}

function servicesOf(
  engine: Engine,
  log: Logger,
  {
    demo,
    status,
    serving,
    retention,
    access,
    producers,
  }: {
    demo: boolean;
    status: () => ServerStatus;
    serving: () => boolean;
    retention: RetentionKeeper;
    access: Access;
    producers: Producers;
  },
): Services {
  const { history, router, hub } = engine;
  const { version } = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as {
    version: string;
  };
  const metrics = createMetrics(engine.parts, () => history.headSeq);
  addProducerMetrics(metrics, producers);
  addSearchMetrics(metrics, history);
  return {
    history,
    router: {
      publish: (request) => router.publishRequest(request),
      refused: (code) => router.refused(code),
      importRows: (rows) => router.importRows(rows),
      importEvents: (events, importId) => router.importEvents(events, importId),
      repetition: (eventType, payload) => router.repetition(eventType, payload),
      report: () => routerReport(engine.parts, () => engine.state.fold.states()),
      arrivals: (span) => engine.parts.arrivals.buckets(span),
    },
    producers,
    deadLetters: engine.parts.desk,
    access,
    demo,
    delivery: (event) => engine.deliveries.of(event),
    retention,
    views: engine.views,
    live: {
      snapshot: (topics) =>
        topics.map((topic) => hub.snapshot(topic)).filter((found): found is TopicSnapshot => found !== null),
      status,
      state: (name) => stateDocument(engine, name),
      states: () => engine.state.fold.states(),
      clock: () => engine.state.fold.clock,
    },
    actions: actionServices(engine),
    newest: (filter, limit) => listStart(history, engine.state.asOfSeq, filter, limit),
    health: () => healthReport(engine, version, serving()),
    metrics: () => metrics.metrics(),
    log,
  };
}

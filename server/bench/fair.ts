import { fork } from 'node:child_process';
import os from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { io, type Socket } from 'socket.io-client';
import type { ProducerToServer, ServerToProducer } from '../../domain/realtime/producers';
import { Keys } from '../auth/keys';
import { openCore } from '../core';
import { createLog } from '../log';
import { benchEvents } from './events';
import { line } from './measure';
import { benchConfig } from './publish';
import { pagesAreBuilt, startServer, type BenchServer } from './server';

const LIGHT = 500;
const SECONDS = 10;
const GREEDY_PER_SECOND = 10_000;
/** How often the greedy one sends: it does not wait for answers. */
const TICK_MS = 10;
const BAR = '< 100 ms';
/** Tells a process of the bench that it is the greedy one. */
const GREEDY_ORDER = 'BENCH_GREEDY_ORDER';

type Producer = Socket<ServerToProducer, ProducerToServer>;
type Wire = Readonly<Record<string, unknown>>;

/** How the greedy one sends its events. */
type Manner = 'not at all' | 'in batches' | 'one by one';

/** 500 producers with an event a second each, and one that sends 10,000: what the 500 notice of it. */
export async function benchFair(folder: string): Promise<string[]> {
  if (!pagesAreBuilt()) return ['fair turns: left out, the pages are not built (npm run build)'];
  const secrets = await makeKeys(folder);
  const lines: string[] = [];
  let seed = 1;
  for (const [rate, manners] of [
    ['5000', ['not at all', 'in batches', 'one by one']],
    ['0', ['in batches', 'one by one']],
  ] as const) {
    const server = await startServer(folder, { RINGSIDE_PUBLISH_RATE: rate });
    for (const manner of manners) {
      const found = await measure(server, secrets, manner, seed++);
      const limit = rate === '0' ? 'no limit' : `limit ${rate}/s`;
      const what = `${LIGHT} producers, one event/s each; one greedy ${manner}, ${limit}`;
      lines.push(
        line(`${what}: send to ack, median`, found.median, 'ms'),
        line('  99th percentile', found.p99, 'ms', BAR),
        line('  event loop of the server, 99th percentile', found.serverLag, 'ms'),
        line('  event loop of those who measure, 99th percentile', found.ownLag, 'ms'),
        line(`  the greedy one, of ${GREEDY_PER_SECOND}/s sent: stored`, found.stored / SECONDS, '/s'),
      );
    }
    await server.stop();
  }
  return lines;
}

/** A key for each; the last one is the greedy one's. */
async function makeKeys(folder: string): Promise<string[]> {
  const core = await openCore(benchConfig(folder), createLog('warn'));
  const keys = new Keys(core.history.records, () => Date.now() / 1000);
  const secrets: string[] = [];
  for (let at = 0; at <= LIGHT; at++)
    secrets.push((await keys.create({ name: `bench ${at}`, role: 'producer' }, 'bench')).secret);
  await core.close();
  return secrets;
}

interface Found {
  readonly median: number;
  readonly p99: number;
  /** 99th percentiles, milliseconds: what of a wait is the server's, and what is the bench's own. */
  readonly serverLag: number;
  readonly ownLag: number;
  /** Events of the greedy one. */
  readonly stored: number;
}

async function measure(
  server: BenchServer,
  secrets: readonly string[],
  manner: Manner,
  seed: number,
): Promise<Found> {
  const sockets: Producer[] = [];
  for (const secret of secrets.slice(0, LIGHT)) sockets.push(await connected(server.url, secret));
  const light = wireEvents(LIGHT * SECONDS, seed * 1_000);
  const waits: number[] = [];
  const greedy = startGreedy({
    url: server.url,
    key: secrets[LIGHT] ?? '',
    manner,
    seed: seed * 1_000 + 500,
  });
  await greedy.ready;
  // Each look begins a new count.
  await serverLag(server);
  const own = monitorEventLoopDelay({ resolution: 5 });
  own.enable();
  await Promise.all(
    sockets.map((socket, at) => sendSteadily(socket, light.slice(at * SECONDS, (at + 1) * SECONDS), waits)),
  );
  own.disable();
  const lag = await serverLag(server);
  const stored = await greedy.stored;
  for (const socket of sockets) socket.close();
  waits.sort((a, b) => a - b);
  const quantile = (part: number): number => waits[Math.floor(waits.length * part)] ?? Number.NaN;
  return {
    median: quantile(0.5),
    p99: quantile(0.99),
    serverLag: lag,
    ownLag: own.percentile(99) / 1e6,
    stored,
  };
}

async function serverLag({ url }: BenchServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1_000;
}

async function connected(url: string, key: string): Promise<Producer> {
  const socket: Producer = io(`${url}/producers`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { key },
  });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return socket;
}

/** An event a second, begun at any moment of it; each wait for an answer is noted. */
async function sendSteadily(socket: Producer, events: readonly Wire[], waits: number[]): Promise<void> {
  await pause(Math.random() * 1_000);
  const begun = performance.now();
  const answers = [];
  for (const [at, event] of events.entries()) {
    await pause(begun + at * 1_000 - performance.now());
    const sent = performance.now();
    answers.push(
      socket.emitWithAck('publish', event).then((answer) => {
        if ('error' in answer || answer.rejected > 0) throw new Error(JSON.stringify(answer));
        waits.push(performance.now() - sent);
      }),
    );
  }
  await Promise.all(answers);
}

interface GreedyOrder {
  readonly url: string;
  readonly key: string;
  readonly manner: Manner;
  readonly seed: number;
}

/** The greedy one has a process of its own, so that it does not delay what the others measure. */
function startGreedy(order: GreedyOrder): { ready: Promise<unknown>; stored: Promise<number> } {
  const child = fork(process.argv[1] ?? '', [], {
    env: { ...process.env, [GREEDY_ORDER]: JSON.stringify(order) },
  });
  const next = (): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
  // It would be on another machine: the cores of this one belong to the server and to those who measure.
  if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  const ready = next();
  return { ready, stored: ready.then(next).then(Number) };
}

/** What this process does when it was started to be the greedy one: says when it begins, then how much was stored. */
export async function beGreedy(): Promise<boolean> {
  const text = process.env[GREEDY_ORDER];
  if (text === undefined) return false;
  const { url, key, manner, seed } = JSON.parse(text) as GreedyOrder;
  const events = manner === 'not at all' ? [] : wireEvents(GREEDY_PER_SECOND * SECONDS, seed);
  const socket = await connected(url, key);
  process.send?.('ready');
  const stored = await sendGreedily(socket, events, manner);
  socket.close();
  process.send?.(stored);
  process.disconnect();
  return true;
}

/** Sends at its rate whatever the answers are. Resolves to the number of events that were stored. */
async function sendGreedily(socket: Producer, events: readonly Wire[], manner: Manner): Promise<number> {
  const perTick = (GREEDY_PER_SECOND * TICK_MS) / 1_000;
  const begun = performance.now();
  let stored = 0;
  const count = (answer: { accepted: number } | { error: unknown }): void => {
    if (!('error' in answer)) stored += answer.accepted;
  };
  for (let at = 0; at < events.length; at += perTick) {
    const part = events.slice(at, at + perTick);
    if (manner === 'in batches') socket.emit('publish', part, count);
    else for (const event of part) socket.emit('publish', event, count);
    await pause(begun + (at / GREEDY_PER_SECOND) * 1_000 - performance.now());
  }
  await pause(begun + SECONDS * 1_000 - performance.now());
  return stored;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}

function wireEvents(count: number, seed: number): Wire[] {
  return benchEvents(count, seed).map(({ eventType, ...rest }) => ({ event_type: eventType, ...rest }));
}

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Keys } from '../auth/keys';
import { openCore } from '../core';
import { createLog } from '../process/log';
import {
  connected,
  GREEDY_PER_SECOND,
  pause,
  SECONDS,
  startGreedy,
  wireEvents,
  type Manner,
  type Producer,
  type Wire,
} from './greedy';
import { judged, line, quantile } from './measure';
import { benchConfig } from './publish';
import { bareCommits } from './raw';
import { builtPages } from '../process/paths';
import { startServer, type BenchServer } from './server';

const LIGHT = 500;
const BAR_MS = 100;
/** A server that stores nothing for so long has nothing left to do: of what is above a share it reads nothing for a second. */
const SETTLED_MS = 1_500;

/** Both halves take three minutes; `BENCH_RATES=5000` or `0` is one of them. */
const RATES = (process.env['BENCH_RATES'] ?? '5000,0').split(',');

/** 500 producers with an event a second each, and one that sends 10,000: what the 500 notice of it. */
export async function benchFair(folder: string): Promise<string[]> {
  if (builtPages() === null) return ['fair turns: left out, the pages are not built (npm run build)'];
  const secrets = await makeKeys(folder);
  const lines = bareCommits(folder);
  let seed = 1;
  for (const [rate, manners] of [
    [
      '5000',
      ['not at all', 'in batches', 'one by one', 'by HTTP, a call each', 'by HTTP, without a good key'],
    ],
    ['0', ['in batches', 'one by one', 'by HTTP, a call each']],
  ] as const) {
    if (!RATES.includes(rate)) continue;
    const server = await startServer(folder, { RINGSIDE_PUBLISH_RATE: rate });
    for (const manner of manners) {
      const found = await measure(server, secrets, manner, seed++);
      const limit = rate === '0' ? 'no limit' : `limit ${rate}/s`;
      const what = `${LIGHT} producers, one event/s each; one greedy ${manner}, ${limit}`;
      lines.push(
        line(`${what}: send to ack, median`, found.median, 'ms'),
        judged('  99th percentile', found.p99, 'ms', { below: BAR_MS }),
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
  await greedy.end();
  await settled(server);
  return {
    median: quantile(waits, 0.5),
    p99: quantile(waits, 0.99),
    serverLag: lag,
    ownLag: own.percentile(99) / 1e6,
    stored,
  };
}

/** What the greedy one had sent and the server had not read shall not be part of what is measured next. */
async function settled(server: BenchServer): Promise<void> {
  for (let before = -1, now = await headSeq(server); now !== before; now = await headSeq(server)) {
    before = now;
    await pause(SETTLED_MS);
  }
}

async function headSeq({ url }: BenchServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^ringside_history_seq (\S+)/m.exec(text)?.[1]);
}

async function serverLag({ url }: BenchServer): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1_000;
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

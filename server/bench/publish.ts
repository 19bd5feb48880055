import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { readConfig } from '../config';
import { openCore, type Core } from '../core';
import { LiveState } from '../live/state/live-state';
import { createLog } from '../process/log';
import type { PublishRequest } from '../router/types';
import { benchEvents } from './events';
import { line, perSecond } from './measure';

const SINGLES = 60_000;
const PUBLISHERS = 64;
const BATCHED = 200_000;
const BATCH = 500;
/** Until about then V8 compiles what it found to be hot, which takes half a second of the processor once, not per event. */
const WARM_UP = { batched: 100_000, singles: 20_000 } as const;

export function benchConfig(folder: string): Config {
  return readConfig({ RINGSIDE_DATA_DIR: folder, RINGRIFT_COORDINATION_DIR: folder, LOG_LEVEL: 'warn' });
}

/** A router as `import` has it, and a subscriber: history with its index, duplicate check, delivery. */
async function openRouterAlone(folder: string): Promise<Core> {
  const core = await openCore(benchConfig(folder), createLog('warn'));
  core.history.values.start();
  core.router.subscribe('*', () => undefined, { name: 'bench' });
  return core;
}

/** A router as the server has it: with live state besides. */
export async function openBenchRouter(folder: string): Promise<Core & { state: LiveState }> {
  const core = await openRouterAlone(folder);
  const state = new LiveState(core.history, createLog('warn'), () => undefined);
  core.router.addSink((events) => state.deliver(events));
  return { ...core, state };
}

const MEASURES = {
  alone: (folder: string) => openRouterAlone(folder).then((core) => batches(core, ALONE)),
  folded: (folder: string) => openBenchRouter(folder).then((core) => batches(core, FOLDED)),
  singles: (folder: string) => openBenchRouter(folder).then(singles),
} as const;
const ALONE = 'by a router without live state (persisted, checked, delivered, indexed)';
const FOLDED = 'folded into live state besides';

/** Tells a process of the bench what to measure, and where. */
const MEASURE = 'BENCH_PUBLISH_MEASURE';

/** Each measure in a process of its own, as a server or an import is: what ran before would be in its heap and compiled code. */
export function benchPublish(folder: string): string[] {
  return Object.keys(MEASURES).flatMap((measure) => {
    const own = path.join(folder, measure);
    mkdirSync(own);
    const order = JSON.stringify([measure, own]);
    const env = { ...process.env, [MEASURE]: order };
    const child = spawnSync(process.execPath, [...process.execArgv, process.argv[1] ?? ''], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.status !== 0) throw new Error(`the measure "${measure}" failed`);
    return child.stdout.trimEnd().split('\n');
  });
}

/** True in a process that measures one of these; it is done then. */
export async function hasMeasured(): Promise<boolean> {
  const order = process.env[MEASURE];
  if (order === undefined) return false;
  const [measure, folder] = JSON.parse(order) as [keyof typeof MEASURES, string];
  for (const each of await MEASURES[measure](folder)) process.stdout.write(`${each}\n`);
  return true;
}

/** Events are made before the clock starts: the router takes what is there. */
async function batches(core: Core, how: string): Promise<string[]> {
  await publishBatches(core, benchEvents(WARM_UP.batched, 1));
  const events = benchEvents(BATCHED, 201);
  const { rate, cpu } = await measured(BATCHED, () => publishBatches(core, events));
  await core.close();
  return [
    line(`router publish, batches of ${BATCH}, ${how}`, rate, '/s', '≥ 60,000'),
    line('  processor time of all threads per event', cpu, 'µs'),
  ];
}

async function singles(core: Core): Promise<string[]> {
  await publishBatches(core, benchEvents(WARM_UP.batched, 1));
  await publishOneByOne(core, benchEvents(WARM_UP.singles, 501));
  const events = benchEvents(SINGLES, 601);
  const { rate, cpu } = await measured(SINGLES, () => publishOneByOne(core, events));
  const { p50, p99 } = { p50: core.history.commits.quantile(0.5), p99: core.history.commits.quantile(0.99) };
  await core.close();
  return [
    line(`router publish, single events, ${PUBLISHERS} publishers, folded besides`, rate, '/s', '≥ 20,000'),
    line('  processor time of all threads per event', cpu, 'µs'),
    line('  commit, median of the last 1,024', p50 ?? Number.NaN, 'ms'),
    line('  commit, 99th percentile', p99 ?? Number.NaN, 'ms'),
  ];
}

/** Things done per second, and the processor time of one in microseconds, which tells more on a machine with other work. */
async function measured(count: number, work: () => Promise<void>): Promise<{ rate: number; cpu: number }> {
  const before = process.cpuUsage();
  const rate = await perSecond(count, work);
  const { user, system } = process.cpuUsage(before);
  return { rate, cpu: (user + system) / count };
}

/** Each publisher waits for its acknowledgement before it publishes again. */
async function publishOneByOne(core: Core, events: readonly PublishRequest[]): Promise<void> {
  let next = 0;
  const publisher = async (): Promise<void> => {
    for (let event = events[next++]; event; event = events[next++]) await core.router.publishRequest(event);
  };
  await Promise.all(Array.from({ length: PUBLISHERS }, publisher));
}

/** Eight publishers, each with one batch under way. */
async function publishBatches(core: Core, events: readonly PublishRequest[]): Promise<void> {
  let next = 0;
  const publisher = async (): Promise<void> => {
    while (next < events.length) {
      const batch = events.slice(next, next + BATCH);
      next += BATCH;
      await core.router.publishBatch(batch);
    }
  };
  await Promise.all(Array.from({ length: 8 }, publisher));
}

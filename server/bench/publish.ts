import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config';
import { readConfig } from '../config';
import { openCore, type Core } from '../core';
import { LiveState } from '../live/live-state';
import { createLog } from '../log';
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

export async function benchPublish(folder: string): Promise<string[]> {
  const aside = path.join(folder, 'alone');
  mkdirSync(aside);
  const alone = await openRouterAlone(aside);
  const router = await batches(
    alone,
    'by a router without live state (persisted, checked, delivered, indexed)',
  );
  await alone.close();
  const core = await openBenchRouter(folder);
  const folded = await batches(core, 'folded into live state besides');
  const single = await singles(core);
  const { p50, p99 } = { p50: core.history.commits.quantile(0.5), p99: core.history.commits.quantile(0.99) };
  await core.close();
  return [
    ...router,
    ...folded,
    ...single,
    line('commit, median of the last 1,024', p50 ?? Number.NaN, 'ms'),
    line('commit, 99th percentile', p99 ?? Number.NaN, 'ms'),
  ];
}

/** Events are made before the clock starts: the router takes what is there. */
async function batches(core: Core, how: string): Promise<string[]> {
  await publishBatches(core, benchEvents(WARM_UP.batched, 1));
  const events = benchEvents(BATCHED, 201);
  const { rate, cpu } = await measured(BATCHED, () => publishBatches(core, events));
  return [
    line(`router publish, batches of ${BATCH}, ${how}`, rate, '/s', '≥ 60,000'),
    line('  processor time of all threads per event', cpu, 'µs'),
  ];
}

async function singles(core: Core): Promise<string[]> {
  await publishOneByOne(core, benchEvents(WARM_UP.singles, 501));
  const events = benchEvents(SINGLES, 601);
  const { rate, cpu } = await measured(SINGLES, () => publishOneByOne(core, events));
  return [
    line(`router publish, single events, ${PUBLISHERS} publishers, folded besides`, rate, '/s', '≥ 20,000'),
    line('  processor time of all threads per event', cpu, 'µs'),
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

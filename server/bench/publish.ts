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
  const core = await openBenchRouter(folder);
  await core.router.publishBatch(benchEvents(20_000, 1));
  const singles = benchEvents(SINGLES, 2);
  const single = await perSecond(SINGLES, () => publishOneByOne(core, singles));
  const batched = benchEvents(BATCHED, 3);
  const batch = await perSecond(BATCHED, () => publishBatches(core, batched));
  const { p50, p99 } = { p50: core.history.commits.quantile(0.5), p99: core.history.commits.quantile(0.99) };
  await core.close();
  const aside = path.join(folder, 'alone');
  mkdirSync(aside);
  const alone = await openRouterAlone(aside);
  await alone.router.publishBatch(benchEvents(20_000, 1));
  const unfolded = benchEvents(BATCHED, 4);
  const router = await perSecond(BATCHED, () => publishBatches(alone, unfolded));
  await alone.close();
  return [
    line(
      `router publish, single events, ${PUBLISHERS} publishers (persisted, checked, folded, indexed)`,
      single,
      '/s',
      '≥ 20,000',
    ),
    line(
      `router publish, batches of ${BATCH} (persisted, checked, folded, indexed)`,
      batch,
      '/s',
      '≥ 60,000',
    ),
    line(
      `the same by a router without live state (persisted, checked, delivered, indexed)`,
      router,
      '/s',
      '≥ 60,000',
    ),
    line('commit, median of the last 1,024', p50 ?? Number.NaN, 'ms'),
    line('commit, 99th percentile', p99 ?? Number.NaN, 'ms'),
  ];
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

import type { CDPSession, Page } from '@playwright/test';
import { test } from '../support/fixtures';
import { live, PAGES } from '../support/pages';
import { produce } from './producing';

const RATE = 2_000;
const CLUSTER = { nodes: 1_000, configs: 50 };
/** Time in which the state fills up, before anything is measured; then time per page. */
const FILL_SECONDS = Number(process.env['BENCH_FILL_SECONDS'] ?? 40);
const PAGE_SECONDS = Number(process.env['BENCH_PAGE_SECONDS'] ?? 10);
const WANTED = process.env['BENCH_PAGES']?.split(',');

interface Received {
  updates: number;
  bytes: number;
}

/** Counts what arrives over the page's WebSocket. */
async function listen(page: Page): Promise<{ devtools: CDPSession; received: Received }> {
  const devtools = await page.context().newCDPSession(page);
  const received: Received = { updates: 0, bytes: 0 };
  await devtools.send('Network.enable');
  devtools.on('Network.webSocketFrameReceived', ({ response }) => {
    received.bytes += Buffer.byteLength(response.payloadData);
    if (response.payloadData.includes('"live:update"')) received.updates++;
  });
  devtools.on('Network.dataReceived', ({ encodedDataLength }) => (received.bytes += encodedDataLength));
  return { devtools, received };
}

/** Starts to count frames drawn and tasks over 50 ms. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { frames: 0, tasks: [] as number[], since: performance.now() };
    Object.assign(window, { seen });
    new PerformanceObserver((list) =>
      seen.tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ entryTypes: ['longtask'] });
    const count = (): void => {
      seen.frames++;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
}

const seen = (page: Page): Promise<{ fps: number; longest: number }> =>
  page.evaluate(() => {
    const { frames, tasks, since } = (
      window as unknown as { seen: { frames: number; tasks: number[]; since: number } }
    ).seen;
    return { fps: (frames * 1000) / (performance.now() - since), longest: Math.max(0, ...tasks) };
  });

async function serverFigures(url: string): Promise<{ lag: number; memory: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    lag: value('nodejs_eventloop_lag_p99_seconds') * 1000,
    memory: value('process_resident_memory_bytes') / 1e6,
  };
}

test(`every page with ${CLUSTER.nodes} nodes and ${CLUSTER.configs} configs at ${RATE} events/s`, async ({
  page,
  ringside,
  cluster,
}) => {
  await cluster.publish('host_online', { node_id: 'gh200-a' });
  const pages = PAGES.filter(({ path }) => !WANTED || WANTED.includes(path));
  const producing = produce(
    ringside.eventsDb,
    RATE,
    FILL_SECONDS + pages.length * (PAGE_SECONDS + 6),
    CLUSTER,
  );
  await new Promise((resolve) => setTimeout(resolve, FILL_SECONDS * 1000));
  const { received } = await listen(page);
  for (const { path, name } of pages) {
    await page.goto(ringside.url + path);
    await live(page);
    // The page settles: scripts, first snapshot, first draw.
    await page.waitForTimeout(3_000);
    await watch(page);
    Object.assign(received, { updates: 0, bytes: 0 });
    await serverFigures(ringside.url);
    await page.waitForTimeout(PAGE_SECONDS * 1000);
    const { fps, longest } = await seen(page);
    const { lag, memory } = await serverFigures(ringside.url);
    process.stdout.write(
      `${name.padEnd(10)} longest task ${longest.toFixed(0).padStart(4)} ms (bar: 200), ${fps.toFixed(0).padStart(3)} frames/s (50), ` +
        `${(received.updates / PAGE_SECONDS).toFixed(1).padStart(4)} updates/s (10), ` +
        `${(received.bytes / PAGE_SECONDS / 1000).toFixed(0).padStart(4)} kB/s (100); ` +
        `server: event loop p99 ${lag.toFixed(0)} ms (30), memory ${memory.toFixed(0)} MB (600)\n`,
    );
  }
  await producing;
});

import { test } from '../support/fixtures';
import { live } from '../support/pages';
import { produce } from './producing';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 300);
const RATE = 1_000;
test(`overview at ${RATE} events/s for ${SECONDS} s`, async ({ page, ringside, cluster }) => {
  await cluster.publish('host_online', { node_id: 'gh200-a' });
  await page.goto(ringside.url);
  await live(page);
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ entryTypes: ['longtask'] });
  });
  const devtools = await page.context().newCDPSession(page);
  const heap = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    return (
      (await page.evaluate(
        () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
      )) / 1e6
    );
  };
  const producing = produce(ringside.eventsDb, RATE, SECONDS);
  const heaps: number[] = [];
  for (let part = 0; part < 6; part++) {
    await new Promise((resolve) => setTimeout(resolve, (SECONDS * 1000) / 6));
    heaps.push(await heap());
  }
  await producing;
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  const over = tasks.filter((duration) => duration > 200).length;
  process.stdout.write(
    `overview at ${RATE}/s for ${SECONDS} s: longest task ${Math.max(0, ...tasks).toFixed(0)} ms, ${over} over 200 ms (bar: none), ` +
      `${tasks.length} over 50 ms; heap after collection ${heaps.map((size) => size.toFixed(1)).join(', ')} MB\n`,
  );
});

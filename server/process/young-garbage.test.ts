import { constants, PerformanceObserver } from 'node:perf_hooks';
import { expect, it, vi } from 'vitest';
import { YoungGarbage } from './young-garbage';

const MB = 2 ** 20;

it('has the young generation collected once enough buffers were handed over, and then anew', () => {
  const collect = vi.fn();
  const garbage = new YoungGarbage(collect);
  for (let part = 0; part < 7; part++) garbage.add(MB / 2);
  expect(collect).toHaveBeenCalledTimes(0);
  garbage.add(MB / 2);
  expect(collect).toHaveBeenCalledTimes(1);
  garbage.add(2 * MB);
  expect(collect).toHaveBeenCalledTimes(1);
  garbage.add(2 * MB);
  expect(collect).toHaveBeenCalledTimes(2);
});

it('collects nothing but the young generation', async () => {
  const kinds: number[] = [];
  const observer = new PerformanceObserver((list) =>
    list
      .getEntries()
      .forEach((entry) => kinds.push((entry as { detail?: { kind: number } }).detail?.kind ?? 0)),
  );
  observer.observe({ entryTypes: ['gc'] });
  const garbage = new YoungGarbage();
  for (let part = 0; part < 40; part++) garbage.add(4 * MB);
  const minor = () => kinds.filter((kind) => kind === constants.NODE_PERFORMANCE_GC_MINOR).length;
  await expect.poll(minor).toBeGreaterThanOrEqual(40);
  // Whatever else the process collects meanwhile.
  expect(kinds.length - minor()).toBeLessThan(5);
  observer.disconnect();
});

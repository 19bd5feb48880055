import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { RingsideClient } from '../clients/ringside';
import { expect, test } from './support/fixtures';
import { allEvents } from './support/rest';

interface Producer {
  readonly child: ChildProcess;
  /** Its lines so far: a number for each event that `publish` took, then the client's counters. */
  readonly lines: string[];
  readonly ended: Promise<number | null>;
}

/** A Python process that publishes the numbers from `first` on through clients/ringside.py. */
function produce(url: string, spool: string, first: number, count: number, perSecond: number): Producer {
  const program = path.join(import.meta.dirname, 'support', 'client_producer.py');
  const child = spawn('python3', [program, url, spool, String(first), String(count), String(perSecond)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, lines, ended: new Promise((resolve) => child.once('close', resolve)) };
}

const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, n) => first + n);

test('clients lose nothing and repeat nothing while server and producer are killed', async ({ ringside }) => {
  const spool = path.join(ringside.folder, 'python');
  const node = new RingsideClient({
    url: ringside.url,
    source: 'node',
    spool: path.join(ringside.folder, 'node'),
    backoffMs: [250, 500],
  });
  const publish = (first: number, count: number): void => {
    for (const id of from(first, count)) node.publish('work_claimed', { work_id: id });
  };
  publish(0, 50);
  const killed = produce(ringside.url, spool, 0, 1_000_000, 400);
  await expect.poll(() => killed.lines.length).toBeGreaterThan(100);
  const numbersOf = async (type: string): Promise<number[]> =>
    (await allEvents(ringside.url, `&type=${type}`)).map(({ payload }) => Number(payload['work_id']));
  await expect.poll(async () => (await numbersOf('WORK_QUEUED')).length).toBeGreaterThan(50);

  await ringside.stop('SIGKILL');
  publish(50, 50);
  const away = killed.lines.length;
  await expect.poll(() => killed.lines.length).toBeGreaterThan(away + 100);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const next = produce(ringside.url, spool, 1_000_000, 100, 1_000);
  await expect.poll(() => next.lines.length).toBeGreaterThan(50);
  await ringside.start();
  publish(100, 50);

  expect(await next.ended).toBe(0);
  expect(JSON.parse(next.lines.at(-1) ?? '')).toMatchObject({ left: 0, published: 100, rejected: 0 });
  expect(await node.close(30_000)).toBe(0);
  expect(await numbersOf('WORK_CLAIMED')).toEqual(from(0, 150));
  // Killed between taking an event and printing its number, it may have taken one more than it printed.
  const stored = await numbersOf('WORK_QUEUED');
  const before = stored.length - 100;
  expect(before - killed.lines.length).toBeGreaterThanOrEqual(0);
  expect(before - killed.lines.length).toBeLessThanOrEqual(1);
  expect(stored).toEqual([...from(0, before), ...from(1_000_000, 100)]);
});

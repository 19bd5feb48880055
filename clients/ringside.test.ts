import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  backoff,
  RingsideClient,
  type RingsideError,
  type RingsideEvent,
  type RingsideOptions,
} from './ringside';
import { ScriptedServer, type Behaviour } from './scripted-server.test-support';

let folder: string;
let server: ScriptedServer;
const clients: RingsideClient[] = [];

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ringside-client-'));
  server = new ScriptedServer();
  await server.start();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close(0)));
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** On a folder of its own unless given. */
function open(options: Partial<RingsideOptions> = {}): RingsideClient {
  const client = new RingsideClient({
    url: server.url,
    source: 'test',
    spool: `${spool()}-${clients.length}`,
    lingerMs: 1,
    backoffMs: [1, 4],
    ...options,
  });
  clients.push(client);
  return client;
}

const spool = (): string => path.join(folder, 'spool');
const file = (): string => path.join(spool(), 'node.ndjson');
const numbers = (events: readonly RingsideEvent[]): unknown[] => events.map(({ payload }) => payload['n']);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const publish = (client: RingsideClient, from: number, to: number): void => {
  for (let n = from; n < to; n++) client.publish('work_queued', { n });
};
const codeOf = (work: () => unknown): RingsideError['code'] | null => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as RingsideError).code;
  }
};

describe('an event', () => {
  test('has its key, its time and its producer from the moment it is published, and the call has the key', async () => {
    server.script = [{ do: 'status', status: 500 }];
    const client = open({ apiKey: 'secret', hostname: 'gh200-a' });
    const before = Date.now() / 1_000;
    const key = client.publish('new_games', { games: 3 }, { correlationId: 'c', parentEventId: 'p' });
    const after = Date.now() / 1_000;
    expect(await client.flush()).toBe(0);
    const [first, again] = server.calls;
    expect(again?.events).toEqual(first?.events);
    expect(first?.headers.authorization).toBe('Bearer secret');
    expect(server.stored).toEqual([
      {
        event_type: 'new_games',
        payload: { games: 3 },
        source: 'test',
        hostname: 'gh200-a',
        timestamp: expect.any(Number) as number,
        idempotency_key: key,
        correlation_id: 'c',
        parent_event_id: 'p',
      },
    ]);
    expect(server.stored[0]?.timestamp).toBeGreaterThanOrEqual(before);
    expect(server.stored[0]?.timestamp).toBeLessThanOrEqual(after);
  });

  test('that no server would take is refused by publish', () => {
    const client = open();
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    for (const payload of [[], null, { loss: Number.NaN }, { n: 1n }, cyclic, { text: 'x'.repeat(9e6) }])
      expect(codeOf(() => client.publish('a', payload as Record<string, unknown>))).toBe('invalid_event');
    expect(codeOf(() => client.publish('', {}))).toBe('invalid_event');
    expect(codeOf(() => client.publish('a', {}, { timestamp: Number.NaN }))).toBe('invalid_event');
    expect(client.stats()).toMatchObject({ published: 0, pending: 0 });
  });

  test('with a key of the caller counts once', async () => {
    const client = open();
    for (let time = 0; time < 3; time++) client.publish('a', { time }, { key: 'one' });
    await client.flush();
    expect(server.stored).toHaveLength(1);
    expect(client.stats()).toMatchObject({ published: 3, stored: 1, duplicates: 2, pending: 0 });
  });
});

describe('batches', () => {
  test('go when they are full, or old enough, or asked for', async () => {
    const client = open({ maxBatchEvents: 3, lingerMs: 60_000 });
    publish(client, 0, 2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.calls).toHaveLength(0);
    publish(client, 2, 3);
    await vi.waitFor(() => expect(numbers(server.stored)).toEqual(upTo(3)));
    publish(client, 3, 4);
    expect(await client.close()).toBe(0);
    const impatient = open({ lingerMs: 5 });
    publish(impatient, 4, 5);
    await vi.waitFor(() => expect(numbers(server.stored)).toEqual(upTo(5)));
  });

  test('hold no more than they may', async () => {
    const client = open({ maxBatchEvents: 10, lingerMs: 60_000 });
    publish(client, 0, 35);
    for (let n = 35; n < 40; n++) client.publish('large', { n, text: 'x'.repeat(1_500_000) });
    expect(await client.close()).toBe(0);
    expect(numbers(server.stored)).toEqual(upTo(40));
    expect(server.calls.map(({ events }) => events.length)).toEqual([10, 10, 10, 7, 2, 1]);
  });
});

describe('a server', () => {
  test('that is down gets everything when it is back', async () => {
    await server.stop();
    const errors: RingsideError[] = [];
    const client = open({ onError: (error) => errors.push(error) });
    publish(client, 0, 50);
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(2));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['not_sent']));
    publish(client, 50, 100);
    await server.start();
    expect(await client.flush()).toBe(0);
    expect(numbers(server.stored)).toEqual(upTo(100));
    expect(client.stats()).toMatchObject({ published: 100, stored: 100, duplicates: 0, pending: 0 });
  });

  test('is not asked more often because more is published while it fails', async () => {
    server.script = Array.from({ length: 50 }, () => ({ do: 'status', status: 500 }));
    const client = open({ maxBatchEvents: 2, backoffMs: [60_000, 60_000] });
    publish(client, 0, 2);
    await vi.waitFor(() => expect(client.stats().retries).toBe(1));
    publish(client, 2, 50);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.calls).toHaveLength(1);
  });

  test.each([429, 503])('that asks to wait with %s is waited for', async (status) => {
    server.script = [{ do: 'status', status, headers: { 'Retry-After': '1' } }];
    const client = open();
    publish(client, 0, 1);
    expect(await client.flush()).toBe(0);
    const [first, again] = server.calls;
    expect((again?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(995);
  });

  test.each<[string, Behaviour]>([
    ['is too slow', { do: 'hang' }],
    ['breaks the connection', { do: 'cut' }],
    ['answers no JSON', { do: 'status', status: 200, body: '<html>Welcome</html>' }],
    ['answers for other events', { do: 'status', status: 200, body: '{"results":[{"status":"stored"}]}' }],
    ['is another one', { do: 'status', status: 404 }],
    [
      'answers what is none',
      { do: 'status', status: 200, body: JSON.stringify({ results: Array(5).fill({ status: 'x' }) }) },
    ],
    ['is no Ringside', { do: 'status', status: 400, body: 'The plain HTTP request was sent to HTTPS port' }],
    ['sends elsewhere', { do: 'status', status: 302, headers: { Location: '/login' } }],
    [
      'lets nobody in',
      { do: 'status', status: 401, body: '{"error":{"code":"unauthorized","message":"m"}}' },
    ],
  ])('that %s gets the same again, and stores it once', async (_name, behaviour) => {
    server.script = [{ ...behaviour, keep: 3 } as Behaviour, behaviour];
    const client = open({ timeoutMs: 50, maxBatchEvents: 5, lingerMs: 60_000 });
    publish(client, 0, 5);
    expect(await client.flush()).toBe(0);
    expect(server.calls.map(({ events }) => numbers(events))).toEqual([upTo(5), upTo(5), upTo(5)]);
    expect(numbers(server.stored)).toEqual(upTo(5));
    expect(client.stats()).toMatchObject({ retries: 2, rejected: 0, pending: 0 });
  });
});

describe('what is refused for good', () => {
  test('is told and kept, and the others are stored', async () => {
    server.refuses = ({ payload }) =>
      Number(payload['n']) % 2 === 0 ? null : { code: 'malformed_event', message: 'odd' };
    const told: unknown[] = [];
    const client = open({
      spool: spool(),
      onRejected: (event, { code }) => {
        told.push([event.payload['n'], code]);
        throw new Error('the caller’s mistake');
      },
    });
    publish(client, 0, 6);
    expect(await client.flush()).toBe(0);
    expect(numbers(server.stored)).toEqual([0, 2, 4]);
    expect(told).toEqual([1, 3, 5].map((n) => [n, 'malformed_event']));
    const letters = fs.readFileSync(path.join(spool(), 'dead-letters.ndjson'), 'utf8').trim().split('\n');
    expect(
      letters.map((line) => JSON.parse(line) as { message: string; event: RingsideEvent }),
    ).toMatchObject(
      [1, 3, 5].map((n) => ({ code: 'malformed_event', message: 'odd', event: { payload: { n } } })),
    );
    publish(client, 6, 7);
    await client.flush();
    expect(server.calls).toHaveLength(2);
  });

  test.each([
    [400, '{"error":{"code":"bad_request","message":"m"}}'],
    [413, 'from a proxy'],
  ])('in a call that is refused as a whole (%s) is found', async (status, body) => {
    const poison = [3, 17];
    server.refusesCall = ({ events }) =>
      events.some(({ payload }) => poison.includes(Number(payload['n'])))
        ? { do: 'status', status, body, keep: 0 }
        : null;
    const rejected: unknown[] = [];
    const client = open({ maxBatchEvents: 30, onRejected: ({ payload }) => rejected.push(payload['n']) });
    publish(client, 0, 30);
    expect(await client.flush()).toBe(0);
    expect(rejected).toEqual(poison);
    expect(numbers(server.stored)).toEqual(upTo(30).filter((n) => !poison.includes(n)));
  });
});

describe('a queue', () => {
  test('that is full takes no more until there is room', async () => {
    await server.stop();
    const client = open({ spool: spool(), maxSpoolBytes: 2_000 });
    let taken = 0;
    const code = codeOf(() => {
      for (; ; taken++) client.publish('work_queued', { n: taken });
    });
    expect(code).toBe('queue_full');
    expect(taken).toBeGreaterThan(5);
    expect(fs.statSync(file()).size).toBeLessThanOrEqual(2_000);
    expect(client.stats()).toMatchObject({ published: taken, pending: taken });
    await server.start();
    expect(await client.flush()).toBe(0);
    publish(client, taken, taken + 1);
    expect(await client.flush()).toBe(0);
    expect(numbers(server.stored)).toEqual(upTo(taken + 1));
  });

  test('uses room of what is answered again while it is never empty', async () => {
    server.refusesCall = ({ events }) =>
      events.some(({ payload }) => Number(payload['n']) >= 24)
        ? { do: 'status', status: 500, keep: 0 }
        : null;
    const client = open({ spool: spool(), maxSpoolBytes: 6_000, maxBatchEvents: 3 });
    publish(client, 0, 30);
    await vi.waitFor(() => expect(client.stats().pending).toBe(6));
    publish(client, 30, 50);
    expect(fs.statSync(file()).size).toBeLessThanOrEqual(6_000);
    server.refusesCall = () => null;
    expect(await client.flush()).toBe(0);
    expect(numbers(server.stored)).toEqual(upTo(50));
    expect(fs.statSync(file()).size).toBe(20);
  });

  test('says how many are left at a deadline; the next client sends them', async () => {
    await server.stop();
    const first = open({ spool: spool() });
    publish(first, 0, 20);
    expect(await first.flush(20)).toBe(20);
    expect(await first.close(20)).toBe(20);
    expect(codeOf(() => first.publish('a', {}))).toBe('closed');
    await server.start();
    const second = open({ spool: spool() });
    expect(second.stats().pending).toBe(20);
    publish(second, 20, 25);
    expect(await second.close()).toBe(0);
    expect(numbers(server.stored)).toEqual(upTo(25));
  });

  test('sends what has its answer no second time, also from a next client', async () => {
    const first = open({ spool: spool(), maxBatchEvents: 10, backoffMs: [60_000, 60_000] });
    server.refusesCall = ({ events }) =>
      Number(events[0]?.payload['n']) < 30 ? null : { do: 'status', status: 500, keep: 0 };
    publish(first, 0, 35);
    await vi.waitFor(() => expect(first.stats()).toMatchObject({ stored: 30, retries: 1 }));
    expect(await first.close(0)).toBe(5);
    server.refusesCall = () => null;
    const second = open({ spool: spool() });
    expect(await second.flush()).toBe(0);
    expect(second.stats()).toMatchObject({ stored: 5, duplicates: 0 });
    expect(numbers(server.stored)).toEqual(upTo(35));
  });

  test('is one client’s, until it is closed or its process is gone', async () => {
    const first = open({ spool: spool() });
    expect(codeOf(() => open({ spool: spool() }))).toBe('spool_locked');
    await first.close();
    const lock = path.join(spool(), 'node.lock');
    for (const gone of ['', '4194999 1', `${process.pid} 1`]) {
      fs.writeFileSync(lock, gone);
      await open({ spool: spool() }).close();
      expect(fs.existsSync(lock)).toBe(false);
    }
  });

  test('passes over a line that a crash cut off, and tells of one that is damaged', async () => {
    await server.stop();
    const first = open({ spool: spool() });
    publish(first, 0, 3);
    await first.close(0);
    const [head = '', one = '', , three = ''] = fs.readFileSync(file(), 'utf8').split('\n');
    fs.writeFileSync(file(), `${head}\n${one}\n\0\0\0\n${three}\n{"event_type":"cut o`);
    await server.start();
    const second = open({ spool: spool() });
    publish(second, 3, 4);
    expect(await second.flush()).toBe(0);
    expect(numbers(server.stored)).toEqual([0, 2, 3]);
    expect(second.stats()).toMatchObject({ rejected: 1, stored: 3 });
    expect(fs.readFileSync(path.join(spool(), 'dead-letters.ndjson'), 'utf8')).toContain(
      '"code":"bad_request","message":"not JSON"',
    );
  });

  test('outlives kill -9 of its process between publish and answer', async () => {
    server.script = Array.from({ length: 20 }, () => ({ do: 'hang', keep: 2 }));
    const program = path.join(folder, 'producer.mjs');
    await build({
      stdin: {
        contents: `import { RingsideClient } from './ringside.ts';
          const client = new RingsideClient({ url: '${server.url}', source: 'test', spool: '${spool()}', lingerMs: 0 });
          for (let n = 0; n < 100; n++) client.publish('work_queued', { n });
          process.stdout.write('published');
          setInterval(() => undefined, 1000);`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
    });
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await vi.waitFor(() => expect(server.calls.length).toBe(1));
    expect(codeOf(() => open({ spool: spool() }))).toBe('spool_locked');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    server.script = [];
    const next = open({ spool: spool() });
    expect(await next.flush()).toBe(0);
    expect(numbers(server.stored)).toEqual(upTo(100));
    expect(next.stats()).toMatchObject({ stored: 98, duplicates: 2 });
  });
});

describe('for any sequence of failures', () => {
  const failure = fc.oneof(
    fc.record({
      do: fc.constant('status' as const),
      status: fc.constantFrom(500, 502, 429, 401, 404, 200),
      body: fc.constantFrom('', '{}', '{"results":[]}', '{"results":[{"status":"stored"}]}', '[1'),
      keep: fc.nat(8),
    }),
    fc.record({ do: fc.constantFrom('cut' as const, 'hang' as const), keep: fc.nat(8) }),
    fc.constant({ do: 'answer' as const }),
  );
  const step = fc.record({
    events: fc.nat(12),
    failures: fc.array(failure, { maxLength: 4 }),
    /** `down`: the server stops and comes back. `crash`: the producer ends without a word. */
    then: fc.constantFrom('wait' as const, 'down' as const, 'crash' as const, 'nothing' as const),
  });

  test('each event arrives, is stored once, and in order', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (steps, batch) => {
          const trial = new ScriptedServer();
          await trial.start();
          let home = path.join(folder, `run-${run++}`);
          const begin = (): RingsideClient =>
            open({
              url: trial.url,
              spool: home,
              maxBatchEvents: batch,
              timeoutMs: 15,
              maxSpoolBytes: 20_000,
            });
          let client = begin();
          let published = 0;
          for (const { events, failures, then } of steps) {
            trial.script = [...failures];
            publish(client, published, published + events);
            published += events;
            if (then === 'wait') await client.flush(5);
            if (then === 'down') {
              await trial.stop();
              await client.flush(3);
              await trial.start();
            }
            if (then === 'crash') {
              // What is on the disk at this moment is what a crash would leave.
              const copy = path.join(folder, `run-${run++}`);
              fs.cpSync(home, copy, {
                recursive: true,
                filter: (file) => path.basename(file) !== 'node.lock',
              });
              home = copy;
              await client.close(0);
              client = begin();
            }
          }
          trial.script = [];
          expect(await client.close()).toBe(0);
          await trial.stop();
          expect(numbers(trial.stored)).toEqual(upTo(published));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('waits are drawn from all up to a limit that doubles', () => {
    fc.assert(
      fc.property(
        fc.nat(2_000),
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, base, random) => {
          const wait = backoff(attempt, base, 30_000, () => random);
          expect(wait).toBeCloseTo(random * Math.min(30_000, base * 2 ** attempt), 6);
        },
      ),
    );
  });
});

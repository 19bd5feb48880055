import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestGuard } from './guard';
import { createPageServer, listen, type PageServer } from './server';

/** What the pages were asked, in order, and the answers that they still owe. */
const asked: string[] = [];
const owed: (() => void)[] = [];
const pages = (message: IncomingMessage, response: ServerResponse): void => {
  asked.push(`${message.method ?? ''} ${message.url ?? ''} ${message.headers.authorization ?? ''}`.trim());
  owed.push(() => response.end('{}'));
};
vi.mock('next', () => ({
  default: () => ({
    getRequestHandler: () => pages,
    prepare: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }),
}));

let server: PageServer;
let url: string;
let received = 0;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  server = createPageServer({
    ...{ root: '.', host: '127.0.0.1', port: 0, dev: false, behindProxy: false, guard: new RequestGuard() },
    keeper: {
      keyShown: (authorization) => authorization ?? null,
      stranger: () => null,
      heldBack: () => 0,
    },
  });
  server.http.on('request', () => received++);
  url = `http://127.0.0.1:${await listen(server.http, '127.0.0.1', 0)}`;
  await server.prepare();
});
afterAll(async () => {
  agent.destroy();
  await server.close();
});
beforeEach(() => {
  asked.length = 0;
  owed.length = 0;
  received = 0;
});

/** Resolves to the status of the answer. */
async function publish(caller: string, path = '/api/events'): Promise<number> {
  const headers = { authorization: caller, 'content-type': 'application/json' };
  const call = request(url + path, { method: 'POST', agent, headers }).end('{}');
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  await once(response.resume(), 'end');
  return response.statusCode ?? 0;
}

const begunFor = (caller: string): number => asked.filter((each) => each.endsWith(caller)).length;
/** All calls have come, and whatever turns were due are over. */
async function come(calls: number): Promise<void> {
  await expect.poll(() => received).toBe(calls);
  for (let turn = 0; turn < 50; turn++) await nextTurn();
}

/** Lets the pages answer what they are asked, until all of these have their answers. */
async function answered(calls: readonly Promise<number>[]): Promise<number[]> {
  const all = Promise.all(calls);
  const nothing = nextTurn(null);
  while ((await Promise.race([all, nothing])) === null) {
    for (const answer of owed.splice(0)) answer();
    await nextTurn();
  }
  return all;
}

/** What the server says to raw bytes, whole. */
async function said(...bytes: readonly string[]): Promise<string> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  for (const each of bytes) await new Promise((sent) => socket.write(each, sent));
  socket.end();
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

describe('listening', () => {
  it('says in one line what is wrong with an address', async () => {
    const port = Number(new URL(url).port);
    const refused = (host: string): Promise<unknown> =>
      listen(createServer(), host, port).catch((error: unknown) => error);
    expect(await refused('127.0.0.1')).toMatchObject({
      name: 'ConfigError',
      message: `cannot listen on 127.0.0.1:${port}: the port is taken: set PORT to another`,
    });
    expect(await refused('203.0.113.1')).toMatchObject({
      message: expect.stringMatching(
        /: set HOST to an address of this machine \(EADDRNOTAVAIL\)$/,
      ) as unknown,
    });
  });
});

describe('what is no request', () => {
  it('is told what is wrong, also while it is still being sent', async () => {
    const long = await said('GET /api/events?q=', ...Array<string>(40).fill('x'.repeat(100_000)));
    expect(long).toMatch(/^HTTP\/1\.1 413 .*"code":"too_large".*4,096 characters/s);
    expect(await said('GOOD MORNING\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"code":"bad_request"/s);
    expect(asked).toEqual([]);
  });

  it('is not the longest query in any script, with its page as the referrer', async () => {
    const query = encodeURIComponent('訓'.repeat(4_096));
    const headers = { referer: `${url}/events?q=${query}`, host: '127.0.0.1' };
    const call = request(`${url}/events?q=${query}`, { headers }).end();
    await expect.poll(() => owed.length).toBe(1);
    owed.pop()?.();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    response.resume();
    expect([response.statusCode, asked]).toEqual([200, [`GET /events?q=${query}`]]);
  });
});

describe('a request for a whole address', () => {
  const ask = async (address: string): Promise<number | undefined> => {
    const call = request(url, { path: address }).end();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };

  it('is one for its path, by the name in it', async () => {
    expect(await ask('http://other.example/healthz')).toBe(403);
    expect(asked).toEqual([]);
    const answer = ask(`${url}/healthz?x=1`);
    await expect.poll(() => owed.length).toBe(1);
    owed.pop()?.();
    expect([await answer, asked]).toEqual([200, ['GET /healthz?x=1']]);
  });
});

describe('calls that publish', () => {
  it('wait in their caller’s line before the pages see them, and nobody else behind it', async () => {
    const flood = Array.from({ length: 50 }, () => publish('greedy'));
    await come(50);
    // As many of one caller as are answered at a time (RequestTurns): the others were not begun.
    expect(begunFor('greedy')).toBe(32);
    const page = publish('greedy', '/models');
    await come(51);
    expect(asked.at(-1)).toBe('POST /models greedy');
    const quiet = publish('quiet');
    await come(52);
    expect(asked.at(-1)).toBe('POST /api/events quiet');
    owed.pop()?.();
    expect(await quiet).toBe(200);
    expect(asked).toHaveLength(34);
    expect(new Set(await answered([...flood, page]))).toEqual(new Set([200]));
  });
});

it('nobody makes an account by better-auth’s own path: it is refused before the pages see it', async () => {
  expect(await publish('somebody', '/api/auth/sign-up/email')).toBe(404);
  expect(asked).toEqual([]);
});

// Last: from then on callers without a key are refused early.
it('is warm in time where the door does not answer', async () => {
  await server.warm(url);
  expect(asked.map((each) => each.split(' ', 2).join(' '))).toEqual(['POST /api/events']);
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import next from 'next';
import { ADDRESS_HEADER, PATH_HEADER } from './address';
import { clientAddress } from './client-address';
import type { RequestGuard } from './guard';
import { networkOf } from './network';
import { noDoor } from './no-door';
import { RequestTurns } from './request-turns';
import { secure } from './security-headers';
import { isStreamed, limitTime } from './time-limit';

export interface PageServer {
  readonly http: Server;
  /** Loads the pages; requests that come before are answered 503. */
  prepare(): Promise<void>;
  /** Takes no new connections, lets answers that are under way finish, and ends what is still open after a second. */
  close(): Promise<void>;
}

/** How long a stop waits for answers that are under way. */
const STOP_GRACE_MS = 1_000;
/** The door is warm by then, or stays as it is. */
const WARM_MS = 2_000;

/** Node's HTTP server with Next's handler behind the guard. Times and sizes are bounded: one slow client holds up nothing. */
export function createPageServer(options: {
  root: string;
  host: string;
  port: number;
  guard: RequestGuard;
  dev: boolean;
  /** A proxy on this machine stands before the server and adds to `X-Forwarded-For`. */
  behindProxy: boolean;
  /** Whose key a header shows; null for none that is good. */
  keyShown: (authorization: string | undefined) => string | null;
}): PageServer {
  const { root, host, port, guard, dev, behindProxy, keyShown } = options;
  const pages = next({ dev, dir: root, hostname: host, port });
  let ready = false;
  const handle = pages.getRequestHandler();
  const turns = new RequestTurns();
  /** Calls that publish come one after the other's; everything else at once. */
  const inTurn = (request: IncomingMessage, response: ServerResponse): void => {
    const begin = (): void => void handle(request, response);
    if (!publishes(request)) return begin();
    const key = keyShown(request.headers.authorization);
    const caller = key === null ? networkOf(String(request.headers[ADDRESS_HEADER])) : `key ${key}`;
    if (!turns.take(caller, response, begin))
      refuse(
        response,
        429,
        'too_many_requests',
        'many calls of yours wait already: await their answers first',
        { 'Retry-After': '1' },
      );
  };
  const http = createServer(
    {
      requestTimeout: 0,
      headersTimeout: 10_000,
      // How often Node looks whether headers are late: by itself only every 30 s.
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      limitTime(request, response);
      secure(request, response, dev);
      const refusal = guard.refuse(request);
      const closed = noDoor(request.method ?? 'GET', request.url ?? '/');
      if (refusal !== null) refuse(response, 403, 'forbidden', refusal);
      else if (closed !== null) refuse(response, closed.status, closed.code, closed.message, closed.headers);
      else if (!ready) refuse(response, 503, 'unavailable', 'the server is starting', { 'Retry-After': '1' });
      else {
        request.headers[ADDRESS_HEADER] = clientAddress(request, behindProxy);
        request.headers[PATH_HEADER] = request.url ?? '/';
        inTurn(request, response);
      }
    },
  );
  const open = new Set<Socket>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    http,
    prepare: async () => {
      await pages.prepare();
      ready = true;
    },
    close: async () => {
      // Browsers open connections ahead of need. Node counts one that has not asked anything as busy, and once closed
      // no longer times it out: without an end of our own a stop waits for as long as the browser keeps it.
      const end = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, STOP_GRACE_MS);
      await new Promise<void>((resolve) => http.close(() => resolve()));
      clearTimeout(end);
      await pages.close();
    },
  };
}

/** A body of lines is one call that lasts: it has limits of its own. */
function publishes(request: IncomingMessage): boolean {
  return request.method === 'POST' && request.url?.split('?', 1)[0] === '/api/events' && !isStreamed(request);
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { code, message } }));
}

/**
 * Calls the door for events once, without an event and without credentials: the page server loads its code with the first
 * call, which takes 50 ms and more of the main thread, and everybody who publishes would wait for that.
 */
export async function warmDoor(url: string): Promise<void> {
  const call = { method: 'POST', signal: AbortSignal.timeout(WARM_MS) };
  await fetch(`${url}/api/events`, call)
    .then((refused) => refused.arrayBuffer())
    .catch(() => undefined);
}

/** Starts to listen. Rejects with one clear line when the address is taken or not ours. */
export async function listen(http: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const advice =
        error.code === 'EADDRINUSE'
          ? 'the port is taken: set PORT to another'
          : (error.code ?? error.message);
      reject(new Error(`cannot listen on ${host}:${port}: ${advice}`));
    });
    http.listen(port, host, resolve);
  });
  const address = http.address();
  return typeof address === 'object' && address ? address.port : port;
}

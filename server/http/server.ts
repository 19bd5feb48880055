import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type next from 'next';
import { ConfigError } from '../config';
import { ADDRESS_HEADER, PATH_HEADER } from '../callers/headers';
import { clientAddress } from '../callers/client-address';
import type { RequestGuard } from './guard';
import { callerOfCall, earlyRefusal, publishes, RefusalPace, type Doorkeeper } from './early-refusals';
import { noDoor } from './no-door';
import { toOriginForm } from './origin-form';
import { RequestTurns } from './request-turns';
import { secure } from './security-headers';
import { limitTime } from './time-limit';
import { answerUnreadable, MAX_HEADER_BYTES } from './unreadable';

export interface PageServer {
  readonly http: Server;
  /** Loads the pages; requests that come before are answered 503. */
  prepare(): Promise<void>;
  /** Loads what producers call first. Before it, nobody is refused early, as this call itself would be. */
  warm(url: string): Promise<void>;
  /** Takes no new connections, lets answers that are under way finish, and ends what is still open after a second. */
  close(): Promise<void>;
}

type Pages = ReturnType<typeof next>;

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
  keeper: Doorkeeper;
}): PageServer {
  const { root, host, port, guard, dev, behindProxy, keeper } = options;
  let pages: Pages | null = null;
  let handle: ReturnType<Pages['getRequestHandler']> | null = null;
  const turns = new RequestTurns();
  /** Calls that publish come one after the other's; everything else at once. */
  const inTurn = (request: IncomingMessage, response: ServerResponse): void => {
    const begin = (): void => void handle?.(request, response);
    if (!publishes(request)) return begin();
    if (!turns.take(callerOfCall(request, keeper), response, begin)) refuse(response, LINE_IS_FULL);
  };
  const pace = new RefusalPace();
  let warm = false;
  const admit = (request: IncomingMessage, response: ServerResponse): void => {
    request.headers[ADDRESS_HEADER] = clientAddress(request, behindProxy);
    request.headers[PATH_HEADER] = request.url ?? '/';
    const refusal = warm ? earlyRefusal(request, keeper) : null;
    if (refusal === null) return inTurn(request, response);
    const wait = pace.next();
    if (wait === 0) refuse(response, refusal);
    else setTimeout(() => refuse(response, refusal), wait);
  };
  const http = createServer(
    {
      requestTimeout: 0,
      headersTimeout: 10_000,
      // How often Node looks whether headers are late: by itself only every 30 s.
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (request, response) => {
      toOriginForm(request);
      limitTime(request, response);
      secure(request, response, dev);
      const refusal = guard.refuse(request);
      const closed = noDoor(request.method ?? 'GET', request.url ?? '/');
      if (refusal !== null) refuse(response, { status: 403, code: 'forbidden', message: refusal });
      else if (closed !== null) refuse(response, closed);
      else if (handle === null) refuse(response, STARTING);
      else admit(request, response);
    },
  );
  answerUnreadable(http);
  const open = new Set<Socket>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    http,
    prepare: async () => {
      // Loaded here and not above: it takes a third of a second, and no command but a start has use for it.
      const { default: create } = await import('next');
      pages = create({ dev, dir: root, hostname: host, port });
      const handler = pages.getRequestHandler();
      await pages.prepare();
      handle = handler;
    },
    warm: async (url) => {
      if (!dev) await warmDoor(url);
      warm = true;
    },
    close: async () => {
      // Browsers open connections ahead of need. Node counts one that has not asked anything as busy, and once closed
      // no longer times it out: without an end of our own a stop waits for as long as the browser keeps it.
      const end = setTimeout(() => {
        for (const socket of open) socket.destroy();
      }, STOP_GRACE_MS);
      await new Promise<void>((resolve) => http.close(() => resolve()));
      clearTimeout(end);
      await pages?.close();
    },
  };
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const STARTING: Refusal = {
  status: 503,
  code: 'unavailable',
  message: 'the server is starting',
  headers: { 'Retry-After': '1' },
};
const LINE_IS_FULL: Refusal = {
  status: 429,
  code: 'too_many_requests',
  message: 'many calls of yours wait already: await their answers first',
  headers: { 'Retry-After': '1' },
};

function refuse(response: ServerResponse, { status, code, message, headers = {} }: Refusal): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { code, message } }));
}

/**
 * Calls the door for events once, without an event and without credentials: the page server loads its code with the first
 * call, which takes 50 ms and more of the main thread, and everybody who publishes would wait for that.
 */
function warmDoor(url: string): Promise<void> {
  return new Promise((resolve) => {
    // Not by fetch: on a busy machine a start once waited for ever, and of all that it awaited only a fetch that is never
    // settled explains it. A request closes in any case.
    const call = ask(`${url}/api/events`, { method: 'POST', agent: false }, (answer) => answer.resume());
    const late = setTimeout(() => call.destroy(), WARM_MS);
    call.on('error', () => undefined);
    call.once('close', () => {
      clearTimeout(late);
      resolve();
    });
    call.end();
  });
}

/** Starts to listen. Rejects with ConfigError, in one clear line, when the address is taken or not ours. */
export async function listen(http: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const advice =
        error.code === 'EADDRINUSE'
          ? 'the port is taken: set PORT to another'
          : error.code === 'EACCES'
            ? 'ports below 1024 need rights that this user lacks: set PORT to another'
            : `set HOST to an address of this machine (${error.code ?? error.message})`;
      reject(new ConfigError(`cannot listen on ${host}:${port}: ${advice}`));
    });
    http.listen(port, host, resolve);
  });
  const address = http.address();
  return typeof address === 'object' && address ? address.port : port;
}

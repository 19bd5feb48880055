import { createServer, type Server, type ServerResponse } from 'node:http';
import next from 'next';
import type { RequestGuard } from './guard';

export interface PageServer {
  readonly http: Server;
  /** Loads the pages; requests that come before are answered 503. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

/** Node's HTTP server with Next's handler behind the guard. Times and sizes are bounded: one slow client holds up nothing. */
export function createPageServer(options: {
  root: string;
  host: string;
  port: number;
  guard: RequestGuard;
  dev: boolean;
}): PageServer {
  const { root, host, port, guard, dev } = options;
  const pages = next({ dev, dir: root, hostname: host, port });
  let ready = false;
  const handle = pages.getRequestHandler();
  const http = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      const refusal = guard.refuse(request);
      if (refusal !== null) refuse(response, 403, 'forbidden', refusal);
      else if (!ready) refuse(response, 503, 'unavailable', 'the server is starting');
      else void handle(request, response);
    },
  );
  return {
    http,
    prepare: async () => {
      await pages.prepare();
      ready = true;
    },
    close: async () => {
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
      await pages.close();
    },
  };
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    ...(status === 503 ? { 'Retry-After': '1' } : {}),
  });
  response.end(JSON.stringify({ error: { code, message } }));
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

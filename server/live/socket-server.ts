import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { ClientToServer, ServerToClient } from '../../domain/realtime/contract';
import type { RequestGuard } from '../http/guard';

export type SocketServer = Server<ClientToServer, ServerToClient>;

/** Places of both namespaces, and some for those who have not said yet where they go. */
const MAX_CONNECTIONS = 1_600;
/** A connection that does not say who it is takes a place for so long only. */
const CONNECT_MS = 5_000;
/** One event with the largest payload. Browsers have no use for more than `BROWSER_BYTES`. */
const MAX_MESSAGE_BYTES = 1_280 * 1024;
const BROWSER_BYTES = 64 * 1024;

/** What of a connection of engine.io is used here. */
interface Connection {
  on(event: 'data', listener: (data: string | ArrayBufferView) => void): void;
  close(): void;
}

/** The socket.io server that browsers and producers share, each in a namespace of its own. */
export function createSocketServer(options: {
  http: HttpServer;
  guard: RequestGuard;
  /** Whether this connection is one of a producer. */
  produces: (connection: object) => boolean;
}): SocketServer {
  const { http, guard, produces } = options;
  const io: SocketServer = new Server(http, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: CONNECT_MS,
    allowRequest: (request, decide) => {
      const refusal =
        guard.refuse(request) ?? (io.engine.clientsCount >= MAX_CONNECTIONS ? 'too many connections' : null);
      decide(refusal, refusal === null);
    },
  });
  io.engine.on('connection', (connection: Connection) => {
    connection.on('data', (data) => {
      const bytes = typeof data === 'string' ? data.length : data.byteLength;
      if (bytes > BROWSER_BYTES && !produces(connection)) connection.close();
    });
  });
  return io;
}

/** Packets that wait until a connection takes them. */
export function waitingPackets(socket: { readonly conn: unknown }): number {
  return (socket.conn as { writeBuffer: readonly unknown[] }).writeBuffer.length;
}

import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** A query at its longest in the address, once more as the referrer, and within what Next's client sends along. */
export const MAX_HEADER_BYTES = 256 * 1024;
/** A caller that is still sending reads the answer only when it is through. */
const LINGER_MS = 1_000;

const OVERFLOW = {
  status: '413 Payload Too Large',
  code: 'too_large',
  message: `address and headers together may have ${MAX_HEADER_BYTES / 1024} KiB: a query has at most 4,096 characters`,
};
const LATE = { status: '408 Request Timeout', code: 'too_slow', message: 'the headers did not come in time' };
const GARBLED = { status: '400 Bad Request', code: 'bad_request', message: 'this is no HTTP request' };

/** Answers what never becomes a request: Node by itself sends an empty page or just hangs up. */
export function answerUnreadable(http: Server): void {
  const told = new WeakSet<Duplex>();
  http.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // What still comes of the same request is unreadable, too; the first answer says it all.
    if (told.has(socket)) return;
    told.add(socket);
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const { status, code, message } = refusalOf(error.code);
    const body = JSON.stringify({ error: { code, message } });
    const head = [
      `HTTP/1.1 ${status}`,
      'Connection: close',
      'Content-Type: application/json',
      'X-Content-Type-Options: nosniff',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
    setTimeout(() => socket.destroy(), LINGER_MS);
  });
}

function refusalOf(code: string | undefined): typeof OVERFLOW {
  if (code === 'HPE_HEADER_OVERFLOW') return OVERFLOW;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? LATE : GARBLED;
}

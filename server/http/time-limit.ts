import type { IncomingMessage, ServerResponse } from 'node:http';

/** Within so long a request must have come in whole. */
const REQUEST_MS = 30_000;
const STREAMED = /^application\/(x-)?ndjson\b/i;
const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/** Whether the body is lines that come as long as they like. */
export function isStreamed(request: IncomingMessage): boolean {
  return STREAMED.test(request.headers['content-type'] ?? '');
}

/**
 * Ends a connection whose request takes too long to come in: Node's own limit knows no exception. A body of lines may take
 * any time while its door reads it (which has a limit for its pauses); what is left of it after the answer may not.
 */
export function limitTime(request: IncomingMessage, response: ServerResponse, limitMs = REQUEST_MS): void {
  const end = (): void => {
    if (request.complete || request.socket.destroyed) return;
    if (!response.headersSent) request.socket.write(TIMED_OUT);
    request.socket.destroySoon();
  };
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    clearTimeout(timer);
    if (!request.complete) timer = setTimeout(end, limitMs);
  };
  request.once('close', () => clearTimeout(timer));
  if (!isStreamed(request)) begin();
  else response.once('finish', begin);
}

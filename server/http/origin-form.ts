import type { IncomingMessage } from 'node:http';

/**
 * Makes a request that names a whole address (as a proxy does, RFC 9112 3.2.2) one for a path. The address counts instead
 * of `Host`, so what is not served here by that name is refused by it.
 */
export function toOriginForm(request: IncomingMessage): void {
  const { url = '/' } = request;
  if (url.startsWith('/') || !URL.canParse(url)) return;
  const { host, pathname, search } = new URL(url);
  request.headers.host = host;
  request.url = pathname + search;
}

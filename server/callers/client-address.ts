import type { IncomingMessage } from 'node:http';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address);
}

/**
 * The address that a request came from. A header is believed only from a proxy on this machine, and only when the server
 * is set up for one: then the last entry, which the proxy itself has added. What a client writes before it changes nothing.
 */
export function clientAddress(request: IncomingMessage, behindProxy: boolean): string {
  const peer = request.socket.remoteAddress ?? 'unknown';
  const forwarded = request.headers['x-forwarded-for'];
  if (!behindProxy || !isLoopback(peer) || forwarded === undefined) return peer;
  return String(forwarded).split(',').at(-1)?.trim() || peer;
}

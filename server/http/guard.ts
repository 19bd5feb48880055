import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Names by which this machine calls itself; a page from any other name has no business here (DNS rebinding, cross-site requests). */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Decides by `Host`, `Origin` and `Sec-Fetch-Site` whether a request may come in, over HTTP and WebSocket alike. */
export class RequestGuard {
  readonly #hosts: ReadonlySet<string>;

  /** `addresses`: also serve any IP address as Host. No page can make one its own, so rebinding gains nothing. */
  constructor(
    allowedHosts: readonly string[] = [],
    private readonly addresses = false,
  ) {
    this.#hosts = new Set([...LOOPBACK, ...allowedHosts.map((host) => host.toLowerCase())]);
  }

  /** Why the request is refused, as one line; null when it may pass. */
  refuse(request: IncomingMessage): string | null {
    const { host, origin } = request.headers;
    if (host === undefined || !this.#serves(hostname(host))) return 'this Host is not served here';
    if (origin !== undefined && !this.#ownOrigin(origin, host))
      return 'requests from other sites are refused';
    const site = request.headers['sec-fetch-site'];
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (site === 'cross-site' && (changes || origin !== undefined))
      return 'requests from other sites are refused';
    return null;
  }

  #serves(name: string): boolean {
    return this.#hosts.has(name) || (this.addresses && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0);
  }

  /** An origin is ours when it is the very host that was asked; another port on this machine is another site. */
  #ownOrigin(origin: string, host: string): boolean {
    if (!URL.canParse(origin)) return false;
    return new URL(origin).host === host.toLowerCase();
  }
}

/** The name in a `Host` header, without its port. */
function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}

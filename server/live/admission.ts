import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Socket } from 'socket.io';
import { may, type Permission } from '../../domain/access/permissions';
import type { Principal } from '../../domain/access/principal';
import type { ClientToServer, ServerToClient } from '../../domain/realtime/contract';
import type { Access } from '../auth/access';
import { ADDRESS_HEADER } from '../http/address';
import { clientAddress } from '../http/client-address';

type LiveSocket = Socket<ClientToServer, ServerToClient>;

/** What each event of the socket asks for: all of them are asked at the handshake already. */
export const SOCKET_EVENTS = {
  connect: 'read',
  'live:subscribe': 'read',
  'live:unsubscribe': 'read',
  'feed:subscribe': 'read',
  'feed:unsubscribe': 'read',
} as const satisfies Record<'connect' | keyof ClientToServer, Permission>;

/** How often open connections are looked at; a change of access is looked at at once. */
const LOOK_MS = 3_000;
/** A refused client gets its reason, then loses its connection. */
const REFUSED_MS = 500;

export interface AdmissionOptions {
  readonly access: Pick<Access, 'principal' | 'refresh' | 'onChange'>;
  readonly behindProxy: boolean;
  readonly sockets: () => Iterable<LiveSocket>;
  readonly log: Logger;
}

/** Decides who may connect, and ends the connections of those who may not any more. */
export class Admission {
  readonly #principals = new WeakMap<LiveSocket, Principal>();
  readonly #timer: NodeJS.Timeout;
  readonly #forget: () => void;
  #looking = false;
  #again = false;

  constructor(private readonly options: AdmissionOptions) {
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    this.#forget = options.access.onChange(() => void this.#look());
  }

  /** Lets a socket in or tells it why not: middleware of socket.io. */
  readonly admit = (socket: LiveSocket, next: (error?: Error) => void): void => {
    void this.#admit(socket).then((refusal) => {
      if (refusal === null) {
        next();
        return;
      }
      setTimeout(() => socket.conn.close(), REFUSED_MS).unref();
      next(Object.assign(new Error(refusal.message), { data: refusal }));
    });
  };

  async #admit(socket: LiveSocket): Promise<{ code: string; message: string } | null> {
    try {
      const headers = headersOf(socket.request, this.options.behindProxy);
      const principal = await this.options.access.principal(headers);
      if (principal === null) return { code: 'unauthorized', message: 'sign in, or send a key' };
      if (!may(principal.role, SOCKET_EVENTS.connect))
        return { code: 'forbidden', message: `${principal.name} is ${principal.role} and may not read` };
      this.#principals.set(socket, principal);
      return null;
    } catch (error) {
      if (error instanceof Error && error.name === 'AccessError')
        return { code: 'unauthorized', message: error.message };
      this.options.log.warn({ err: error }, 'a browser could not be let in: accounts cannot be read');
      return { code: 'unavailable', message: 'accounts cannot be read right now; trying again' };
    }
  }

  /** Looks at all open connections; a change meanwhile is looked at right after. */
  async #look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    try {
      await this.#check();
    } catch (error) {
      this.options.log.warn({ err: error }, 'open connections could not be checked: accounts cannot be read');
    } finally {
      this.#looking = false;
    }
    if (!this.#again) return;
    this.#again = false;
    await this.#look();
  }

  async #check(): Promise<void> {
    const open = [...this.options.sockets()].flatMap((socket) => {
      const principal = this.#principals.get(socket);
      return principal && principal.kind !== 'local' ? [{ socket, principal }] : [];
    });
    if (open.length === 0) return;
    const present = await this.options.access.refresh(open.map(({ principal }) => principal));
    open.forEach(({ socket, principal }, at) => this.#compare(socket, principal, present[at] ?? null));
  }

  #compare(socket: LiveSocket, before: Principal, now: Principal | null): void {
    if (now === null || !may(now.role, 'read')) {
      socket.emit('server:access', { state: 'ended', message: 'your access has ended: sign in again' });
      socket.disconnect(true);
    } else if (now.role !== before.role) {
      this.#principals.set(socket, now);
      socket.emit('server:access', { state: 'changed', message: `your role is ${now.role} now` });
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#forget();
  }
}

/** The headers of a handshake as doors see them, with the address of the connection. */
function headersOf(request: IncomingMessage, behindProxy: boolean): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  headers.set(ADDRESS_HEADER, clientAddress(request, behindProxy));
  return headers;
}

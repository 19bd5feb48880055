import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { may, type Permission } from '../../domain/access/permissions';
import type { Principal } from '../../domain/access/principal';
import type { AccessChange, ClientToServer } from '../../domain/realtime/contract';
import type { ProducerToServer } from '../../domain/realtime/producers';
import type { Access } from '../auth/access';
import { ADDRESS_HEADER } from '../callers/headers';
import { clientAddress } from '../callers/client-address';

/** What of a socket is needed to let it in, to tell it of a change, and to end it. */
interface AdmittedSocket {
  readonly request: IncomingMessage;
  readonly conn: { close(): void };
  readonly handshake: { readonly auth: Readonly<Record<string, unknown>> };
  emit(event: 'server:access', change: AccessChange): boolean;
  disconnect(close?: boolean): unknown;
}

/** What each event of a page's socket asks for: all of them are asked at the handshake already. */
export const SOCKET_EVENTS = {
  connect: 'read',
  'live:subscribe': 'read',
  'live:unsubscribe': 'read',
  'feed:subscribe': 'read',
  'feed:unsubscribe': 'read',
} as const satisfies Record<'connect' | keyof ClientToServer, Permission>;

/** The same of a producer's socket. */
export const PRODUCER_EVENTS = {
  connect: 'publish',
  publish: 'publish',
} as const satisfies Record<'connect' | keyof ProducerToServer, Permission>;

/** How often open connections are looked at; a change of access is looked at at once. */
const LOOK_MS = 3_000;
/** A refused client gets its reason, then loses its connection. */
const REFUSED_MS = 500;

export interface AdmissionOptions<S extends AdmittedSocket> {
  readonly access: Pick<Access, 'principal' | 'refresh' | 'onChange'>;
  readonly behindProxy: boolean;
  readonly permission: Permission;
  readonly sockets: () => { readonly size: number } & Iterable<S>;
  /** Sockets that may be open at a time. */
  readonly most: number;
  readonly log: Logger;
}

/** Decides who may connect, and ends the connections of those who may not any more. */
export class Admission<S extends AdmittedSocket> {
  readonly #principals = new WeakMap<S, Principal>();
  readonly #timer: NodeJS.Timeout;
  readonly #forget: () => void;
  #looking = false;
  #again = false;

  constructor(private readonly options: AdmissionOptions<S>) {
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
    this.#forget = options.access.onChange(() => void this.#look());
  }

  /** Lets a socket in or tells it why not: middleware of socket.io. */
  readonly admit = (socket: S, next: (error?: Error) => void): void => {
    void this.#admit(socket).then((refusal) => {
      if (refusal === null) {
        next();
        return;
      }
      setTimeout(() => socket.conn.close(), REFUSED_MS).unref();
      next(Object.assign(new Error(refusal.message), { data: refusal }));
    });
  };

  async #admit(socket: S): Promise<{ code: string; message: string } | null> {
    const { access, permission, sockets, most } = this.options;
    if (sockets().size >= most) return { code: 'unavailable', message: 'too many connections are open' };
    try {
      const principal = await access.principal(this.#headersOf(socket));
      if (principal === null) return { code: 'unauthorized', message: 'sign in, or send a key' };
      if (!may(principal.role, permission))
        return {
          code: 'forbidden',
          message: `${principal.name} is ${principal.role} and may not ${permission}`,
        };
      this.#principals.set(socket, principal);
      return null;
    } catch (error) {
      if (error instanceof Error && error.name === 'AccessError')
        return { code: 'unauthorized', message: error.message };
      this.options.log.warn({ err: error }, 'a connection could not be let in: accounts cannot be read');
      return { code: 'unavailable', message: 'accounts cannot be read right now; trying again' };
    }
  }

  /** The headers of the handshake as doors see them; a client that cannot set any sends its key beside them. */
  #headersOf({ request, handshake }: S): Headers {
    const headers = headersOf(request, this.options.behindProxy);
    const { key } = handshake.auth;
    if (typeof key === 'string' && !headers.has('authorization'))
      headers.set('authorization', `Bearer ${key.replace(/[^\x21-\x7e]/g, '')}`);
    return headers;
  }

  /** Who this socket was let in as, with the role of now; null when it was not. */
  principalOf(socket: S): Principal | null {
    return this.#principals.get(socket) ?? null;
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

  #compare(socket: S, before: Principal, now: Principal | null): void {
    if (now === null || !may(now.role, this.options.permission)) {
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

import type { Role } from './permissions';

/** Who asks, as the server found out. Doors and procedures take it from their context only. */
export interface Principal {
  /**
   * `local`: a visitor of a server without accounts. `cli`: a command line that can read the data folder. `user`: a person
   * with a session. `key`: a program.
   */
  readonly kind: 'local' | 'cli' | 'user' | 'key';
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly via: 'loopback' | 'data folder' | 'session' | 'key';
  /** Where the request came from; no header of the client can change it. */
  readonly address: string;
  /** Of a user. */
  readonly email?: string;
  /** Of a user: the session that it asks with. */
  readonly sessionId?: string;
  /** Of a key: what it may publish as; null for no limit. */
  readonly scope?: Scope;
}

export interface Scope {
  readonly sources: readonly string[] | null;
  /** Canonical event types. */
  readonly types: readonly string[] | null;
}

/** What the page shows of its visitor. */
export interface Visitor {
  readonly name: string;
  readonly role: Role;
  readonly kind: Principal['kind'];
  /** Of a user. */
  readonly email: string | null;
}

/** Why an event is outside a key's scope, as one line; null when it is inside. */
export function outOfScope(
  scope: Scope | undefined,
  event: { source: string; eventType: string },
): string | null {
  if (!scope) return null;
  if (scope.sources !== null && !scope.sources.includes(event.source))
    return `this key may not publish as source "${event.source}"; it may as ${scope.sources.join(', ')}`;
  if (scope.types !== null && !scope.types.includes(event.eventType))
    return `this key may not publish ${event.eventType}; it may ${scope.types.join(', ')}`;
  return null;
}

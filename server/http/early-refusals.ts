import type { IncomingMessage } from 'node:http';
import { NOBODY } from '../api/refusals/permitted';
import { BAD_KEY } from '../auth/access';
import { ADDRESS_HEADER } from '../callers/headers';
import { networkOf } from '../callers/network';
import { isGuarded } from './no-door';
import { isStreamed } from './time-limit';

/** What is known of callers at once, without the database. */
export interface Doorkeeper {
  /** Whose key a header shows; null for none that is good. */
  keyShown(authorization: string | undefined): string | null;
  /** Why a request can be nobody's; null when it may be somebody's. */
  stranger(authorization: string | undefined, cookie: string | undefined): 'bad key' | 'nobody' | null;
  /** Milliseconds for which nothing is left of a caller's share; 0 when there is. */
  heldBack(caller: string): number;
}

/** Why a request is refused without the page server, which would take a millisecond to say the same. */
export interface EarlyRefusal {
  readonly status: 401 | 429;
  readonly code: 'unauthorized' | 'too_many_requests';
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A call that publishes. A body of lines is one call that lasts: it has limits of its own. */
export function publishes(request: IncomingMessage): boolean {
  return request.method === 'POST' && request.url?.split('?', 1)[0] === '/api/events' && !isStreamed(request);
}

/** In whose line a call that publishes waits, and whose share it counts on. */
export function callerOfCall({ headers }: IncomingMessage, keeper: Doorkeeper): string {
  const key = keeper.keyShown(headers.authorization);
  return key === null ? networkOf(String(headers[ADDRESS_HEADER])) : `key ${key}`;
}

/** Refuses who can be nobody, and who has nothing left of a share; null for all who must be looked at. */
export function earlyRefusal(request: IncomingMessage, keeper: Doorkeeper): EarlyRefusal | null {
  const { method = 'GET', url = '/', headers } = request;
  if (!isGuarded(method, url)) return null;
  const stranger = keeper.stranger(headers.authorization, headers.cookie);
  if (stranger !== null)
    return {
      status: 401,
      code: 'unauthorized',
      message: stranger === 'bad key' ? BAD_KEY : NOBODY,
      headers: { 'WWW-Authenticate': 'Bearer' },
    };
  const wait = publishes(request) ? keeper.heldBack(callerOfCall(request, keeper)) : 0;
  if (wait === 0) return null;
  return {
    status: 429,
    code: 'too_many_requests',
    message: 'all that you may publish in this second has come: send fewer, or more slowly',
    headers: { 'Retry-After': String(Math.max(1, Math.ceil(wait / 1_000))) },
  };
}

/** Refusals a second that are answered at once, and how long the further ones wait. */
const AT_ONCE = 200;
const LATER_MS = 250;

/** Lets a flood of refusals be as slow as its own open connections make it: an answer at once would only ask for the next. */
export class RefusalPace {
  #second = 0;
  #answered = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Milliseconds until the next refusal is answered. */
  next(): number {
    const second = Math.floor(this.now() / 1_000);
    if (second !== this.#second) this.#answered = 0;
    this.#second = second;
    return ++this.#answered > AT_ONCE ? LATER_MS : 0;
  }
}

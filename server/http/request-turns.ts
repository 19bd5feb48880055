import type { EventEmitter } from 'node:events';

export interface RequestTurnsOptions {
  /** Requests that one turn of the event loop begins: each costs about a millisecond. */
  readonly perTurn?: number;
  /** Requests of one caller that are being answered at a time. */
  readonly ownInWork?: number;
  /** Requests of one caller that may wait. */
  readonly perCaller?: number;
  /** Goes on in another turn of the event loop. */
  readonly later?: (work: () => void) => void;
}

interface Waiting {
  readonly begin: () => void;
  /** Whoever asked has gone, or the answer is out. */
  closed: boolean;
  begun: boolean;
}

/**
 * Callers take turns before their requests are looked at: a page server spends as much on one small call as the router on a
 * hundred events, so thousands of them from one caller would hold up everybody's turn of the event loop. What waits has
 * not been read, so that its sender is slowed and nobody else. Requests of one caller stay in their order.
 */
export class RequestTurns {
  /** Those who wait, in the order of their turns. */
  readonly #lines = new Map<string, Waiting[]>();
  /** Those whose next turn comes when something of theirs is answered. */
  readonly #resting = new Map<string, Waiting[]>();
  readonly #inWork = new Map<string, number>();
  readonly #options: Required<RequestTurnsOptions>;
  /** Requests begun in this turn of the event loop. */
  #begun = 0;
  #scheduled = false;

  constructor(options: RequestTurnsOptions = {}) {
    this.#options = { perTurn: 4, ownInWork: 32, perCaller: 1_000, later: setImmediate, ...options };
  }

  /** Runs `begin` when it is the caller's turn; its work ends when the answer closes. False: too many of the caller's wait. */
  take(caller: string, answer: EventEmitter, begin: () => void): boolean {
    const known = this.#lines.get(caller) ?? this.#resting.get(caller);
    if ((known?.length ?? 0) >= this.#options.perCaller) return false;
    const request: Waiting = { begin, closed: false, begun: false };
    answer.once('close', () => this.#closed(caller, request));
    if (known) known.push(request);
    else this.#lineUp(caller, [request]);
    this.#pump();
    return true;
  }

  #pump(): void {
    while (this.#begun < this.#options.perTurn) {
      const next = this.#lines.entries().next().value;
      if (next === undefined) break;
      this.#turnOf(...next);
    }
    if (this.#begun === 0 || this.#scheduled) return;
    this.#scheduled = true;
    this.#options.later(() => {
      this.#scheduled = false;
      this.#begun = 0;
      this.#pump();
    });
  }

  /** The first in line is begun, and the caller goes to the end. */
  #turnOf(caller: string, line: Waiting[]): void {
    this.#lines.delete(caller);
    const request = line.shift();
    if (request !== undefined && !request.closed) {
      request.begun = true;
      this.#begun++;
      this.#inWork.set(caller, (this.#inWork.get(caller) ?? 0) + 1);
      request.begin();
    }
    if (line.length > 0) this.#lineUp(caller, line);
  }

  #lineUp(caller: string, line: Waiting[]): void {
    const rests = (this.#inWork.get(caller) ?? 0) >= this.#options.ownInWork;
    (rests ? this.#resting : this.#lines).set(caller, line);
  }

  #closed(caller: string, request: Waiting): void {
    request.closed = true;
    if (!request.begun) return;
    const left = (this.#inWork.get(caller) ?? 1) - 1;
    if (left > 0) this.#inWork.set(caller, left);
    else this.#inWork.delete(caller);
    const resting = this.#resting.get(caller);
    if (resting !== undefined) {
      this.#resting.delete(caller);
      this.#lineUp(caller, resting);
    }
    this.#pump();
  }
}

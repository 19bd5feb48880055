/** Events of one connection that are taken in before the first of them is committed: more is not read, but left with the sender. */
const AHEAD = 128;

/** What of a connection of engine.io is used here; `socket` is that of its WebSocket. */
export interface ReadConnection {
  readonly transport: { readonly socket?: { pause(): void; resume(): void } };
}

/**
 * Reads a producer's connection no faster than its events are committed, and not at all for a while when it is above its
 * share: what it sends meanwhile stays with it. A connection by polling has no such brake; its calls are refused one by one.
 */
export class Reading {
  #waiting = 0;
  #held: NodeJS.Timeout | null = null;
  #paused = false;

  constructor(private readonly connection: ReadConnection) {}

  /** So many events were taken in. */
  began(events: number): void {
    this.#waiting += events;
    this.#decide();
  }

  /** So many were answered. */
  ended(events: number): void {
    this.#waiting -= events;
    this.#decide();
  }

  /** Reads nothing for so long. */
  hold(milliseconds: number): void {
    if (this.#held !== null) return;
    this.#held = setTimeout(() => {
      this.#held = null;
      this.#decide();
    }, milliseconds);
    this.#decide();
  }

  #decide(): void {
    const pause = this.#held !== null || this.#waiting >= AHEAD;
    if (pause === this.#paused) return;
    this.#paused = pause;
    const { socket } = this.connection.transport;
    if (pause) socket?.pause();
    else socket?.resume();
  }

  close(): void {
    if (this.#held !== null) clearTimeout(this.#held);
  }
}

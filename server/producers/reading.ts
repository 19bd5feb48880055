/** Events of one connection that are taken in before the first of them is committed: more is not read, but left with the sender. */
const AHEAD = 128;

/**
 * Connections that are read again, one in a turn of the event loop: what waits of one is up to 64 KiB, whose events take
 * milliseconds. Without it their answers, what comes in place of them and its preparing were one piece of work.
 */
export class ReadTurns {
  readonly #waiting = new Set<() => void>();
  #scheduled = false;

  constructor(private readonly later: (work: () => void) => void = setImmediate) {}

  add(read: () => void): void {
    this.#waiting.add(read);
    this.#schedule();
  }

  remove(read: () => void): void {
    this.#waiting.delete(read);
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.size === 0) return;
    this.#scheduled = true;
    this.later(() => {
      this.#scheduled = false;
      const [read] = this.#waiting;
      if (read === undefined) return;
      this.#waiting.delete(read);
      read();
      this.#schedule();
    });
  }
}

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

  constructor(
    private readonly connection: ReadConnection,
    private readonly turns: ReadTurns,
  ) {}

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
    if (!pause) return this.turns.add(this.#resume);
    this.turns.remove(this.#resume);
    this.connection.transport.socket?.pause();
  }

  readonly #resume = (): void => this.connection.transport.socket?.resume();

  close(): void {
    this.turns.remove(this.#resume);
    if (this.#held !== null) clearTimeout(this.#held);
  }
}

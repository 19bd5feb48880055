import type { StoredEvent } from '../../../domain/events/envelope';

/** Producers differ by seconds, and a spool or a slow node by minutes; what is older than this is of another time. Seconds. */
const LATE_S = 600;
/** A backlog comes in one go: it has ended when nothing late has come for so long. */
const QUIET_MS = 2_000;
/** Putting state in order folds all of history, so one event in so many must have come late. */
const WORTH = 1_000;
/** After it took so long, it is not done again before so many times as long have passed. */
const REST = 20;

/**
 * Counts the events that came long after others that happened later (the backlog of a log, an import beside a running
 * cluster), and calls `due` once they are many and no more come.
 */
export class Latecomers {
  #count = 0;
  #timer: NodeJS.Timeout | null = null;
  #notBefore = 0;
  #stopped = false;

  /**
   * @param total events folded so far
   * @param moreToCome a backlog is known to be under way, however long nothing of it has come
   */
  constructor(
    private readonly due: () => void,
    private readonly total: () => number,
    private readonly moreToCome: () => boolean = () => false,
    private readonly quietMs = QUIET_MS,
  ) {}

  get count(): number {
    return this.#count;
  }

  /**
   * Looks at events that are about to be folded; `clock` as the fold has it. Also behind the wall, because where a
   * simulation runs ahead of it, what happens now is not late.
   */
  look(events: readonly StoredEvent[], clock: number | null): void {
    if (clock === null) return;
    const limit = Math.min(clock, Date.now() / 1_000) - LATE_S;
    let late = 0;
    for (const { timestamp, duplicateOf } of events) if (timestamp < limit && duplicateOf === null) late++;
    this.add(late);
  }

  /** Late events that were counted before: by the run of the server before, or for an order that did not come about. */
  add(late: number): void {
    if (late === 0) return;
    this.#count += late;
    this.#wait(this.quietMs);
  }

  /** So many of those counted are in their place now. */
  settle(late: number): void {
    this.#count -= late;
  }

  /** @param ms how long it took to put state in order, or to fail in it */
  rest(ms: number): void {
    this.#notBefore = Date.now() + REST * ms;
    if (this.#count > 0) this.#wait(this.quietMs);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = this.#stopped ? null : setTimeout(() => this.#judge(), ms).unref();
  }

  #judge(): void {
    if (this.#count * WORTH < this.total()) return;
    if (this.moreToCome()) return this.#wait(this.quietMs);
    const early = this.#notBefore - Date.now();
    if (early > 0) this.#wait(early);
    else this.due();
  }
}

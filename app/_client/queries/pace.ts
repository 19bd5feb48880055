/** Milliseconds between two questions while one change follows the other; the last for as long as that goes on. */
const PAUSES_MS = [500, 1_000, 2_000, 5_000] as const;
/** A change that comes so long after the last question is a first one again. */
const QUIET_MS = 5_000;

/**
 * When to ask again after a change: at once after a quiet time, and seldom while changes go on. The press of a button is
 * several changes within a second, the last of which counts: it must not wait as long as a busy cluster's thousandth.
 */
export class Pace {
  #askedAt = -Infinity;
  #inARow = 0;

  /** Milliseconds from a change at `now` to the question that it leads to. */
  changed(now: number): number {
    const since = now - this.#askedAt;
    if (since >= QUIET_MS) this.#inARow = 0;
    const pause = this.#inARow === 0 ? 0 : (PAUSES_MS[this.#inARow - 1] ?? QUIET_MS);
    return Math.max(0, pause - since);
  }

  asks(now: number): void {
    this.#askedAt = now;
    this.#inARow += 1;
  }
}

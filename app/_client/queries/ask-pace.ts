/** Milliseconds from one question to the next while one change follows the other: at first these, then the lasting pause. */
const PAUSES_MS = [500, 1_000, 2_000] as const;
/** A change that comes so long after the last question is a first one again. */
const LASTING_PAUSE_MS = 5_000;

/**
 * When to ask again after a change: at once after a quiet time, and seldom while changes go on. The press of a button is
 * several changes within a second, the last of which counts: it must not wait as long as a busy cluster's thousandth.
 */
export class AskPace {
  #askedAt = -Infinity;
  #inARow = 0;

  /** Milliseconds from a change at `now` to the question that it leads to. */
  changed(now: number): number {
    const since = now - this.#askedAt;
    if (since >= LASTING_PAUSE_MS) this.#inARow = 0;
    const pause = this.#inARow === 0 ? 0 : (PAUSES_MS[this.#inARow - 1] ?? LASTING_PAUSE_MS);
    return Math.max(0, pause - since);
  }

  asks(now: number): void {
    this.#askedAt = now;
    this.#inARow += 1;
  }
}

/**
 * Asks at the pace of changes, one question at a time: what changes while an answer is under way is asked for after it, so
 * that a slow server has no more to do than a quick one, and its answers are shown.
 */
export class Asking {
  readonly #pace = new AskPace();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #underWay = false;
  #owed = false;

  /** `ask` resolves when its answer is there, or has failed. */
  constructor(private readonly ask: () => Promise<unknown>) {}

  changed(): void {
    if (this.#underWay) this.#owed = true;
    else this.#timer ??= setTimeout(() => void this.#asks(), this.#pace.changed(performance.now()));
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#owed = false;
  }

  async #asks(): Promise<void> {
    this.#timer = null;
    this.#underWay = true;
    this.#pace.asks(performance.now());
    await this.ask();
    this.#underWay = false;
    if (!this.#owed) return;
    this.#owed = false;
    this.changed();
  }
}

/** Events per wall-clock second, over the last minute. */
export class RateMeter {
  readonly #seconds = new Uint32Array(61);
  #at: number;
  peak = 0;

  constructor(private readonly now: () => number) {
    this.#at = Math.floor(now());
  }

  add(count: number): void {
    this.#advance();
    const slot = this.#at % this.#seconds.length;
    this.#seconds[slot] = (this.#seconds[slot] ?? 0) + count;
  }

  /** Mean over the last `seconds` whole seconds (at most 60). */
  perSecond(seconds: number): number {
    const recent = this.lastMinute().slice(-seconds);
    return recent.reduce((sum, count) => sum + count, 0) / seconds;
  }

  /** The last 60 whole seconds, oldest first. */
  lastMinute(): number[] {
    this.#advance();
    return Array.from(
      { length: 60 },
      (_, index) => this.#seconds[(this.#at + 1 + index) % this.#seconds.length] ?? 0,
    );
  }

  #advance(): void {
    const now = Math.floor(this.now());
    const passed = Math.min(now - this.#at, this.#seconds.length);
    if (passed > 0) this.peak = Math.max(this.peak, this.#seconds[this.#at % this.#seconds.length] ?? 0);
    for (let step = 1; step <= passed; step++)
      this.#seconds[(now - passed + step) % this.#seconds.length] = 0;
    if (now > this.#at) this.#at = now;
  }
}

/** So much is saved up while little is sent. */
const SAVED_MS = 1_000;

/** Bytes that may be sent, refilled as time passes: a token bucket whose clock is handed in (milliseconds). */
export class Allowance {
  #bytes: number;
  #at: number | null = null;

  constructor(private readonly bytesPerSecond: number) {
    this.#bytes = (bytesPerSecond * SAVED_MS) / 1000;
  }

  /** What may be sent at this moment. */
  at(now: number): number {
    const passed = this.#at === null ? 0 : Math.max(0, now - this.#at);
    this.#at = now;
    const most = (this.bytesPerSecond * SAVED_MS) / 1000;
    this.#bytes = Math.min(most, this.#bytes + (passed * this.bytesPerSecond) / 1000);
    return this.#bytes;
  }

  spend(bytes: number): void {
    this.#bytes -= bytes;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProducerLimitError } from './errors';

/** So many events each caller may publish in a second; null for any number. */
export class PublishLimits {
  readonly #limiter: RateLimiterMemory | null;
  /** Until when nothing is left for callers who spent all; by `performance.now`. */
  readonly #spent = new Map<string, number>();

  constructor(private readonly perSecond: number | null) {
    this.#limiter = perSecond === null ? null : new RateLimiterMemory({ points: perSecond, duration: 1 });
  }

  /** Throws ProducerLimitError when this would be more than the caller's share of this second; then nothing was spent. */
  async spend(caller: string, events: number): Promise<void> {
    const wait = await this.#spend(caller, events);
    if (wait === null) return;
    throw new ProducerLimitError(
      `more than ${this.perSecond ?? 0} events in a second: send fewer, or more slowly`,
      wait,
    );
  }

  /** Resolves when the caller's share allows it. Rejects with an AbortError when the signal says so. */
  async wait(caller: string, events: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      const wait = await this.#spend(caller, events);
      if (wait === null) return;
      await sleep(wait, undefined, signal ? { signal } : {});
    }
  }

  /** Milliseconds until the caller may publish anything at all; 0 when it may now. */
  heldBack(caller: string): number {
    const wait = (this.#spent.get(caller) ?? 0) - performance.now();
    if (wait > 0) return wait;
    this.#spent.delete(caller);
    return 0;
  }

  #noteSpent(caller: string, before: number, { msBeforeNext }: RateLimiterRes): void {
    if (before >= (this.perSecond ?? Infinity)) this.#spent.set(caller, performance.now() + msBeforeNext);
  }

  /** Null when it was spent, else the milliseconds until more may be. */
  async #spend(caller: string, events: number): Promise<number | null> {
    if (this.#limiter === null) return null;
    try {
      const left = await this.#limiter.consume(caller, events);
      this.#noteSpent(caller, left.consumedPoints, left);
      return null;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      this.#noteSpent(caller, error.consumedPoints - events, error);
      // What was not let in must not use up what smaller calls may still have.
      await this.#limiter.reward(caller, events);
      return Math.max(1, error.msBeforeNext);
    }
  }
}

import type { PublishRequest, PublishResult } from '../router/types';
import { ProducerLimitError } from './errors';
import { FairTurns, type FairTurnsOptions } from './fair-turns';
import { PublishLimits } from './publish-limits';

/** Streams that one caller may have open, and all callers together. */
const STREAMS_PER_CALLER = 4;
const STREAMS = 64;
const BUSY_MS = 5_000;

export interface ProducersOptions extends FairTurnsOptions {
  readonly publish: (requests: readonly PublishRequest[]) => Promise<readonly PublishResult[]>;
  /** Events per caller and second; null for any number. */
  readonly perSecond: number | null;
}

/** A body of any length on its way in. */
export interface ProducerStream {
  /** As `publish`, but waits for the caller's share instead of refusing. `cost`: events that count. */
  publish(requests: readonly PublishRequest[], cost: number): Promise<readonly PublishResult[]>;
  end(): void;
}

/** The way in for events of others: within each caller's share, in fair turns, and only then to the router. */
export class Producers {
  readonly #limits: PublishLimits;
  readonly #turns: FairTurns;
  readonly #streams = new Map<string, number>();
  #open = 0;
  #refused = 0;

  constructor({ publish, perSecond, ...turns }: ProducersOptions) {
    this.#limits = new PublishLimits(perSecond);
    this.#turns = new FairTurns(publish, turns);
  }

  /** Publishes the events of one call. Rejects with ProducerLimitError, when nothing was stored, or as the router does. */
  async publish(
    caller: string,
    requests: readonly PublishRequest[],
    cost: number,
  ): Promise<readonly PublishResult[]> {
    try {
      await this.#limits.spend(caller, Math.max(1, cost));
      return await this.#turns.take(caller, requests);
    } catch (error) {
      if (error instanceof ProducerLimitError) this.#refused += cost;
      throw error;
    }
  }

  /**
   * Milliseconds for which a caller's calls need not be read, as nothing is left of its share; 0 where they must be. A call
   * that is refused for it counts as one event.
   */
  heldBack(caller: string): number {
    const wait = this.#limits.heldBack(caller);
    if (wait > 0) this.#refused++;
    return wait;
  }

  /** Events refused because their caller was above its share. */
  get refused(): number {
    return this.#refused;
  }

  /** Begins a stream; `signal` ends its waiting. Throws ProducerLimitError when too many are open. */
  stream(caller: string, signal: AbortSignal): ProducerStream {
    const own = this.#streams.get(caller) ?? 0;
    if (own >= STREAMS_PER_CALLER || this.#open >= STREAMS)
      throw new ProducerLimitError(
        own >= STREAMS_PER_CALLER
          ? `${own} streams of yours are open already: end one first`
          : 'too many streams are open: try again',
        BUSY_MS,
      );
    this.#streams.set(caller, own + 1);
    this.#open++;
    let before: Promise<unknown> = Promise.resolve();
    return {
      publish: (requests, cost) => {
        // One waits after the other: a smaller part must not get ahead of a larger one before it.
        const allowed = before.then(() => this.#limits.wait(caller, Math.max(1, cost), signal));
        before = allowed.catch(() => undefined);
        return allowed.then(() => this.#turns.take(caller, requests));
      },
      end: () => this.#ended(caller),
    };
  }

  #ended(caller: string): void {
    this.#open--;
    const left = (this.#streams.get(caller) ?? 1) - 1;
    if (left > 0) this.#streams.set(caller, left);
    else this.#streams.delete(caller);
  }
}

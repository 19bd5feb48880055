import type { EventFilter } from '../../../domain/realtime/contract';
import { cancellable } from './cancel';
import { HistoryUnavailableError } from '../errors';
import type { ReaderPool } from './reader-pool';
import type { Summary, SummaryOptions } from '../query-types';

/** Counts that wait for the counting thread, and those that take as long as they need: who comes later is asked to come again. */
const MOST = { summary: 32, exactSummary: 4 } as const;
/** A thread that nobody asks for so long ends, and gives its memory back. */
const IDLE_MS = 120_000;

/** Counts have a thread of their own, so that they never delay a list. It starts with the first of them, and ends after the last. */
export class Counters {
  #pool: ReaderPool | null = null;
  readonly #asked = { summary: 0, exactSummary: 0 };
  #idle: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly start: () => ReaderPool,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Whether the thread runs. */
  get running(): boolean {
    return this.#pool !== null;
  }

  /** Starts the thread where a count is to be expected: it reads meanwhile what the first one would have to. */
  prepare(): void {
    if (this.#pool !== null) return;
    this.#pool = this.start();
    // Only ever a gain of time: who counts meets the same trouble, and tells.
    this.#pool.ask('prepareCounts').catch(() => undefined);
    this.#wait(this.idleMs);
  }

  async ask(
    method: keyof typeof MOST,
    filter: EventFilter,
    options: SummaryOptions,
    signal: AbortSignal | undefined,
  ): Promise<Summary> {
    if (this.#asked[method] >= MOST[method])
      throw new HistoryUnavailableError('busy', 'too many counts wait already');
    this.#asked[method] += 1;
    this.#wait(null);
    try {
      return await cancellable(signal, (flag) => {
        this.#pool ??= this.start();
        return this.#pool.ask(method, filter, options, flag);
      });
    } finally {
      this.#asked[method] -= 1;
      if (this.#asked.summary + this.#asked.exactSummary === 0) this.#wait(this.idleMs);
    }
  }

  #wait(ms: number | null): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = ms === null || this.#pool === null ? null : setTimeout(() => void this.close(), ms).unref();
  }

  /** Ends the thread; the next question starts another one. */
  async close(): Promise<void> {
    this.#wait(null);
    const pool = this.#pool;
    this.#pool = null;
    await pool?.close();
  }
}

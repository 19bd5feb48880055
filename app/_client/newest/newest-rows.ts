import { mergeNewest } from '@/components/overview/selectors';
import type { EventRow } from '@/domain/events/envelope';

const SHOW_INTERVAL_MS = 100;
/** When whole lists go by between two showings nobody can read them anyway: then it is once a second. */
const RUSH_INTERVAL_MS = 1_000;

/**
 * The newest rows for a list. Takes frames as fast as they come, shows them at a readable pace, and holds still while
 * somebody is about to click.
 */
export class NewestRows {
  #newest: readonly EventRow[];
  #shown: readonly EventRow[];
  #held = false;
  /** Rows since the last showing. */
  #came = 0;
  #shownAt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();

  /** `initial` ascending by seq, as feeds deliver. */
  constructor(
    initial: readonly EventRow[],
    private readonly limit: number,
  ) {
    this.#newest = this.#shown = mergeNewest([], initial, limit);
  }

  readonly shown = (): readonly EventRow[] => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  take(rows: readonly EventRow[], reset: boolean): void {
    this.#newest = mergeNewest(reset ? [] : this.#newest, rows, this.limit);
    this.#came += rows.length;
    this.#timer ??= setTimeout(() => this.#due(), SHOW_INTERVAL_MS);
  }

  /** The next older ones, in any order. True while more would be shown. */
  older(rows: readonly EventRow[]): boolean {
    const last = this.#newest.at(-1)?.seq ?? Infinity;
    const below = rows.filter((row) => row.seq < last).sort((a, b) => b.seq - a.seq);
    this.#newest = [...this.#newest, ...below].slice(0, this.limit);
    if (!this.#held) this.#show();
    return this.#newest.length < this.limit;
  }

  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.#show();
  }

  #due(): void {
    const rush = this.#came > this.limit && Date.now() - this.#shownAt < RUSH_INTERVAL_MS;
    this.#timer = rush ? setTimeout(() => this.#due(), RUSH_INTERVAL_MS - SHOW_INTERVAL_MS) : null;
    if (!rush && !this.#held) this.#show();
  }

  #show(): void {
    this.#came = 0;
    this.#shownAt = Date.now();
    if (this.#shown === this.#newest) return;
    this.#shown = this.#newest;
    for (const listener of this.#listeners) listener();
  }
}

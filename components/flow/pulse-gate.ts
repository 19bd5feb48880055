/** At most four pulses a second run along an edge; what comes in between rides on the next one, as a number. */
export const PULSE_INTERVAL_MS = 250;

/** Decides when the next pulse of an edge may start and how many events it stands for. Times are milliseconds. */
export class PulseGate {
  #waiting = 0;
  #lastAt = -Infinity;

  add(events: number): void {
    this.#waiting += events;
  }

  /** Milliseconds until a pulse may start; null when there is nothing to carry. */
  dueIn(now: number): number | null {
    return this.#waiting === 0 ? null : Math.max(0, this.#lastAt + PULSE_INTERVAL_MS - now);
  }

  /** The events of the pulse that starts now; 0 when none may. */
  take(now: number): number {
    if (this.dueIn(now) !== 0) return 0;
    const events = this.#waiting;
    this.#waiting = 0;
    this.#lastAt = now;
    return events;
  }

  /** Forgets what waits: nobody was looking. */
  drop(): void {
    this.#waiting = 0;
  }
}

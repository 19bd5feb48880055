import type { Timers } from './timers';

interface Due {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes only when a test says so. */
export class FakeTimers implements Timers {
  private time = 0;
  private due: Due[] = [];

  /** Timers that are set. */
  get pending(): number {
    return this.due.length;
  }

  now(): number {
    return this.time;
  }

  set(run: () => void, ms: number): () => void {
    const entry = { at: this.time + ms, run };
    this.due.push(entry);
    return () => {
      this.due = this.due.filter((other) => other !== entry);
    };
  }

  /** Lets `ms` pass and runs what falls due, in order. */
  pass(ms: number): void {
    const until = this.time + ms;
    for (let next = this.next(until); next !== undefined; next = this.next(until)) {
      this.due = this.due.filter((other) => other !== next);
      this.time = next.at;
      next.run();
    }
    this.time = until;
  }

  private next(until: number): Due | undefined {
    return this.due.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets promise reactions run, without real time passing. */
export async function turns(count = 20): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

import type { Trouble } from '../errors';

/** A lock is everyday; only one that lasts is worth a line. */
const LOCK_GRACE_MS = 1000;

/** Remembers what is wrong with one side of the file (reading or writing). */
export class TroubleWatch {
  #trouble: Trouble | null = null;
  #lockedSince: number | null = null;

  get current(): Trouble | null {
    return this.#trouble;
  }

  /** True when there is something new to tell. */
  failed(trouble: Trouble, nowMs: number): boolean {
    if (trouble.kind === 'locked') {
      this.#lockedSince ??= nowMs;
      if (nowMs - this.#lockedSince < LOCK_GRACE_MS) return false;
    }
    const news = this.#trouble?.line !== trouble.line;
    this.#trouble = trouble;
    return news;
  }

  worked(): boolean {
    this.#lockedSince = null;
    const news = this.#trouble !== null;
    this.#trouble = null;
    return news;
  }
}

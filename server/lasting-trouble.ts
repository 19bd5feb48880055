/**
 * Told at once, and as over only when nothing failed for a while: on a disk that is nearly full small transactions succeed
 * among large ones that fail.
 */
export class LastingTrouble<T> {
  #current: T | null = null;
  #end: NodeJS.Timeout | null = null;

  constructor(
    private readonly onEnd: () => void,
    private readonly calmMs = 3_000,
  ) {}

  get current(): T | null {
    return this.#current;
  }

  failed(trouble: T): void {
    this.close();
    this.#current = trouble;
  }

  worked(): void {
    if (this.#current === null || this.#end !== null) return;
    this.#end = setTimeout(() => {
      this.#end = null;
      this.#current = null;
      this.onEnd();
    }, this.calmMs);
    this.#end.unref();
  }

  /** It ends no more. */
  close(): void {
    if (this.#end) clearTimeout(this.#end);
    this.#end = null;
  }
}

import type { PublishResult } from '../types';

/** The answer to one call of a publisher: complete when each of its events has a result. */
export class Job {
  readonly done: Promise<readonly PublishResult[]>;
  private readonly results: PublishResult[];
  private open: number;
  private failure: { readonly error: unknown } | null = null;
  private resolve!: (results: readonly PublishResult[]) => void;
  private reject!: (error: unknown) => void;

  constructor(size: number) {
    this.results = new Array<PublishResult>(size);
    this.open = size;
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    if (size === 0) this.resolve(this.results);
  }

  settle(index: number, result: PublishResult): void {
    this.results[index] = result;
    this.close();
  }

  /** The event could not be made durable. The call as a whole fails, because its publisher has to repeat it. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.close();
  }

  private close(): void {
    if (--this.open > 0) return;
    if (this.failure === null) this.resolve(this.results);
    else this.reject(this.failure.error);
  }
}

import { Worker, type ResourceLimits } from 'node:worker_threads';
import { BadQueryError, HistoryUnavailableError, SearchDeadlineError, unavailable } from '../errors';
import type { ReadStore } from './read-store';

/** The methods of ReadStore, asked across threads. */
type Method = {
  [Name in keyof ReadStore]: ReadStore[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof ReadStore];
export interface ReadRequest {
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}
export type ReadReply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** What a reader thread is started with. */
export interface ReaderData {
  readonly file: string;
  readonly cacheKb: number;
  readonly warm: boolean;
}
interface ReaderKind extends Omit<ReaderData, 'file'> {
  readonly limits: ResourceLimits;
}

/**
 * The main thread's large young generation (decision 0021) would be memory for nothing in these. What the system caches need
 * not be cached again: of the file only the upper pages of its trees are worth a place here.
 */
export const SEARCHER: ReaderKind = {
  cacheKb: 6_144,
  warm: true,
  limits: { maxYoungGenerationSizeMb: 12 },
};
export const COUNTER: ReaderKind = {
  cacheKb: 2_048,
  warm: false,
  limits: { maxYoungGenerationSizeMb: 6, maxOldGenerationSizeMb: 256 },
};

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One reader thread and the questions that wait for it. */
class Reader {
  readonly #waiting = new Map<number, Waiting>();
  readonly #worker: Worker;
  #nextId = 1;
  #failed: Error | null = null;
  readonly #ended: Promise<void>;

  constructor(workerPath: string, file: string, { cacheKb, warm, limits }: ReaderKind) {
    this.#worker = new Worker(workerPath, {
      workerData: { file, cacheKb, warm } satisfies ReaderData,
      resourceLimits: limits,
    });
    this.#ended = new Promise((resolve) =>
      this.#worker.once('exit', () => {
        // Whoever still waited for a long count.
        this.#fail(new Error('it was closed'));
        resolve();
      }),
    );
    this.#worker.on('message', (reply: ReadReply) => this.#settle(reply));
    this.#worker.on('error', (error) =>
      this.#fail(error instanceof Error ? error : new Error(String(error))),
    );
  }

  get load(): number {
    return this.#waiting.size;
  }

  get failed(): boolean {
    return this.#failed !== null;
  }

  ask(method: Method, args: readonly unknown[]): Promise<unknown> {
    if (this.#failed) return Promise.reject(this.#failed);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args } satisfies ReadRequest);
    });
  }

  #settle(reply: ReadReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (!waiting) return;
    if (!('error' in reply)) waiting.resolve(reply.result);
    else if (reply.error.code === 'bad_query') waiting.reject(new BadQueryError(reply.error.message));
    else if (reply.error.code === 'search_deadline') waiting.reject(new SearchDeadlineError());
    else waiting.reject(unavailable(reply.error.code, reply.error.message));
  }

  #fail(error: Error): void {
    this.#failed = new HistoryUnavailableError('reader_failed', `a history reader stopped: ${error.message}`);
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failed);
    this.#waiting.clear();
  }

  async close(): Promise<void> {
    this.#worker.postMessage('close');
    await this.#ended;
  }
}

/**
 * A few reader threads: a slow question (a rare word over years) holds up one of them, never the main thread. Each
 * question is a single statement, so no read transaction stays open to keep the WAL from being checkpointed.
 */
export class ReaderPool {
  readonly #readers: Reader[];
  #closed = false;

  constructor(
    private readonly workerPath: string,
    private readonly file: string,
    private readonly kind: ReaderKind,
    size: number,
  ) {
    this.#readers = Array.from({ length: size }, () => new Reader(workerPath, file, kind));
  }

  /** Questions that are not answered yet. */
  get load(): number {
    return this.#readers.reduce((sum, { load }) => sum + load, 0);
  }

  /** Asks the least busy reader. Rejects with BadQueryError or HistoryUnavailableError. */
  ask<Name extends Method>(
    method: Name,
    ...args: Parameters<ReadStore[Name]>
  ): Promise<Awaited<ReturnType<ReadStore[Name]>>> {
    if (this.#closed) return Promise.reject(new HistoryUnavailableError('closed', 'history is closed'));
    const dead = this.#readers.findIndex((reader) => reader.failed);
    if (dead >= 0) this.#readers[dead] = new Reader(this.workerPath, this.file, this.kind);
    const reader = this.#readers.reduce((least, other) => (other.load < least.load ? other : least));
    return reader.ask(method, args) as Promise<Awaited<ReturnType<ReadStore[Name]>>>;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#readers.map((reader) => reader.close()));
  }
}

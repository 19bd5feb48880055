import { Worker } from 'node:worker_threads';
import { workerFile } from '../../worker-file';
import { EventsDbError } from './errors';
import type { ForwardedRow, FromWorker, OutRow, ToWorker, WorkerSettings } from './worker/protocol';

type Incoming = Exclude<FromWorker, { kind: 'forwarded' | 'refused' }>;

interface Waiting {
  readonly resolve: (rows: readonly ForwardedRow[]) => void;
  readonly reject: (error: Error) => void;
}

const GONE = new EventsDbError({
  state: 'waiting',
  kind: 'other',
  line: 'The thread that owns events.db ended: starting it again.',
});

/** One worker thread with its messages: requests as promises, everything else to `onMessage`. */
export class WorkerLink {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;
  #ended = false;
  readonly #exit: Promise<void>;

  private constructor(
    worker: Worker,
    onMessage: (message: Incoming) => void,
    onEnd: (error: unknown) => void,
  ) {
    this.#worker = worker;
    let cause: unknown = null;
    worker.on('error', (error) => (cause = error));
    worker.on('message', (message: FromWorker) => this.#take(message, onMessage));
    this.#exit = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#ended = true;
        for (const { reject } of this.#waiting.values()) reject(GONE);
        this.#waiting.clear();
        resolve();
        onEnd(cause);
      });
    });
  }

  static async start(
    settings: WorkerSettings,
    onMessage: (message: Incoming) => void,
    onEnd: (error: unknown) => void,
  ): Promise<WorkerLink> {
    const file = await workerFile('bridge.worker', import.meta.url);
    return new WorkerLink(new Worker(file, { workerData: settings, name: 'events-db' }), onMessage, onEnd);
  }

  #take(message: FromWorker, onMessage: (message: Incoming) => void): void {
    if (message.kind !== 'forwarded' && message.kind !== 'refused') {
      onMessage(message);
      return;
    }
    const waiting = this.#waiting.get(message.request);
    this.#waiting.delete(message.request);
    if (message.kind === 'forwarded') waiting?.resolve(message.rows);
    else waiting?.reject(new EventsDbError(message.trouble));
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Rejects with an EventsDbError; then it is not certain whether the rows were inserted. */
  forward(rows: readonly OutRow[], lookUpAbove: number | null): Promise<readonly ForwardedRow[]> {
    if (this.#ended) return Promise.reject(GONE);
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.post({ kind: 'forward', request, rows, lookUpAbove });
    });
  }

  async stop(): Promise<void> {
    if (!this.#ended) this.post({ kind: 'stop' });
    await this.#exit;
  }
}

import { Worker } from 'node:worker_threads';
import { workerFile } from '../../process/worker-file';
import { EventsDbError } from './errors';
import type { RawRow } from './rows/parse-row';
import type {
  ForwardedRow,
  FromWorker,
  OutRow,
  PeerReport,
  RowReport,
  ToWorker,
  WorkerSettings,
} from './worker/protocol';

/** What answers a question; everything else comes unasked. */
type Answer = Extract<FromWorker, { readonly request: number }>;
export type Incoming = Exclude<FromWorker, Answer>;

interface Waiting {
  readonly resolve: (answer: Answer) => void;
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
    return new WorkerLink(
      new Worker(file, {
        workerData: settings,
        name: 'events-db',
        resourceLimits: { maxYoungGenerationSizeMb: 6 },
      }),
      onMessage,
      onEnd,
    );
  }

  #take(message: FromWorker, onMessage: (message: Incoming) => void): void {
    if (!('request' in message)) {
      onMessage(message);
      return;
    }
    const waiting = this.#waiting.get(message.request);
    this.#waiting.delete(message.request);
    if (message.kind === 'refused') waiting?.reject(new EventsDbError(message.trouble));
    else waiting?.resolve(message);
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  /** Rejects with an EventsDbError; then it is not certain whether the rows were inserted. */
  async forward(rows: readonly OutRow[], lookUpAbove: number | null): Promise<readonly ForwardedRow[]> {
    const answer = await this.#ask((request) => ({ kind: 'forward', request, rows, lookUpAbove }));
    return answer.kind === 'forwarded' ? answer.rows : [];
  }

  /** Rejects with an EventsDbError while the file cannot be read. */
  async peers(): Promise<PeerReport> {
    const answer = await this.#ask((request) => ({ kind: 'peers', request }));
    if (answer.kind !== 'peers') throw GONE;
    return answer.report;
  }

  /** The row of this id as it stands in the file now; null for none. Rejects with an EventsDbError. */
  async row(rowId: number): Promise<RawRow | null> {
    const answer = await this.#ask((request) => ({ kind: 'row', request, rowId }));
    return answer.kind === 'row' ? answer.row : null;
  }

  /** A row with its acks and subscribers. Rejects with an EventsDbError while the file cannot be read. */
  async delivery(rowId: number): Promise<RowReport> {
    const answer = await this.#ask((request) => ({ kind: 'delivery', request, rowId }));
    if (answer.kind !== 'delivery') throw GONE;
    return answer.report;
  }

  #ask(question: (request: number) => ToWorker): Promise<Answer> {
    if (this.#ended) return Promise.reject(GONE);
    const request = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request, { resolve, reject });
      this.post(question(request));
    });
  }

  async stop(): Promise<void> {
    if (!this.#ended) this.post({ kind: 'stop' });
    await this.#exit;
  }
}

import { LastingTrouble } from '../../lasting-trouble';
import { Worker } from 'node:worker_threads';
import { DatabaseError } from '../../../db/errors';
import { HistoryUnavailableError, unavailable } from '../errors';
import { handedOver } from '../hand-over';
import { packRows } from './packed-rows';
import type { WorkerReady, WriteOperation, WriteOutcome, WriteReply, WriteRequest } from './protocol';
import type { NewEvent } from '../types';

/**
 * What callers hand in. Events become rows when they are posted, not before: rows that waited outlived a collection of
 * the young generation or two, and copying them was a tenth of what collecting cost.
 */
export type Write =
  | Exclude<WriteOperation, { readonly kind: 'append' }>
  | { readonly kind: 'append'; readonly events: readonly NewEvent[] };

/** A caller's operations, committed together, and its promise. */
interface Waiting {
  readonly index: boolean;
  readonly operations: readonly Write[];
  readonly rows: number;
  readonly resolve: (outcomes: readonly WriteOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

type Committed = Extract<WriteReply, { readonly outcomes: unknown }>;

/** A transaction takes at most so many rows: while it commits, the callers of the one before prepare the next. */
const GROUP_ROWS = 1_000;
/** So many rows are worth a transaction of their own; where none is under way, fewer. */
const SEND_AT_ONCE_ROWS = 250;
const HEAD_START_ROWS = 32;
/** Two groups on their way: the thread finds the next one waiting when it has committed the first. */
const GROUPS_IN_FLIGHT = 2;

/** A write that changes nothing anyone reads, but needs what every write needs: space, permission, the lock. */
const probe = (): Write => ({
  kind: 'snapshot',
  name: 'probe',
  version: '',
  seq: 0,
  data: new Uint8Array(4_096),
});
const PROBE_MS = 1_000;

/** Who hears of what the thread answered. */
export interface WriterListeners {
  onCommit(milliseconds: number): void;
  /** What stops history from taking events, as one line; null when it takes them again. */
  onTrouble(line: string | null): void;
}

/**
 * The main thread's side of the writer: group commit. While transactions are under way, callers queue up, and all that
 * waits goes into the next one; a promise resolves only when its transaction is on disk.
 */
export class WriterClient {
  readonly #queue: Waiting[] = [];
  /**
   * What the thread works on, in the order in which it answers. A list, not a map: a map that entries come and go in is
   * made anew all the time, and what its former self held is taken for alive until the old generation is collected.
   */
  readonly #inFlight: { readonly id: number; readonly group: readonly Waiting[] }[] = [];
  #nextId = 1;
  #waitingRows = 0;
  #sending: NodeJS.Immediate | null = null;
  #probe: NodeJS.Timeout | null = null;
  #stopped: HistoryUnavailableError | null = null;
  readonly #trouble = new LastingTrouble<string>(() => this.heard.onTrouble(null));

  private constructor(
    private readonly worker: Worker,
    private readonly heard: WriterListeners,
  ) {
    worker.on('message', (reply: WriteReply) => this.#settle(reply));
    worker.on('error', (error) =>
      this.#stop(
        `the history writer stopped: ${error instanceof Error ? error.message : String(error)}; restart Ringside`,
      ),
    );
    worker.on('exit', () => this.#stop('the history writer has ended'));
  }

  /** Starts the thread, which opens and migrates the database. Rejects with DatabaseError when it cannot. */
  static async start(workerPath: string, data: { file: string; migrations: string }, heard: WriterListeners) {
    const worker = new Worker(workerPath, {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    const ready = await new Promise<WorkerReady>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    if (!ready.ready) {
      await worker.terminate();
      const code =
        ready.code === 'newer_version' || ready.code === 'not_a_database' ? ready.code : 'unusable';
      throw new DatabaseError(code, ready.message);
    }
    worker.removeAllListeners('error');
    return { client: new WriterClient(worker, heard), headSeq: ready.headSeq };
  }

  /** Why transactions fail, as one line; null once they succeed again. */
  get trouble(): string | null {
    return this.#trouble.current;
  }

  #tell(trouble: string): void {
    const before = this.trouble;
    this.#trouble.failed(trouble);
    if (trouble !== before) this.heard.onTrouble(trouble);
  }

  /** Commits the operations in one transaction, after all handed in before. */
  write(operations: readonly Write[]): Promise<readonly WriteOutcome[]> {
    return this.#enqueue(operations, false);
  }

  /** Resolves when all that was handed in before can be found by its words. */
  async index(): Promise<void> {
    await this.#enqueue([], true);
  }

  #enqueue(operations: readonly Write[], index: boolean): Promise<readonly WriteOutcome[]> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    const rows = operations.reduce(
      (sum, operation) => sum + (operation.kind === 'append' ? operation.events.length : 1),
      0,
    );
    return new Promise((resolve, reject) => {
      this.#queue.push({ operations, index, rows, resolve, reject });
      this.#waitingRows += rows;
      // Small ones wait for this turn's other publishers, so that all go into one transaction; a full load goes at once.
      if (this.#waitingRows >= (this.#inFlight.length === 0 ? HEAD_START_ROWS : SEND_AT_ONCE_ROWS))
        this.#send();
      else this.#sending ??= setImmediate(() => this.#send());
    });
  }

  get pending(): number {
    return this.#queue.length + this.#inFlight.length;
  }

  #send(): void {
    if (this.#sending) clearImmediate(this.#sending);
    this.#sending = null;
    if (this.#queue.length === 0 || this.#inFlight.length >= GROUPS_IN_FLIGHT) return;
    let rows = 0;
    let count = 0;
    for (const waiting of this.#queue) {
      if (count > 0 && rows + waiting.rows > GROUP_ROWS) break;
      rows += waiting.rows;
      count++;
    }
    this.#waitingRows -= rows;
    this.#post(this.#queue.splice(0, count));
  }

  #post(group: readonly Waiting[]): void {
    const operations = this.#packed(group);
    if (operations === null) return;
    const id = this.#nextId++;
    this.#inFlight.push({ id, group });
    const index = group.some((waiting) => waiting.index);
    this.worker.postMessage({ id, operations, index } satisfies WriteRequest, buffersOf(operations));
  }

  /** Null when an event is none: whoever handed these in is told, and nobody waits for ever. */
  #packed(group: readonly Waiting[]): readonly WriteOperation[] | null {
    try {
      return group.flatMap((waiting) => waiting.operations.map(asPosted));
    } catch (error) {
      for (const waiting of group) waiting.reject(error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  }

  #settle(reply: WriteReply): void {
    const at = this.#inFlight.findIndex(({ id }) => id === reply.id);
    const group = this.#inFlight[at]?.group ?? [];
    if (at >= 0) this.#inFlight.splice(at, 1);
    if ('error' in reply) this.#failed(group, reply.error);
    else this.#committed(group, reply);
    this.#send();
  }

  #committed(group: readonly Waiting[], { outcomes, commitMs, indexError }: Committed): void {
    this.#trouble.worked();
    // Who waits for the index commits nothing, which is quick.
    if (outcomes.length > 0) this.heard.onCommit(commitMs);
    let at = 0;
    for (const waiting of group) {
      if (waiting.index && indexError) waiting.reject(unavailable(indexError.code, indexError.message));
      else waiting.resolve(outcomes.slice(at, at + waiting.operations.length));
      at += waiting.operations.length;
    }
  }

  #failed(group: readonly Waiting[], { code, message }: { code: string; message: string }): void {
    const error = unavailable(code, message);
    this.#tell(error.message);
    for (const waiting of group) waiting.reject(error);
    this.#probeSoon();
  }

  /** On a quiet server nobody else would find out that the trouble has ended. */
  #probeSoon(): void {
    if (this.#probe) return;
    this.#probe = setTimeout(() => {
      this.#probe = null;
      if (this.trouble !== null) this.write([probe()]).catch(() => undefined);
    }, PROBE_MS);
    this.#probe.unref();
  }

  #stop(reason: string): void {
    if (this.#stopped) return;
    this.#stopped = new HistoryUnavailableError('writer_stopped', reason);
    this.#tell(reason);
    for (const waiting of [...this.#inFlight.flatMap(({ group }) => group), ...this.#queue])
      waiting.reject(this.#stopped);
    this.#inFlight.length = 0;
    this.#queue.length = 0;
    this.#waitingRows = 0;
  }

  /** Waits until all that was handed in is committed or refused. */
  async settled(): Promise<void> {
    while (this.pending > 0) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits for what was handed in, then closes the database. */
  async close(): Promise<void> {
    await this.settled();
    if (this.#stopped) return;
    const ended = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    this.#stopped = new HistoryUnavailableError('closed', 'history is closed');
    this.worker.postMessage('close');
    await ended;
  }
}

function asPosted(write: Write): WriteOperation {
  return write.kind === 'append' ? { kind: 'append', rows: packRows(write.events) } : write;
}

/** Handed over, not copied: the state of a thousand nodes takes 15 MB. */
function buffersOf(operations: readonly WriteOperation[]): ArrayBuffer[] {
  return operations.flatMap((each) => {
    // The keys of the rows lie behind their numbers.
    if (each.kind === 'append') return each.rows.numbers.buffer as ArrayBuffer;
    return handedOver(
      each.kind === 'snapshot' ? each.data : each.kind === 'values' ? each.values.bytes : null,
    );
  });
}

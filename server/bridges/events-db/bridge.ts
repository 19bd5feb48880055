import { hostname as machineName } from 'node:os';
import type { BridgeEntity } from '../../../domain/realtime/entities';
import type { NewDeadLetter } from '../../history/letters/letter-types';
import type { BridgeCursor, History } from '../../history/types';
import type { LogRow } from '../../router/types';
import type { Bridge, BridgeLog } from '../types';
import { CursorKeeper, firstCursor } from './cursor-keeper';
import { toOutRow } from './rows/cross-process-names';
import { FORWARD_BATCH, Forwarder, historyTrouble } from './forwarder';
import { ownRowsAhead } from './own-rows';
import { subscriberIdOf } from './queue/queue-subscribers';
import type { CreateMode } from './place';
import { untilItWorks } from './retry';
import { StatusBoard } from './status-board';
import type { Incoming } from './worker-link';
import { WorkerLink } from './worker-link';
import { EventsDbError } from './errors';
import type { RawRow } from './rows/parse-row';
import type { Batch, FromWorker, PeerReport, RowReport, Tuning } from './worker/protocol';
import { DEFAULT_TUNING } from './worker/protocol';

export interface EventsDbBridgeOptions {
  readonly file: string;
  readonly create: CreateMode;
  readonly history: Pick<History, 'cursorOf' | 'outbox' | 'outboxPending' | 'markForwarded'>;
  /**
   * Commits rows, dead letters and cursor in one transaction of history; the next batches wait for it. Answers how many dead
   * letters there are then: some rows are refused by the router only.
   */
  readonly ingest: (
    rows: readonly LogRow[],
    deadLetters: readonly NewDeadLetter[],
    cursor: BridgeCursor,
  ) => Promise<{ readonly deadLetters: number }>;
  readonly onStatus?: (entity: BridgeEntity) => void;
  readonly log: BridgeLog;
  readonly hostname?: string;
  readonly tuning?: Partial<Tuning>;
}

type Opened = Extract<FromWorker, { kind: 'opened' }>;
type Adopted = Extract<FromWorker, { kind: 'adopted' }>;

export const EVENTS_DB_BRIDGE = 'events_db';
/** The name under which RingRift's processes see us among the subscribers. */
const PROCESS_NAME = 'ringside';
const RESTART_MS = 500;
const STARTING = {
  state: 'waiting',
  kind: 'other',
  line: 'The thread that owns events.db is starting.',
} as const;
const STOPPED = {
  state: 'error',
  kind: 'other',
  line: 'The bridge to events.db has stopped.',
} as const;

/** The bridge to RingRift's `events.db`: its worker reads and writes the file, this side talks to history and router. */
export class EventsDbBridge implements Bridge {
  readonly name = EVENTS_DB_BRIDGE;
  readonly #options: EventsDbBridgeOptions;
  readonly #board: StatusBoard;
  readonly #abort = new AbortController();
  #keeper = new CursorKeeper(firstCursor(EVENTS_DB_BRIDGE));
  #forwarder: Forwarder | null = null;
  #link: WorkerLink | null = null;
  /** Messages are handled one after the other: a batch is in history before the next is looked at. */
  #inbox: Promise<void> = Promise.resolve();
  #restart: NodeJS.Timeout | null = null;
  #stopping: Promise<void> | null = null;

  constructor(options: EventsDbBridgeOptions) {
    this.#options = options;
    this.#board = new StatusBoard(
      this.name,
      options.file,
      options.log,
      options.onStatus ?? (() => undefined),
    );
  }

  async start(): Promise<void> {
    const cursor = await this.#options.history.cursorOf(this.name);
    if (cursor) this.#keeper = new CursorKeeper(cursor);
    this.#forwarder = new Forwarder({
      history: this.#options.history,
      keeper: this.#keeper,
      board: this.#board,
      signal: this.#abort.signal,
      send: (rows, lookUpAbove) => {
        return this.#worker().forward(rows, lookUpAbove);
      },
    });
    this.#forwarder.start();
    await this.#startWorker();
  }

  notify(): void {
    this.#forwarder?.notify();
  }

  status(): BridgeEntity {
    return this.#board.entity;
  }

  /** The name under which the shared file knows this server. */
  get subscriberId(): string {
    return subscriberIdOf(this.#hostname, PROCESS_NAME, 'stable');
  }

  /** The queue's subscribers, RingRift's and our own. Rejects with an EventsDbError while the file cannot be read. */
  async peers(): Promise<PeerReport> {
    return this.#answering().peers();
  }

  /** A row as it stands in the file now; null when it is gone. Rejects with an EventsDbError. */
  async row(rowId: number): Promise<RawRow | null> {
    return this.#answering().row(rowId);
  }

  /** A row of the file, who acked it, and how far the others are. Rejects with an EventsDbError. */
  async delivery(rowId: number): Promise<RowReport> {
    return this.#answering().delivery(rowId);
  }

  /** The highest seq of history that was forwarded or needed no forwarding. */
  get forwardedSeq(): number {
    return this.#keeper.cursor.forwardedSeq;
  }

  get #hostname(): string {
    return this.#options.hostname ?? machineName();
  }

  /** The worker for a question from outside: who asks while the bridge stops need not wait for it. */
  #answering(): WorkerLink {
    if (this.#stopping) throw new EventsDbError(STOPPED);
    return this.#worker();
  }

  #worker(): WorkerLink {
    if (!this.#link) throw new EventsDbError(STARTING);
    return this.#link;
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    if (this.#restart) clearTimeout(this.#restart);
    this.#abort.abort();
    await this.#forwarder?.stopped();
    await this.#link?.stop();
    await this.#inbox;
    this.#board.phase('stopped');
    this.#board.close();
  }

  async #startWorker(): Promise<void> {
    const { incarnation, readRowId, backfill } = this.#keeper.cursor;
    const settings = {
      file: this.#options.file,
      create: this.#options.create,
      processName: PROCESS_NAME,
      hostname: this.#hostname,
      position: incarnation === '' ? null : { incarnation, readRowId, backfill: backfill ?? null },
      tuning: { ...DEFAULT_TUNING, ...this.#options.tuning },
    };
    this.#link = await WorkerLink.start(
      settings,
      (message) => this.#receive(message),
      (error) => this.#workerEnded(error),
    );
  }

  #receive(message: Incoming): void {
    if (message.kind === 'trouble') {
      this.#board.trouble('reading', message.reading);
      this.#board.trouble('writing', message.writing);
      return;
    }
    if (message.kind === 'batch') this.#board.received();
    this.#inbox = this.#inbox.then(async () => {
      if (message.kind === 'batch') await this.#take(message);
      else if (message.kind === 'opened') await this.#opened(message);
      else await this.#adopted(message);
    });
  }

  async #take(batch: Batch): Promise<void> {
    const { rows, deadLetters, position } = batch;
    let letters = 0;
    const save = async (cursor: BridgeCursor): Promise<void> => {
      if (rows.length + deadLetters.length === 0) return;
      letters = (await this.#options.ingest(rows, deadLetters, cursor)).deadLetters;
    };
    const committed = await this.#persist(async () => {
      await this.#keeper.change(position, save);
      return true;
    });
    if (!committed) return;
    this.#link?.post({ kind: 'ingested', batch: batch.batch });
    this.#board.count({ rows_read: batch.looked, dead_letters: letters });
    this.#board.figures({ read_row_id: position.readRowId });
    this.#board.through(batch.live ? Math.max(0, Date.now() - batch.noticedAt) : null);
    if (!batch.live || position.backfill === null) this.#board.progress(batch.progress);
  }

  /** Before the tail may start: which rows ahead of it are our own. */
  async #opened(message: Opened): Promise<void> {
    await this.#forwarder?.pause();
    const { history } = this.#options;
    const forwarded = message.fresh ? { forwardedRowId: 0 } : {};
    const begin = await this.#persist(async () => {
      const own = message.fresh ? [] : await ownRowsAhead(history, this.#keeper.cursor);
      const uncertain = await history.outbox(this.#keeper.cursor.forwardedSeq, FORWARD_BATCH);
      return { own, adopt: uncertain.map(toOutRow) };
    });
    if (!begin) return;
    await this.#keeper.change({ ...message.position, ...forwarded }, () => Promise.resolve());
    const above = this.#keeper.cursor.forwardedRowId;
    this.#link?.post({ kind: 'begin', opening: message.opening, above, ...begin });
    const { total, position } = message;
    if (total > 0) this.#board.progress({ done: 0, total });
    this.#board.figures({ read_row_id: position.readRowId });
    this.#options.log.info(
      { bridge: this.name, place: this.#options.file, ...position },
      openedLine(message),
    );
  }

  async #adopted(message: Adopted): Promise<void> {
    await this.#forwarder?.mark(message.rows);
    this.#board.phase('open');
    this.#forwarder?.resume();
  }

  /** Repeats until history answers; undefined when the bridge stops meanwhile. */
  async #persist<T>(work: () => Promise<T>): Promise<T | undefined> {
    const result = await untilItWorks(work, this.#abort.signal, (error) =>
      this.#board.trouble('history', historyTrouble(error)),
    );
    if (result !== undefined) this.#board.trouble('history', null);
    return result;
  }

  #workerEnded(error: unknown): void {
    this.#link = null;
    if (this.#abort.signal.aborted) return;
    const cause = error instanceof Error ? ` (${error.message.slice(0, 160)})` : '';
    const line = `The thread that owns events.db ended unexpectedly${cause}: starting it again.`;
    this.#board.trouble('worker', { state: 'error', kind: 'other', line });
    this.#inbox = this.#inbox.then(() => this.#forwarder?.pause());
    this.#restart = setTimeout(() => {
      // What the old thread handed over is committed first: the cursor must be behind it.
      this.#inbox = this.#inbox
        .then(() => this.#startWorker())
        .then(() => this.#board.trouble('worker', null))
        .catch((reason: unknown) => this.#workerEnded(reason));
    }, RESTART_MS);
  }
}

function openedLine({ fresh, position, total }: Opened): string {
  const backlog = position.backfill ? ` ${total} older rows are imported meanwhile.` : '';
  return `events.db: ${fresh ? 'reading a log that is new to this history' : 'reading on'}; live from row ${position.readRowId + 1}.${backlog}`;
}

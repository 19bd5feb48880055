import { EventsDbError, troubleOf } from '../errors';
import type { Trouble } from '../errors';
import { AckKeeper } from './ack-keeper';
import type { LogWriter } from './log-writer';
import type { Opener } from './opener';
import type { ForwardedRow, OutRow, ReadPosition, Tuning } from './protocol';
import { TroubleWatch } from './trouble-watch';

const NOT_WRITABLE: Trouble = {
  state: 'waiting',
  kind: 'other',
  line: 'events.db is not open for writing yet.',
};
/** Between two transactions of acks while many are owed, so that others get at the file. */
const ACK_PAUSE_MS = 50;
const REOPEN_MS = 3000;

/**
 * All that is written to events.db: forwarded events, heartbeats, acks. Reading goes on whatever happens here; a writer
 * that failed is opened anew every now and then.
 */
export class WriteSide {
  readonly #opener: Opener;
  readonly #tuning: Tuning;
  readonly #onNews: () => void;
  readonly #watch = new TroubleWatch();
  #writer: LogWriter | null = null;
  #acks: AckKeeper | null = null;
  #retryAt = 0;
  #beatAt = 0;
  #ackAt = 0;
  #reopenAt = 0;
  /** Forwarding tries again until it succeeds; a beat that finds room on a full disk does not end its trouble. */
  #insertFailed = false;

  constructor(opener: Opener, tuning: Tuning, onNews: () => void) {
    this.#opener = opener;
    this.#tuning = tuning;
    this.#onNews = onNews;
  }

  get trouble(): Trouble | null {
    return this.#watch.current;
  }

  opened(writer: LogWriter | null, trouble: Trouble | null, position: ReadPosition, nowMs: number): void {
    this.#writer = writer;
    this.#acks = new AckKeeper(position);
    this.#insertFailed = false;
    this.#reopenAt = nowMs + REOPEN_MS;
    if (trouble ? this.#watch.failed(trouble, nowMs) : this.#watch.worked()) this.#onNews();
  }

  /** History holds everything up to this position. */
  confirmed(position: ReadPosition): void {
    this.#acks?.confirmed(position);
  }

  /** Inserts in one transaction; throws when it is not certain that it did. */
  insert(rows: readonly OutRow[], nowMs: number): ForwardedRow[] {
    if (!this.#writer) throw new EventsDbError(this.trouble ?? NOT_WRITABLE);
    try {
      const inserted = this.#writer.insert(rows);
      this.#insertFailed = false;
      if (this.#watch.worked()) this.#onNews();
      return inserted;
    } catch (error) {
      this.#insertFailed = true;
      this.#failed(error, nowMs);
      throw error;
    }
  }

  /** Heartbeats and acks that are due. */
  upkeep(nowMs: number): void {
    try {
      this.#writer ??= this.#reopened(nowMs);
      if (!this.#writer) return;
      const beats = nowMs >= this.#beatAt;
      if (beats) {
        this.#writer.heartbeat();
        this.#beatAt = nowMs + this.#tuning.heartbeatMs;
      }
      if (nowMs >= this.#ackAt) this.#ackSome(this.#writer, nowMs);
      // Only now: a damaged file may take the beat, and not the acks.
      if (beats && !this.#insertFailed && this.#watch.worked()) this.#onNews();
    } catch (error) {
      this.#failed(error, nowMs);
    }
  }

  /**
   * The file may be written, yet SQLite refuses: connections of one process share the WAL index, and one that was opened
   * while it was read-only keeps it so. Then everything has to be opened anew.
   */
  needsReopening(nowMs: number): boolean {
    if (this.trouble?.kind !== 'read_only' || nowMs < this.#reopenAt || !this.#opener.mayWrite())
      return false;
    this.#reopenAt = nowMs + REOPEN_MS;
    return true;
  }

  close(): void {
    this.#writer?.close();
    this.#writer = null;
    this.#acks = null;
  }

  #reopened(nowMs: number): LogWriter | null {
    if (nowMs < this.#retryAt) return null;
    // That it opens says little: the beat and the acks that follow tell whether it takes anything.
    const writer = this.#opener.openWriter();
    this.#beatAt = this.#ackAt = nowMs;
    return writer;
  }

  #ackSome(writer: LogWriter, nowMs: number): void {
    this.#ackAt = nowMs + this.#tuning.ackMs;
    const range = this.#acks?.next();
    if (!range) return;
    writer.ack(range.above, range.upTo);
    range.done();
    if (this.#acks?.next()) this.#ackAt = nowMs + ACK_PAUSE_MS;
  }

  #failed(error: unknown, nowMs: number): void {
    const trouble = troubleOf(error);
    if (this.#watch.failed(trouble, nowMs)) this.#onNews();
    // Without waiting, a beat that is due would try again at every tick.
    this.#beatAt = this.#ackAt = nowMs + this.#tuning.checkMs;
    if (trouble.kind === 'locked') return;
    this.#writer?.close();
    this.#writer = null;
    this.#retryAt = nowMs + this.#tuning.checkMs * 2;
  }
}

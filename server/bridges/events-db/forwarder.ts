import type { History } from '../../history/types';
import type { CursorKeeper } from './cursor-keeper';
import { toOutRow } from './rows/cross-process-names';
import { troubleOf } from './errors';
import { untilItWorks } from './retry';
import type { StatusBoard } from './status-board';
import type { ForwardedRow, OutRow } from './worker/protocol';

/** Events per transaction in events.db; also how many may be uncertain after a crash. */
export const FORWARD_BATCH = 500;
const LOOK_MS = 1000;

export interface ForwarderParts {
  readonly history: Pick<History, 'outbox' | 'outboxPending' | 'markForwarded'>;
  readonly keeper: CursorKeeper;
  readonly board: StatusBoard;
  readonly signal: AbortSignal;
  /** Inserts rows into the log; rejects with an EventsDbError when it is not certain that it did. */
  readonly send: (rows: readonly OutRow[], lookUpAbove: number | null) => Promise<readonly ForwardedRow[]>;
}

/** Carries the outbox into the log, in order, one batch at a time, from where the cursor says. */
export class Forwarder {
  readonly #parts: ForwarderParts;
  #open = false;
  #uncertain = true;
  #wake: (() => void) | null = null;
  #woken = false;
  #countedAt = -Infinity;
  #step: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | null = null;

  constructor(parts: ForwarderParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Looks at the outbox now. */
  notify(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** The log is open and what earlier runs inserted is known. */
  resume(): void {
    this.#open = true;
    this.notify();
  }

  /** Sends nothing more until `resume`; resolves when nothing is under way. */
  async pause(): Promise<void> {
    this.#open = false;
    this.#uncertain = true;
    await this.#step;
  }

  async stopped(): Promise<void> {
    this.#wake?.();
    await this.#running;
  }

  /** Notes which rows events became. */
  async mark(rows: readonly ForwardedRow[]): Promise<void> {
    const last = rows.at(-1);
    if (!last) return;
    const { keeper, history, board, signal } = this.#parts;
    const forwardedRowId = rows.reduce((highest, row) => Math.max(highest, row.queueEventId), 0);
    const save = (): Promise<void> =>
      keeper.change({ forwardedSeq: last.seq, forwardedRowId }, (cursor) =>
        history.markForwarded(cursor, rows),
      );
    await untilItWorks(save, signal, (error) => board.trouble('history', historyTrouble(error)));
    if (keeper.cursor.forwardedSeq !== last.seq) return;
    board.trouble('history', null);
    board.count({ rows_forwarded: rows.length });
  }

  async #run(): Promise<void> {
    let wait = 10;
    while (!this.#parts.signal.aborted) {
      this.#woken = false;
      const step = this.#open ? this.#forwardSome() : this.#waitClosed();
      this.#step = step;
      const outcome = await step;
      wait = outcome === 'failed' ? Math.min(wait * 2, LOOK_MS / 2) : 10;
      if (outcome === 'idle') await this.#sleep(LOOK_MS, true);
      if (outcome === 'failed') await this.#sleep(wait, false);
    }
  }

  /** What waits is told also while the log cannot be opened; not with each event, as it may be many. */
  async #waitClosed(): Promise<'idle'> {
    const now = performance.now();
    if (now - this.#countedAt >= LOOK_MS) {
      this.#countedAt = now;
      await this.#countPending();
    }
    return 'idle';
  }

  async #forwardSome(): Promise<'more' | 'idle' | 'failed'> {
    const { history, keeper, board, send } = this.#parts;
    try {
      const events = await history.outbox(keeper.cursor.forwardedSeq, FORWARD_BATCH);
      if (events.length === 0) {
        if (board.entity.outbox_pending !== 0) board.figures({ outbox_pending: 0 });
        return 'idle';
      }
      const rows = await send(events.map(toOutRow), this.#uncertain ? keeper.cursor.forwardedRowId : null);
      await this.mark(rows);
      this.#uncertain = keeper.cursor.forwardedSeq < (rows.at(-1)?.seq ?? 0);
      return 'more';
    } catch {
      // The worker tells what is wrong with the log; here it matters only that the batch may or may not be there.
      this.#uncertain = true;
      await this.#countPending();
      return 'failed';
    }
  }

  async #countPending(): Promise<void> {
    const { history, keeper, board } = this.#parts;
    try {
      board.figures({ outbox_pending: await history.outboxPending(keeper.cursor.forwardedSeq) });
    } catch (error) {
      board.trouble('history', historyTrouble(error));
    }
  }

  #sleep(milliseconds: number, wakeable: boolean): Promise<void> {
    if (wakeable && this.#woken) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#parts.signal.removeEventListener('abort', end);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#parts.signal.addEventListener('abort', end);
      if (wakeable) this.#wake = end;
    });
  }
}

/** History's trouble, as it concerns the bridge: rows wait where they are. */
export function historyTrouble(error: unknown) {
  const { kind } = troubleOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const line = `History does not take events (${message.slice(0, 160)}): rows of events.db wait until it does.`;
  return { state: 'error', kind, line } as const;
}

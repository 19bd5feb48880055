import type { NewDeadLetter } from '../../history/letters/letter-types';
import type { AppendResult, BridgeCursor, History, NewEvent } from '../../history/types';
import { RouterOverloadedError } from '../errors';

/** One event on its way into history. */
export interface Commission {
  readonly event: NewEvent;
}

/** `results` has one entry per event; `error` means that nothing of the batch was stored. */
export type Outcome = { readonly results: readonly AppendResult[] } | { readonly error: unknown };

/** What a bridge hands over together with its rows. */
export interface LogPosition {
  readonly deadLetters: readonly NewDeadLetter[];
  readonly cursor: BridgeCursor;
}

interface Batch<C> {
  readonly items: readonly C[];
  /** When its first event was accepted, by the clock of the queue. */
  readonly since: number;
  outcome: Outcome | null;
  /** Called after the batch has been reported. */
  readonly onReported: ((outcome: Outcome) => void)[];
}

/** Beyond this the server answers "later" instead of growing: history is stuck, or publishers outrun the disk. */
const MAX_WAITING = 250_000;

/** Events that are worth a transaction of their own. */
const FULL_LOAD = 500;
/**
 * Events that are worth one while history has nothing to do. Publishers that wait for their commits would else all wait
 * together, this thread idle while history commits and history idle while this thread prepares.
 */
const HEAD_START = 32;

/**
 * Hands events to history and reports what became of them, strictly in the order in which they were added.
 *
 * Events added one by one during a turn of the event loop travel together: 64 publishers that wait for each other's
 * commit cost one message to the writer, not 64.
 */
export class CommitQueue<C extends Commission> {
  private open: C[] = [];
  private openSince = 0;
  private flushScheduled = false;
  private readonly inFlight: Batch<C>[] = [];
  private waiting = 0;

  constructor(
    private readonly history: Pick<History, 'append' | 'appendFromLog'>,
    private readonly report: (batch: readonly C[], outcome: Outcome, since: number) => void,
    private readonly maxWaiting = MAX_WAITING,
    /** Milliseconds, monotonic. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Events added and not yet reported. */
  get size(): number {
    return this.waiting;
  }

  /** Throws RouterOverloadedError when there is no room for `count` more; `before`: what waits to be added. */
  assertRoom(count: number, before = 0): void {
    const waiting = this.waiting + before;
    // A batch larger than the limit must still get through when nothing else waits.
    if (waiting > 0 && waiting + count > this.maxWaiting) throw new RouterOverloadedError(waiting);
  }

  /** `since`: when it was accepted, by the clock of the queue. */
  add(item: C, since: number): void {
    if (this.open.length === 0) this.openSince = since;
    this.open.push(item);
    this.waiting++;
    // Enough for a transaction: the writer works on it while the rest of this turn is prepared.
    if (this.open.length >= (this.inFlight.length === 0 ? HEAD_START : FULL_LOAD)) return this.flush();
    if (this.flushScheduled) return;
    this.flushScheduled = true;
    queueMicrotask(() => this.flush());
  }

  /** Adds a batch that becomes one append, or one append from a log, after all that was added before. */
  async addBatch(items: readonly C[], log?: LogPosition): Promise<readonly AppendResult[]> {
    this.flush();
    this.waiting += items.length;
    const batch = this.send(items, this.now(), log);
    const outcome = await new Promise<Outcome>((resolve) => batch.onReported.push(resolve));
    if ('error' in outcome) throw outcome.error;
    return outcome.results;
  }

  /** Resolves when everything added before this call has been reported. */
  async reported(): Promise<void> {
    this.flush();
    const last = this.inFlight.at(-1);
    if (last !== undefined) await new Promise<Outcome>((resolve) => last.onReported.push(resolve));
  }

  private flush(): void {
    this.flushScheduled = false;
    if (this.open.length === 0) return;
    const items = this.open;
    this.open = [];
    this.send(items, this.openSince);
  }

  private send(items: readonly C[], since: number, log?: LogPosition): Batch<C> {
    const batch: Batch<C> = { items, since, outcome: null, onReported: [] };
    this.inFlight.push(batch);
    this.append(items, log).then(
      (results) => this.finish(batch, { results }),
      (error: unknown) => this.finish(batch, { error }),
    );
    return batch;
  }

  /** Async, so that a history that throws at once is a rejection as well. */
  private async append(items: readonly C[], log?: LogPosition): Promise<readonly AppendResult[]> {
    const events = items.map((item) => item.event);
    if (log === undefined) return this.history.append(events);
    return this.history.appendFromLog(events, log.deadLetters, log.cursor);
  }

  private finish(batch: Batch<C>, outcome: Outcome): void {
    batch.outcome = outcome;
    for (let first = this.inFlight[0]; first !== undefined; first = this.inFlight[0]) {
      if (first.outcome === null) return;
      this.inFlight.shift();
      this.waiting -= first.items.length;
      this.report(first.items, first.outcome, first.since);
      for (const call of first.onReported) call(first.outcome);
    }
  }
}

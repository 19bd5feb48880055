import type { StoredEvent } from '../../../domain/events/envelope';
import type { AppendResult, History } from '../../history/types';
import type { LogPosition, Outcome } from './commit-queue';
import { CommitQueue } from './commit-queue';
import type { DuplicateIndex, EntryHandle } from '../duplicates/duplicate-index';
import type { Job } from './job';
import type { PreparedEvent } from '../prepare/prepare';
import type { PublishResult, RowsSummary } from '../types';

/** One event between acceptance and commit. */
interface Pending {
  readonly event: PreparedEvent;
  /** What the duplicate index remembers of it; null for a row that repeats an earlier event. */
  readonly entry: EntryHandle | null;
  /** Whom to answer, and as which of its events; null for rows of a log. */
  readonly job: Job | null;
  readonly index: number;
}

/** What became of events of an export. */
export interface ImportSummary extends RowsSummary {
  /** Indexes of those whose id history has for other content. */
  readonly conflicts: readonly number[];
}

export interface IntakeListener {
  /** Events in seq order, as soon as they are committed; `since`: when the first of them was accepted (ms, monotonic). */
  stored(events: readonly StoredEvent[], since: number): void;
  duplicate(event: PreparedEvent): void;
  rejected(code: string): void;
  /** Some of what was in flight has come to its end. */
  reported(): void;
}

/** Decides what is a repetition, commits what is not, and answers publishers once their events are durable. */
export class Intake {
  private readonly queue: CommitQueue<Pending>;
  /** Publishers whose event repeats one that is not committed yet. */
  private readonly waiters = new Map<EntryHandle, Pending[]>();
  /** Which import the entry at each place of the index came from: as many as the index remembers. */
  private readonly imports = new Map<number, { readonly entry: EntryHandle; readonly importId: string }>();
  /** The turn of the last rows that had to wait for earlier events; rows after them queue behind it. */
  private rowTurn: Promise<void> | null = null;

  constructor(
    history: Pick<History, 'append' | 'appendFromLog'>,
    private readonly duplicates: DuplicateIndex,
    private readonly listener: IntakeListener,
    maxWaiting?: number,
    now?: () => number,
  ) {
    const report = (batch: readonly Pending[], outcome: Outcome, since: number): void =>
      this.report(batch, outcome, since);
    this.queue = new CommitQueue(history, report, maxWaiting, now);
  }

  /** Events accepted and not yet committed. */
  get inFlight(): number {
    return this.queue.size;
  }

  /** Throws RouterOverloadedError when there is no room for `count` more; `before`: what waits to be offered. */
  assertRoom(count: number, before: number): void {
    this.queue.assertRoom(count, before);
  }

  /**
   * Takes a publisher's event. An idempotency key stands in for the content, so its event is never a repetition here.
   * `since`: when the publisher handed it in (ms, monotonic).
   */
  offer(event: PreparedEvent, job: Job, index: number, since: number): void {
    const first = this.firstOf(event);
    if (first === null || event.idempotencyKey !== null) {
      this.queue.add({ event, entry: this.duplicates.admit(event), job, index }, since);
    } else if (this.isCommitted(first)) {
      const seq = this.duplicates.seqOf(first);
      this.answerDuplicate(event, job, index, this.duplicates.eventIdOf(first), seq);
    } else {
      const waiting = this.waiters.get(first);
      const pending: Pending = { event, entry: null, job, index };
      if (waiting === undefined) this.waiters.set(first, [pending]);
      else waiting.push(pending);
    }
  }

  /** Takes rows of a log (with the bridge's new position) or of an import (without). */
  async offerRows(rows: readonly PreparedEvent[], log?: LogPosition): Promise<RowsSummary> {
    if (this.rowTurn !== null || this.mustWait(rows)) await this.takeTurn(rows);
    const batch = rows.map((row) => this.pendingRow(row));
    const results = await this.queue.addBatch(batch, log);
    return summarise(batch, results);
  }

  /**
   * Takes events of one export, a part at a time. What it says of repetitions holds among its own events: the check
   * compares them with the others only.
   */
  async offerImported(events: readonly PreparedEvent[], importId: string): Promise<ImportSummary> {
    if (this.rowTurn !== null || this.mustWait(events)) await this.takeTurn(events);
    const batch = events.map((event) => this.pendingImported(event, importId));
    const results = await this.queue.addBatch(batch);
    const conflicts = results.flatMap((result, index) =>
      result.status === 'exists' && result.contentHash !== events[index]?.contentHash ? [index] : [],
    );
    const summary = summarise(batch, results);
    return { ...summary, existing: summary.existing - conflicts.length, conflicts };
  }

  /** Resolves when nothing is in flight any more. */
  async settled(): Promise<void> {
    while (this.queue.size > 0 || this.rowTurn !== null) await this.queue.reported();
  }

  private firstOf(event: PreparedEvent): EntryHandle | null {
    return this.duplicates.find(event.contentHash, event.eventType, event.timestamp);
  }

  private isCommitted(entry: EntryHandle): boolean {
    return this.duplicates.seqOf(entry) !== 0;
  }

  /**
   * A stored row may only point at an event that is durable: if that one failed to commit, the row would be neither
   * delivered nor the repetition of anything.
   */
  private mustWait(rows: readonly PreparedEvent[]): boolean {
    const waits = (first: EntryHandle | null): boolean => first !== null && !this.isCommitted(first);
    return this.queue.size > 0 && rows.some((row) => waits(this.firstOf(row)));
  }

  private async takeTurn(rows: readonly PreparedEvent[]): Promise<void> {
    const before = this.rowTurn ?? Promise.resolve();
    const turn = before.then(() => (this.mustWait(rows) ? this.queue.reported() : undefined));
    this.rowTurn = turn;
    await turn;
    if (this.rowTurn === turn) this.rowTurn = null;
  }

  private pendingRow(row: PreparedEvent): Pending {
    const first = this.firstOf(row);
    if (first === null) return { event: row, entry: this.duplicates.admit(row), job: null, index: 0 };
    // The same row read again is no repetition of itself: history recognises it by its id.
    const duplicateOf = this.duplicates.eventIdOf(first);
    if (duplicateOf === row.eventId) return { event: row, entry: null, job: null, index: 0 };
    return { event: { ...row, duplicateOf }, entry: null, job: null, index: 0 };
  }

  private pendingImported(event: PreparedEvent, importId: string): Pending {
    if (event.duplicateOf !== null) return { event, entry: null, job: null, index: 0 };
    const first = this.firstOf(event);
    if (first !== null && !this.cameWith(first, importId)) return this.pendingRow(event);
    const entry = this.duplicates.admit(event);
    this.imports.set(this.duplicates.placeOf(entry), { entry, importId });
    return { event, entry, job: null, index: 0 };
  }

  private cameWith(entry: EntryHandle, importId: string): boolean {
    const known = this.imports.get(this.duplicates.placeOf(entry));
    return known?.entry === entry && known.importId === importId;
  }

  private report(batch: readonly Pending[], outcome: Outcome, since: number): void {
    if ('error' in outcome) for (const pending of batch) this.failed(pending, outcome.error);
    else this.settle(batch, outcome.results, since);
    this.listener.reported();
  }

  private settle(batch: readonly Pending[], results: readonly AppendResult[], since: number): void {
    const stored: StoredEvent[] = [];
    for (let index = 0; index < batch.length; index++) {
      const [pending, result] = [batch[index], results[index]];
      if (pending === undefined || result === undefined) continue;
      if (result.status === 'exists') this.existed(pending, result, since);
      else stored.push(this.committed(pending, result));
    }
    if (stored.length > 0) this.listener.stored(stored, since);
  }

  private committed(pending: Pending, result: AppendResult & { status: 'stored' }): StoredEvent {
    const { event, entry, job, index } = pending;
    if (event.duplicateOf !== null) this.listener.duplicate(event);
    job?.settle(index, { status: 'stored', eventId: event.eventId, seq: result.seq });
    if (entry !== null) {
      this.duplicates.commit(entry, result.seq);
      if (event.idempotencyKey !== null) this.duplicates.supersede(entry);
      for (const waiter of this.takeWaiters(entry)) {
        if (waiter.job)
          this.answerDuplicate(waiter.event, waiter.job, waiter.index, event.eventId, result.seq);
      }
    }
    event.seq = result.seq;
    event.receivedAt = result.receivedAt;
    return event;
  }

  /** History knows the event id or the idempotency key. */
  private existed(pending: Pending, result: AppendResult & { status: 'exists' }, since: number): void {
    const { event, entry, job, index } = pending;
    if (job !== null) {
      const conflict = result.eventId === event.eventId && result.contentHash !== event.contentHash;
      if (conflict) this.reject(job, index, conflictResult(event.eventId));
      else this.answerDuplicate(event, job, index, result.eventId, result.seq);
    }
    if (entry === null) return;
    this.duplicates.forget(entry);
    // They repeat something that was not stored now, so they are judged anew.
    for (const waiter of this.takeWaiters(entry))
      if (waiter.job) this.offer(waiter.event, waiter.job, waiter.index, since);
  }

  private failed(pending: Pending, error: unknown): void {
    pending.job?.fail(error);
    if (pending.entry === null) return;
    this.duplicates.forget(pending.entry);
    for (const waiter of this.takeWaiters(pending.entry)) waiter.job?.fail(error);
  }

  private takeWaiters(entry: EntryHandle): readonly Pending[] {
    if (this.waiters.size === 0) return NO_ONE;
    const waiting = this.waiters.get(entry) ?? NO_ONE;
    this.waiters.delete(entry);
    return waiting;
  }

  private answerDuplicate(event: PreparedEvent, job: Job, index: number, eventId: string, seq: number): void {
    this.listener.duplicate(event);
    job.settle(index, { status: 'duplicate', eventId, seq });
  }

  private reject(job: Job, index: number, result: PublishResult & { status: 'rejected' }): void {
    this.listener.rejected(result.error.code);
    job.settle(index, result);
  }
}

const NO_ONE: readonly Pending[] = [];

function conflictResult(eventId: string): PublishResult & { status: 'rejected' } {
  const message = `Event ${eventId} exists with other content; publish a different event under an id of its own.`;
  return { status: 'rejected', error: { code: 'event_id_conflict', message } };
}

function summarise(batch: readonly Pending[], results: readonly AppendResult[]): RowsSummary {
  let stored = 0;
  let duplicates = 0;
  for (const [index, result] of results.entries()) {
    if (result.status !== 'stored') continue;
    stored++;
    if (batch[index]?.event.duplicateOf != null) duplicates++;
  }
  return { stored, existing: results.length - stored, duplicates };
}

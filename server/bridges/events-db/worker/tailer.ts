import type { NewDeadLetter } from '../../../history/letters/letter-types';
import type { LogRow } from '../../../router/types';
import { COUNTS_TOO_FAR, type Trouble } from '../errors';
import type { RawRow } from '../rows/parse-row';
import { parseRow } from '../rows/parse-row';
import { continues, incarnationOf } from './incarnation';
import type { LogReader, RowPage } from './log-reader';
import type { Batch, ReadPosition, Tuning } from './protocol';

/** Batches on their way into history; the next one is read while one is committed. */
const MAX_IN_FLIGHT = 2;

interface Opening {
  readonly fresh: boolean;
  readonly position: ReadPosition;
  readonly total: number;
}

/** Thrown when the open file turns out to hold another log than before: open it anew. */
export class LogReplaced extends Error {
  override readonly name = 'LogReplaced';
}

/**
 * Reads rows by cursor and hands them out in batches: new rows first, older ones of a first opening in between. Row ids
 * are given out under SQLite's single write lock, so ids become visible in ascending order and a cursor misses none.
 */
export class Tailer {
  readonly #reader: LogReader;
  readonly #tuning: Tuning;
  readonly #own: Set<number>;
  readonly #emit: (batch: Batch) => void;
  readonly #nextBatch: () => number;
  readonly #inFlight = new Map<number, { live: boolean; position: ReadPosition }>();
  #readRowId: number;
  #mark: string | null;
  #backfill: { next: number; end: number } | null;
  #progress: { done: number; total: number } | null = null;
  /** How far the live end is, while it is far: after an outage, or where history is slow. */
  #behind: { done: number; total: number } | null = null;
  #version = -1;
  /** When unread rows were noticed, epoch ms; null while everything is read. */
  #noticedAt: number | null = null;
  #trouble: Trouble | null = null;
  readonly opening: Opening;

  constructor(
    reader: LogReader,
    position: ReadPosition | null,
    options: { tuning: Tuning; own: Set<number>; emit: (batch: Batch) => void; nextBatch: () => number },
  ) {
    this.#reader = reader;
    this.#tuning = options.tuning;
    this.#own = options.own;
    this.#emit = options.emit;
    this.#nextBatch = options.nextBatch;
    this.#readRowId = 0;
    this.#backfill = null;
    this.#mark = null;
    this.opening = reader.atOnce(() => this.#startAt(position));
  }

  #startAt(position: ReadPosition | null): Opening {
    const reader = this.#reader;
    const sequence = reader.sequence();
    const mark = position ? reader.markAt(position.readRowId) : null;
    const same = position !== null && continues(position, { fileId: reader.fileId, mark, sequence });
    this.#readRowId = same ? position.readRowId : 0;
    this.#backfill = same ? position.backfill : null;
    this.#splitBacklog(sequence);
    this.#mark = reader.markAt(this.#readRowId);
    const { next, end } = this.#backfill ?? { next: this.#readRowId + 1, end: sequence };
    const total = reader.count(next, end);
    if (this.#backfill) this.#progress = { done: 0, total };
    else if (total > this.#tuning.catchUpAbove) this.#behind = { done: 0, total };
    const told = this.#backfill !== null || this.#behind !== null;
    return { fresh: !same, position: this.position, total: told ? total : 0 };
  }

  get position(): ReadPosition {
    return {
      incarnation: incarnationOf(this.#reader.fileId, this.#mark),
      readRowId: this.#readRowId,
      backfill: this.#backfill && { ...this.#backfill },
    };
  }

  /** Rows that were noticed and not read yet: they need not wait for the next look at the file. */
  get hasUnread(): boolean {
    return this.#noticedAt !== null || this.#backfill !== null;
  }

  /** What keeps rows from being read although the file can be; null when nothing does. */
  get trouble(): Trouble | null {
    return this.#trouble;
  }

  /** A long backlog must not hold up what happens now: the tail starts at the end, the rest is read in between. */
  #splitBacklog(sequence: number): void {
    if (this.#backfill !== null || sequence - this.#readRowId <= this.#tuning.backfillAbove) return;
    this.#backfill = { next: this.#readRowId + 1, end: sequence };
    this.#readRowId = sequence;
  }

  /** Looks whether somebody committed, and reads as far as batches in flight allow. Throws SQLite's errors, or LogReplaced. */
  poll(nowMs: number): void {
    const version = this.#reader.dataVersion();
    if (version !== this.#version) {
      // Set before reading: a commit that lands after the read changes it again.
      this.#version = version;
      this.#noticedAt ??= nowMs;
      this.#trouble = this.#reader.countsTooFar() ? COUNTS_TOO_FAR : null;
    }
    while (this.#inFlight.size < MAX_IN_FLIGHT && this.#readLive(nowMs));
    if (this.#noticedAt === null && this.#backfill && this.#inFlight.size < MAX_IN_FLIGHT) {
      const olderInFlight = [...this.#inFlight.values()].some(({ live }) => !live);
      if (!olderInFlight) this.#readOlder(this.#backfill, nowMs);
    }
  }

  /** Reads what is left, whatever is in flight: for a file that was deleted or replaced while still open here. */
  drain(nowMs: number): void {
    this.#noticedAt ??= nowMs;
    while (this.#readLive(nowMs));
  }

  /** A batch is committed in history; its position, or null for one of an earlier opening. */
  confirm(batch: number): ReadPosition | null {
    const found = this.#inFlight.get(batch);
    this.#inFlight.delete(batch);
    return found?.position ?? null;
  }

  #checkContinuity(): void {
    const mark = this.#reader.markAt(this.#readRowId);
    const changed = mark !== null && this.#mark !== null && mark !== this.#mark;
    if (changed || this.#reader.sequence() < this.#readRowId)
      throw new LogReplaced('the rows of events.db start anew');
  }

  /** Sends one batch of new rows; true while there may be more. */
  #readLive(nowMs: number): boolean {
    const noticedAt = this.#noticedAt;
    if (noticedAt === null) return false;
    // At once: rows that came after a look at another log's would be taken for the next ones, and those before them lost.
    const page = this.#reader.atOnce(() => this.#nextRows());
    if (!page.more) this.#noticedAt = null;
    if (page.rows.length === 0) return false;
    this.#behind = page.more ? this.#reckon(page.rows.length) : null;
    this.#send(page, noticedAt, nowMs, true);
    return page.more;
  }

  #nextRows(): RowPage {
    this.#checkContinuity();
    const page = this.#reader.rows(this.#readRowId, Number.MAX_SAFE_INTEGER, this.#tuning.batchRows);
    const last = page.rows.at(-1);
    if (last) {
      this.#readRowId = last.event_id;
      this.#mark = this.#reader.markAt(last.event_id);
    }
    return page;
  }

  #reckon(rows: number): { done: number; total: number } | null {
    const done = (this.#behind?.done ?? 0) + rows;
    const left = this.#reader.sequence() - this.#readRowId;
    return this.#behind || left > this.#tuning.catchUpAbove ? { done, total: done + left } : null;
  }

  #readOlder(range: { next: number; end: number }, nowMs: number): void {
    const page = this.#reader.rows(range.next - 1, range.end, this.#tuning.backfillRows);
    const last = page.rows.at(-1);
    const unread = page.more && last !== undefined && last.event_id < range.end;
    this.#backfill = unread ? { next: last.event_id + 1, end: range.end } : null;
    if (this.#progress) {
      const done = this.#progress.done + page.rows.length;
      this.#progress = { done, total: Math.max(done, this.#progress.total) };
    }
    if (this.#backfill === null) this.#progress = null;
    this.#send(page, nowMs, nowMs, false);
  }

  #send(page: RowPage, noticedAt: number, nowMs: number, live: boolean): void {
    const batch = this.#nextBatch();
    const position = this.position;
    this.#inFlight.set(batch, { live, position });
    const parsed = this.#parse(page.rows, nowMs / 1000);
    const progress = this.#progress ?? this.#behind;
    this.#emit({
      kind: 'batch',
      batch,
      ...parsed,
      looked: page.rows.length,
      position,
      progress,
      noticedAt,
      live,
    });
  }

  #parse(raws: readonly RawRow[], now: number): { rows: LogRow[]; deadLetters: NewDeadLetter[] } {
    const rows: LogRow[] = [];
    const deadLetters: NewDeadLetter[] = [];
    for (const raw of raws) {
      if (this.#own.delete(raw.event_id)) continue;
      const result = parseRow(raw, now);
      if (result.ok) rows.push(result.row);
      else deadLetters.push(result.deadLetter);
    }
    return { rows, deadLetters };
  }
}

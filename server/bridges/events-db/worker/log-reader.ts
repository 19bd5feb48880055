import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import type { RawRow } from '../rows/parse-row';
import { RAW_COLUMNS } from '../rows/parse-row';
import { rowMark } from './incarnation';
import { DeliveryReader } from './delivery-reader';
import { PeerReader } from './peer-reader';
import type { OutRow, RowReport } from './protocol';

const MAX_BATCH_BYTES = 4 * 1024 * 1024;
/** Row ids above this cannot be told apart as doubles; no sequence gets there by counting. */
const MAX_ROW_ID = Number.MAX_SAFE_INTEGER;

export interface RowPage {
  readonly rows: readonly RawRow[];
  /** There may be more rows in the range. */
  readonly more: boolean;
}

/**
 * Identity of a file: two paths or moments with the same one are the same file. One that was cut to nothing counts as
 * another, for what an open connection still believes about it is no longer so.
 */
export function fileIdOf(file: string): string {
  const { dev, ino, size } = statSync(file);
  return size === 0 ? `${dev}:${ino}:empty` : `${dev}:${ino}`;
}

/** A read-only connection to events.db. No snapshot outlives a call, so that none holds back checkpoints. */
export class LogReader {
  readonly fileId: string;
  readonly #db: Database.Database;
  readonly #atOnce: (work: () => unknown) => unknown;
  readonly #version: Database.Statement<[], number>;
  readonly #sequence: Database.Statement<[], number>;
  readonly #row: Database.Statement<[number], unknown[]>;
  readonly #page: Database.Statement<[number, number, number], RawRow>;
  #peers: PeerReader | null = null;
  #deliveries: DeliveryReader | null = null;
  readonly #same: Database.Statement<[number, number, string, string, string, string], number>;

  constructor(file: string) {
    this.fileId = fileIdOf(file);
    this.#db = new Database(file, { readonly: true, fileMustExist: true, timeout: 10 });
    try {
      // Rows are read once, in order: nothing is worth keeping in memory (16 MB by default).
      this.#db.pragma('cache_size = -2000');
      this.#atOnce = this.#db.transaction((work: () => unknown) => work());
      this.#version = this.#db.prepare<[], number>('PRAGMA data_version').pluck();
      this.#sequence = this.#db
        .prepare<[], number>(
          `SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0),
                      coalesce((SELECT max(event_id) FROM events WHERE event_id <= ${MAX_ROW_ID}), 0))`,
        )
        .pluck();
      this.#row = this.#db
        .prepare<[number], unknown[]>(
          'SELECT event_id, event_type, source, hostname, created_at FROM events WHERE event_id = ?',
        )
        .raw();
      this.#page = this.#db.prepare(
        `SELECT ${RAW_COLUMNS} FROM events WHERE event_id > ? AND event_id <= ? ORDER BY event_id LIMIT ?`,
      );
      this.#same = this.#db
        .prepare<[number, number, string, string, string, string], number>(
          `SELECT event_id FROM events WHERE event_id > ? AND created_at = ? AND event_type = ? AND source = ?
             AND hostname = ? AND payload = ? ORDER BY event_id`,
        )
        .pluck();
      // Replaced between the two looks: the caller tries again.
      if (fileIdOf(file) !== this.fileId) throw new Error('events.db was replaced while it was opened');
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** Changes whenever another connection, also of this process, commits to the file. */
  dataVersion(): number {
    return this.#version.get() ?? 0;
  }

  /** Runs `work`, all of whose looks see the file as of one moment; throws what it throws. */
  atOnce<T>(work: () => T): T {
    return this.#atOnce(work) as T;
  }

  /** Highest row id ever given out. */
  sequence(): number {
    return this.#sequence.get() ?? 0;
  }

  /** The file has given out ids that no row here can have: rows of such ids are not read. */
  countsTooFar(): boolean {
    return this.sequence() > MAX_ROW_ID;
  }

  markAt(rowId: number): string | null {
    const columns = this.#row.get(rowId);
    return columns === undefined ? null : rowMark(columns);
  }

  /** Rows above one id up to and including another, ascending. Ends early when the batch grows large in bytes. */
  rows(above: number, upTo: number, limit: number): RowPage {
    const rows: RawRow[] = [];
    let bytes = 0;
    // One more than wanted: whether there are more is known then.
    for (const row of this.#page.iterate(above, Math.min(upTo, MAX_ROW_ID), limit + 1)) {
      if (rows.length === limit || bytes > MAX_BATCH_BYTES) return { rows, more: true };
      rows.push(row);
      bytes += row.payload_bytes ?? 0;
    }
    return { rows, more: false };
  }

  count(from: number, upTo: number): number {
    const count = this.#db.prepare<[number, number], number>(
      'SELECT count(*) FROM events WHERE event_id >= ? AND event_id <= ?',
    );
    return count.pluck().get(from, upTo) ?? 0;
  }

  /** Row ids above one id that hold exactly this, ascending. */
  identical(row: OutRow, above: number): number[] {
    return this.#same.all(above, row.createdAt, row.eventType, row.source, row.hostname, row.payloadText);
  }

  /** The row of this id; null when there is none (any more). */
  row(rowId: number): RawRow | null {
    return this.#page.get(rowId - 1, rowId, 1) ?? null;
  }

  /** Throws SQLite's error where the file lacks RingRift's tables of subscribers. */
  get peers(): PeerReader {
    return (this.#peers ??= new PeerReader(this.#db));
  }

  /** One row and who read it, as of `now` (epoch seconds). Throws SQLite's error where the file lacks RingRift's tables. */
  delivery(rowId: number, now: number): RowReport {
    const reader = (this.#deliveries ??= new DeliveryReader(this.#db));
    return {
      row: this.row(rowId),
      newestRowId: this.sequence(),
      acks: reader.acks(rowId),
      peers: this.peers.peers().map((peer) => reader.peer(peer, rowId)),
      total: this.peers.total(),
      at: now,
    };
  }

  close(): void {
    this.#db.close();
  }
}

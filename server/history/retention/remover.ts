import type { Connection } from '../../../db/client';
import { removableSql, type RemovalPass, type RemovalPlace } from './removal-sql';
import { fileSize, type FileSize } from './size';

/** Events looked at in one transaction: few enough that a commit behind it waits for some milliseconds. */
const SLICE = 1_000;
/** Pages of the file given back, and pages of the index merged, in one transaction. */
const TIDY_PAGES = 500;

export interface SliceOutcome {
  readonly removed: number;
  /** Where the next slice begins; null when the pass is done. */
  readonly next: RemovalPlace | null;
}

/**
 * Removes events for good; runs in the writer thread, within a transaction. Their counts per minute, hour and day stay
 * behind in the same transaction, so that no count is lost or doubled by a crash.
 */
export class Remover {
  readonly #db: Connection;

  /** `onRemoved` hears of the seqs that go, within their transaction. */
  constructor(
    db: Connection,
    private readonly onRemoved: (seqs: readonly number[]) => void,
  ) {
    this.#db = db;
  }

  /** Looks at the next events of a pass, oldest first, and removes at most `most` of those that it says go. */
  slice(pass: RemovalPass, after: RemovalPlace, most: number, now: number): SliceOutcome {
    const { sql, params } = removableSql(pass, now);
    const looked = this.#db
      .prepare<unknown[], RemovalPlace & { goes: number }>(
        `SELECT seq, timestamp, (${sql}) AS goes FROM events WHERE (timestamp, seq) > (?, ?) AND timestamp < ? ` +
          'ORDER BY timestamp, seq LIMIT ?',
      )
      .all(...params, after.timestamp, after.seq, pass.before, SLICE);
    const going = looked.filter(({ goes }) => goes === 1).slice(0, most);
    if (going.length > 0) this.#remove(going.map(({ seq }) => seq));
    const last = going.length === most ? going.at(-1) : looked.at(-1);
    const next = looked.length < SLICE || !last ? null : { timestamp: last.timestamp, seq: last.seq };
    return { removed: going.length, next: going.length === most ? null : next };
  }

  #remove(seqs: readonly number[]): void {
    const list = JSON.stringify(seqs);
    this.#db
      .prepare(
        'INSERT INTO removed_counts (unit, bucket, event_type, category, events) ' +
          'SELECT u.value, CAST(floor(timestamp / u.value) * u.value AS INTEGER) AS bucket, event_type, category, count(*) ' +
          "FROM events, json_each('[60,3600,86400]') u WHERE seq IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3, 4 " +
          'ON CONFLICT DO UPDATE SET events = events + excluded.events',
      )
      .run(list);
    this.#db.prepare('DELETE FROM events_fts WHERE rowid IN (SELECT value FROM json_each(?))').run(list);
    this.#db.prepare('DELETE FROM events WHERE seq IN (SELECT value FROM json_each(?))').run(list);
    this.onRemoved(seqs);
  }

  /** Merges a little of the word index, which drops removed words, and gives some free pages back to the file system. */
  tidy(): FileSize {
    this.#db.prepare("INSERT INTO events_fts (events_fts, rank) VALUES ('merge', ?)").run(TIDY_PAGES);
    this.#db.pragma(`incremental_vacuum(${TIDY_PAGES})`);
    return fileSize(this.#db);
  }
}

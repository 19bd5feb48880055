import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../db/client';

/** Rows that are indexed in one transaction. Larger ones make fewer segments to merge, but hold up the commits behind them. */
const CHUNK = 4_000;
/** Room for the words of a chunk, so that each makes one segment. */
const CHUNK_BYTES = 8_000_000;
/** Pages that one step of merging writes, a few milliseconds of work. */
const MERGE_PAGES = 256;
/** Segments that wait for a quiet moment at the most; a search looks into each. SQLite's own emergency merge lies beyond. */
const MAX_UNMERGED = 64;

/**
 * Keeps the full-text index behind the events, in chunks: a segment per small commit would cost several times as much in
 * merges. Merges are put off to quiet moments (decision 0031). What is indexed can be told from the index itself, so a
 * crash leaves nothing to repair.
 */
export class TextIndex {
  readonly #add: Statement<[number, number]>;
  readonly #addChunk: (upTo: number) => void;
  readonly #merge: Statement<[number]>;
  readonly #changes: Statement<[], { count: number }>;
  #indexedSeq: number;
  /** Chunks since all was merged. An index left behind by another process may hold some. */
  #unmerged = 1;

  constructor(
    db: Connection,
    private readonly headSeq: () => number,
  ) {
    this.#add = db.prepare(
      'INSERT INTO events_fts (rowid, event_type, category, source, node, config, model, payload) ' +
        'SELECT seq, event_type, category, source, node, config, model, payload FROM events WHERE seq > ? AND seq <= ? ORDER BY seq',
    );
    const transaction = db.transaction((upTo: number) => this.#add.run(this.#indexedSeq, upTo));
    this.#addChunk = (upTo) => {
      transaction.immediate(upTo);
    };
    const last = db
      .prepare<[], { seq: number | null }>('SELECT max(id) AS seq FROM events_fts_docsize')
      .get();
    this.#indexedSeq = last?.seq ?? 0;
    // Literals: a bound number is REAL to SQLite, which the index refuses.
    const set = (rank: string) => db.exec(`INSERT INTO events_fts (events_fts, rank) VALUES (${rank})`);
    set("'automerge', 0");
    set("'usermerge', 8");
    set(`'crisismerge', ${4 * MAX_UNMERGED}`);
    set(`'hashsize', ${CHUNK_BYTES}`);
    this.#merge = db.prepare("INSERT INTO events_fts (events_fts, rank) VALUES ('merge', ?)");
    this.#changes = db.prepare('SELECT total_changes() AS count');
  }

  /** Events that the index lacks (numbers that were given to no event count too). */
  get behind(): number {
    return Math.max(0, this.headSeq() - this.#indexedSeq);
  }

  /** True while segments may be left to merge. */
  get unmerged(): boolean {
    return this.#unmerged > 0;
  }

  /** Indexes whole chunks only; the rest waits for more, or for `catchUp`. Throws SqliteError. */
  step(): void {
    while (this.behind >= CHUNK) this.#chunk();
  }

  /** Merges segments for a moment. Throws SqliteError. */
  merge(): void {
    const before = this.#changes.get()?.count ?? 0;
    this.#merge.run(MERGE_PAGES);
    // By SQLite's manual: fewer than two changes mean that there was nothing to do.
    if ((this.#changes.get()?.count ?? 0) - before < 2) this.#unmerged = 0;
  }

  /** Indexes everything that is committed. Throws SqliteError. */
  catchUp(): void {
    while (this.behind > 0) this.#chunk();
  }

  #chunk(): void {
    const upTo = Math.min(this.headSeq(), this.#indexedSeq + CHUNK);
    this.#addChunk(upTo);
    this.#indexedSeq = upTo;
    this.#unmerged++;
    if (this.#unmerged > MAX_UNMERGED) this.merge();
  }
}

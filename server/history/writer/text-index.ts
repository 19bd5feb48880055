import type { Statement } from 'better-sqlite3';
import { withoutSync, type Connection } from '../../../db/client';
import { Pace } from './pace';

/** Rows that are indexed in one transaction at the most. Larger ones make fewer segments to merge, but hold up the commits behind them. */
const CHUNK = 4_000;
/** Room for the words of a chunk, so that each makes one segment. */
const CHUNK_BYTES = 8_000_000;
/** Pages that are merged for a chunk of rows, or in a quiet moment. */
const MERGE_PAGES = 256;
/** Segments that wait for a quiet moment at the most; a search looks into each. SQLite's own emergency merge lies beyond. */
const MAX_UNMERGED = 64;
/** How long a commit waits behind a step of indexing or merging, more or less (decision 0063). */
const STEP_MS = 6;

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
  readonly #rows = new Pace(STEP_MS, { least: 250, most: CHUNK });
  readonly #pages = new Pace(STEP_MS, { least: 32, most: MERGE_PAGES });
  #indexedSeq: number;
  /** Chunks since all was merged. An index left behind by another process may hold some. */
  #unmerged = 1;
  /** Pages that may still be merged before there is a reason for more. */
  #due = 0;

  constructor(
    private readonly db: Connection,
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

  /** Indexes whole chunks only: so much comes in that holding up commits is cheaper than falling behind. Throws SqliteError. */
  keepUp(): void {
    while (this.behind >= CHUNK) {
      this.#chunk(CHUNK);
      this.#mergeDue(MERGE_PAGES);
    }
  }

  /** A moment in which few rows come has room for merging. */
  quiet(): void {
    this.#due = Math.max(this.#due, MERGE_PAGES);
  }

  /** One short step of what is to be done: rows first, then merges that are due. False when nothing is. Throws SqliteError. */
  step(): boolean {
    if (this.behind > 0) {
      const begun = performance.now();
      const rows = this.#chunk(this.#rows.amount);
      this.#rows.took(rows, performance.now() - begun);
      return true;
    }
    return this.#mergeDue(this.#pages.amount);
  }

  /** Indexes everything that is committed. Throws SqliteError. */
  catchUp(): void {
    while (this.behind > 0) this.#chunk(CHUNK);
  }

  /** Returns how many rows that were. */
  #chunk(most: number): number {
    const rows = Math.min(this.behind, most);
    // What is lost with the power is indexed again: no transaction of the index waits for the disk.
    withoutSync(this.db, () => this.#addChunk(this.#indexedSeq + rows));
    this.#indexedSeq += rows;
    this.#unmerged++;
    if (this.#unmerged > MAX_UNMERGED) this.#due += Math.ceil((MERGE_PAGES * rows) / CHUNK);
    return rows;
  }

  /** Merges so many pages of those that are due; false when none were. */
  #mergeDue(most: number): boolean {
    const pages = Math.min(this.#due, most);
    if (pages <= 0 || !this.unmerged) return false;
    this.#due -= pages;
    const before = this.#changes.get()?.count ?? 0;
    const begun = performance.now();
    withoutSync(this.db, () => this.#merge.run(pages));
    // By SQLite's manual: fewer than two changes mean that there was nothing to do.
    const did = (this.#changes.get()?.count ?? 0) - before >= 2;
    if (did) this.#pages.took(pages, performance.now() - begun);
    else {
      this.#unmerged = 0;
      this.#due = 0;
    }
    return did;
  }
}

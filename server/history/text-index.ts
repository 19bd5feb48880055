import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../db/client';

/** Rows that are indexed in one transaction. Larger ones make fewer segments to merge, but hold up the commits behind them. */
const CHUNK = 4_000;

/**
 * Keeps the full-text index behind the events, in chunks: a segment per small commit would cost several times as much in
 * merges. What is indexed can be told from the index itself, so a crash leaves nothing to repair.
 */
export class TextIndex {
  readonly #add: Statement<[number, number]>;
  readonly #addChunk: (upTo: number) => void;
  #indexedSeq: number;

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
  }

  /** Events that the index lacks (numbers that were given to no event count too). */
  get behind(): number {
    return Math.max(0, this.headSeq() - this.#indexedSeq);
  }

  /** Indexes whole chunks only; the rest waits for more, or for `catchUp`. Throws SqliteError. */
  step(): void {
    while (this.behind >= CHUNK) this.#chunk();
  }

  /** Indexes everything that is committed. Throws SqliteError. */
  catchUp(): void {
    while (this.behind > 0) this.#chunk();
  }

  #chunk(): void {
    const upTo = Math.min(this.headSeq(), this.#indexedSeq + CHUNK);
    this.#addChunk(upTo);
    this.#indexedSeq = upTo;
  }
}

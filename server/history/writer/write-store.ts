import type { Statement } from 'better-sqlite3';
import type { Connection } from '../../../db/client';
import { RecordStore } from '../../../db/records';
import { ActionWriter } from '../actions/action-writer';
import { bytesToUuid, uuidToBytes } from '../sql/uuid-bytes';
import { BlockWriter } from './block-writer';
import { letterSelectionSql } from '../letters/letter-sql';
import { eventIdAt, NAMED, nameAt, type PackedRows } from './packed-rows';
import type { AppendOutcome, ChangeOutcome, WriteOperation, WriteOutcome } from './protocol';
import { Remover } from '../retention/remover';
import { boundNames, RowInsert, type BoundNames } from './row-insert';
import type { DeadLetter, DeadLetterSelection, NewDeadLetter } from '../letters/letter-types';
import type { BridgeCursor } from '../types';
import { ValueWriter } from '../values/value-writer';
import { ViewStore } from '../views/view-store';

/** Rows of one statement where there are so many: a fifth less work than one by one (AUTOINCREMENT is counted once). */
const BLOCKS = [32, 4] as const;
const IDEMPOTENCY_KEY = NAMED.indexOf('idempotency_key');

interface Inserts {
  readonly one: RowInsert;
  /** Of many rows, the largest first. */
  readonly blocks: readonly RowInsert[];
}

type Existing = { seq: number; event_id: Buffer; content_hash: Buffer };

/** The statements that change `ringside.db`; runs in the writer thread, always inside one immediate transaction. */
export class WriteStore {
  /** By the rare columns that the rows of a message have. */
  readonly #inserts = new Map<number, Inserts>();
  readonly #takeBackFrom: Statement<[number]>;
  readonly #existing: Statement<[Buffer, string | null], Existing>;
  readonly #setQueueId: Statement;
  readonly #saveCursor: Statement;
  readonly #insertLetter: Statement;
  readonly #explainLetter: Statement;
  readonly #saveSnapshot: Statement;
  readonly #saveSetting: Statement;
  readonly #remover: Remover;
  readonly #lastSeq: Statement<[], { seq: number }>;
  readonly #records: RecordStore;
  readonly #blocks: BlockWriter;
  readonly #values: ValueWriter;
  readonly #actions: ActionWriter;
  readonly #views: ViewStore;
  readonly #run: (operations: readonly WriteOperation[]) => WriteOutcome[];
  /** Assigned here, not by SQLite: an insert that finds its row already there would still use up a number. */
  #nextSeq = 1;

  constructor(
    private readonly db: Connection,
    private readonly now: () => number,
  ) {
    this.#takeBackFrom = db.prepare('DELETE FROM events WHERE seq >= ?');
    this.#existing = db.prepare(
      'SELECT seq, event_id, content_hash FROM events WHERE event_id = ? OR idempotency_key = ? LIMIT 1',
    );
    this.#setQueueId = db.prepare('UPDATE events SET queue_event_id = ? WHERE seq = ?');
    this.#saveCursor = db.prepare(
      'INSERT OR REPLACE INTO bridge_cursors (bridge, incarnation, read_row_id, forwarded_seq, forwarded_row_id, backfill) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#insertLetter = db.prepare(
      'INSERT OR IGNORE INTO dead_letters (kind, reason, content, event_type, event_id, source, reference, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#explainLetter = db.prepare("UPDATE dead_letters SET reason = ? WHERE id = ? AND status = 'open'");
    this.#saveSnapshot = db.prepare(
      'INSERT OR REPLACE INTO state_snapshots (name, version, seq, taken_at, data) VALUES (?, ?, ?, ?, ?)',
    );
    this.#saveSetting = db.prepare(
      'INSERT OR REPLACE INTO settings (name, value, changed_at, changed_by) VALUES (?, ?, ?, ?)',
    );
    this.#remover = new Remover(db, (seqs) => {
      this.#blocks.forget(seqs);
      this.#values.forget(seqs);
    });
    this.#lastSeq = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'");
    this.#records = new RecordStore(db);
    this.#values = new ValueWriter(db);
    this.#actions = new ActionWriter(db);
    this.#views = new ViewStore(db, now);
    this.#nextSeq = this.headSeq + 1;
    this.#blocks = new BlockWriter(db, this.headSeq);
    // Synchronous by necessity: anything after an await would run outside the transaction.
    const transaction = db.transaction((operations: readonly WriteOperation[]) =>
      operations.map((operation) => this.#apply(operation)),
    );
    this.#run = (operations) => transaction.immediate(operations);
  }

  /** Applies all operations in one transaction and returns once it is on disk. Throws SqliteError; then nothing was applied. */
  commit(operations: readonly WriteOperation[]): WriteOutcome[] {
    try {
      return this.#run(operations);
    } catch (error) {
      this.#nextSeq = this.headSeq + 1;
      this.#blocks.reload();
      throw error;
    }
  }

  /** Makes one block of facets that is missing; false when none is. Throws SqliteError. */
  stepBlocks(): boolean {
    return this.#blocks.step();
  }

  /** True when removed events left blocks of facets to be made again. */
  get blocksMissing(): boolean {
    return this.#blocks.missing;
  }

  /** The seq of the newest committed event, or the highest before this process; without a query. */
  get lastSeq(): number {
    return this.#nextSeq - 1;
  }

  /** The highest seq ever given; 0 before the first. */
  get headSeq(): number {
    return this.#lastSeq.get()?.seq ?? 0;
  }

  #apply(operation: WriteOperation): WriteOutcome {
    switch (operation.kind) {
      case 'append':
        return this.#append(operation.rows);
      case 'action':
        this.#actions.append(operation.action);
        return null;
      case 'cursor':
        this.#moveCursor(operation.cursor);
        return null;
      case 'record':
        return { changed: this.#records.apply(operation.change) };
      case 'forwarded':
        for (const row of operation.rows) this.#setQueueId.run(row.queueEventId, row.seq);
        return null;
      case 'dead_letters':
        for (const letter of operation.letters) this.#addLetter(letter);
        return null;
      case 'resolve_dead_letters':
        return this.#resolve(operation.selection, operation.status);
      case 'explain_dead_letters':
        for (const { id, reason } of operation.reasons) this.#explainLetter.run(reason, id);
        return null;
      case 'view':
        return this.#views.apply(operation.change);
      case 'snapshot':
        this.#saveSnapshot.run(operation.name, operation.version, operation.seq, this.now(), operation.data);
        return null;
      case 'setting':
        this.#saveSetting.run(operation.name, operation.value, this.now(), operation.changedBy);
        return null;
      case 'remove':
        return this.#remover.slice(operation.pass, operation.after, operation.most, this.now());
      case 'tidy':
        return this.#remover.tidy();
      case 'values':
        this.#values.add(operation.values);
        return null;
    }
  }

  #append(rows: PackedRows): AppendOutcome {
    const receivedAt = this.now();
    const existing: { index: number; seq: number; eventId: string; contentHash: string }[] = [];
    const firstSeq = this.#nextSeq;
    const { one, blocks } = this.#insertsOf(rows);
    const texts = boundNames(rows);
    let index = 0;
    while (index < rows.count) {
      const left = rows.count - index;
      const block = blocks.find((each) => each.rows <= left) ?? one;
      if (this.#inserted(block, rows, texts, index, receivedAt)) {
        index += block.rows;
        continue;
      }
      for (const end = index + block.rows; index < end; index++) {
        const isNew = block !== one && this.#inserted(one, rows, texts, index, receivedAt);
        if (!isNew) existing.push({ index, ...this.#find(rows, index) });
      }
    }
    return { firstSeq, receivedAt, existing };
  }

  #insertsOf({ rare }: PackedRows): Inserts {
    let inserts = this.#inserts.get(rare);
    if (inserts === undefined) {
      const of = (rows: number): RowInsert => new RowInsert(this.db, rows, rare);
      inserts = { one: of(1), blocks: BLOCKS.map(of) };
      this.#inserts.set(rare, inserts);
    }
    return inserts;
  }

  /** False, and nothing done, where one of the rows exists already. */
  #inserted(
    insert: RowInsert,
    rows: PackedRows,
    texts: BoundNames,
    from: number,
    receivedAt: number,
  ): boolean {
    const added = insert.run(rows, texts, from, this.#nextSeq, receivedAt);
    if (added < insert.rows) {
      if (added > 0) this.#takeBackFrom.run(this.#nextSeq);
      return false;
    }
    for (let at = 0; at < added; at++) this.#blocks.add(this.#nextSeq++, rows, from + at);
    return true;
  }

  #find(rows: PackedRows, index: number): { seq: number; eventId: string; contentHash: string } {
    const eventId = eventIdAt(rows, index);
    const found = this.#existing.get(uuidToBytes(eventId), nameAt(rows, index, IDEMPOTENCY_KEY));
    if (!found) throw new Error(`event ${eventId} was neither stored nor found`);
    return {
      seq: found.seq,
      eventId: bytesToUuid(found.event_id),
      contentHash: found.content_hash.toString('hex'),
    };
  }

  #moveCursor(cursor: BridgeCursor): void {
    const backfill = cursor.backfill ? JSON.stringify(cursor.backfill) : null;
    this.#saveCursor.run(
      cursor.bridge,
      cursor.incarnation,
      cursor.readRowId,
      cursor.forwardedSeq,
      cursor.forwardedRowId,
      backfill,
    );
  }

  #resolve(selection: DeadLetterSelection, status: DeadLetter['status']): ChangeOutcome {
    const { where, params } = letterSelectionSql(selection);
    const statement = this.db.prepare(`UPDATE dead_letters SET status = ? WHERE ${where}`);
    return { changed: statement.run(status, ...params).changes };
  }

  #addLetter(letter: NewDeadLetter): void {
    const { kind, reason, content, eventType, eventId, source, reference, at } = letter;
    this.#insertLetter.run(kind, reason, content, eventType, eventId, source, reference, at);
  }
}
